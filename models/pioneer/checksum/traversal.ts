/** The T-function of Klimov and Shamir: x + (x*x | 5), on so many bits; one cycle through all values. */
export const nextState = (x: bigint, bits: number): bigint => BigInt.asUintN(bits, x + ((x * x) | 5n));

/** The same on 32 bits with numbers, fast enough to count millions of reads. */
export const nextState32 = (x: number): number => (x + (Math.imul(x, x) | 5)) >>> 0;

/** The coverage of a traversal of 32 bits. */
export interface Coverage {
  /** Words that were not read. */
  readonly missed: number;
  /** Words that were read exactly once. */
  readonly once: number;
}

/**
 * Counts how much of 2^wordsLog2 words so many reads touch, when the high bits of the state choose. Starts
 * from a seed.
 */
export const coverageOf = (wordsLog2: number, reads: number, seed: number): Coverage => {
  const visits = new Uint8Array(2 ** wordsLog2);
  const shift = 32 - wordsLog2;
  let x = seed >>> 0;
  for (let read = 0; read < reads; read++) {
    x = nextState32(x);
    const word = x >>> shift;
    visits[word] = Math.min(2, visits[word]! + 1);
  }
  let [missed, once] = [0, 0];
  for (const count of visits) {
    missed += count === 0 ? 1 : 0;
    once += count === 1 ? 1 : 0;
  }
  return { missed, once };
};

/**
 * The number of reads after which one of n words is expected to be missing, if reads are independent: n ln n,
 * rounded up.
 */
export const couponReads = (words: number): number => Math.ceil(words * Math.log(words));

/** The probability that one given word is missed by so many independent reads. */
export const missProbability = (words: number, reads: number): number => (1 - 1 / words) ** reads;

/** The probability, nearly, that n (ln n + c) independent reads leave out no word: exp(-exp(-c)). */
export const fullCoverage = (words: number, reads: number): number =>
  Math.exp(-Math.exp(-(reads / words - Math.log(words))));
