/** An exact number of cycles per number of iterations, in lowest terms. */
export interface Rate {
  readonly cycles: number;
  readonly iterations: number;
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** Cycles in so many iterations, in lowest terms. Both are whole numbers. */
export const rate = (cycles: number, iterations: number): Rate => {
  const common = divisor(Math.abs(cycles), iterations) || 1;
  return { cycles: cycles / common, iterations: iterations / common };
};

/** Negative when `a` is smaller than `b`, positive when it is larger, zero when they are the same. */
export const compareRates = (a: Rate, b: Rate): number => a.cycles * b.iterations - b.cycles * a.iterations;

/** The largest of several rates; zero of none. */
export const largestRate = (rates: readonly Rate[]): Rate =>
  rates.reduce((largest, next) => (compareRates(next, largest) > 0 ? next : largest), rate(0, 1));

/** The difference of two rates; may be negative. */
export const rateDifference = (a: Rate, b: Rate): Rate =>
  rate(a.cycles * b.iterations - b.cycles * a.iterations, a.iterations * b.iterations);

/** A rate as a decimal number, for display: it is never compared. */
export const ratePerIteration = ({ cycles, iterations }: Rate): number => cycles / iterations;
