import { Fault } from '../model/index.ts';

/** An interval of probabilities, both ends included. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Checks the figures of a sample. Throws UW902 unless `hits` of `runs` is a count and `confidence` a
 * probability between 0 and 1.
 */
const check = (hits: number, runs: number, confidence: number): void => {
  const isCount = Number.isSafeInteger(hits) && Number.isSafeInteger(runs) && hits >= 0 && hits <= runs;
  if (isCount && runs > 0 && confidence > 0 && confidence < 1) return;
  throw new Fault('UW902', {
    where: 'an interval for a probability',
    expected: 'so many hits of at least as many runs, one at least, and a confidence between 0 and 1',
    got: `${hits} of ${runs}, confidence ${confidence}`,
    likely: 'no run was made',
    next: 'make at least one run',
  });
};

/** Returns the natural logarithms of 0!, 1!, ..., n!. */
const logFactorials = (n: number): Float64Array => {
  const logs = new Float64Array(n + 1);
  for (let i = 2; i <= n; i += 1) logs[i] = (logs[i - 1] ?? 0) + Math.log(i);
  return logs;
};

/**
 * Returns P(X >= hits) or P(X <= hits) for X of `runs` runs that each hit with probability `p`, 0 < p < 1.
 */
const tail = (logs: Float64Array, from: number, to: number, runs: number, p: number): number => {
  const [hit, miss] = [Math.log(p), Math.log1p(-p)];
  let sum = 0;
  for (let i = from; i <= to; i += 1) {
    const ways = (logs[runs] ?? 0) - (logs[i] ?? 0) - (logs[runs - i] ?? 0);
    sum += Math.exp(ways + i * hit + (runs - i) * miss);
  }
  return sum;
};

/** The largest error of the sums above; the ends of an interval are moved outwards by it. */
const OUTWARDS = 1e-9;
const HALVINGS = 60;

/** Returns the point between 0 and 1 at which `isBelow` ceases to be true. */
const turn = (isBelow: (p: number) => boolean): number => {
  let [low, high] = [0, 1];
  for (let i = 0; i < HALVINGS; i += 1) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

/**
 * Returns the exact interval of Clopper and Pearson (1934) for the probability of a hit after `hits` of
 * `runs`: whatever the probability is, it lies within in at least `confidence` of all samples. Throws UW902.
 */
export const clopperPearson = (hits: number, runs: number, confidence: number): Interval => {
  check(hits, runs, confidence);
  const half = (1 - confidence) / 2;
  const logs = logFactorials(runs);
  // The smaller of the two sums is added up; the other is what it lacks to one.
  const atLeast = (p: number): number =>
    hits > runs / 2 ? tail(logs, hits, runs, runs, p) : 1 - tail(logs, 0, hits - 1, runs, p);
  const atMost = (p: number): number =>
    hits > runs / 2 ? 1 - tail(logs, hits + 1, runs, runs, p) : tail(logs, 0, hits, runs, p);
  const lower = hits === 0 ? 0 : turn((p) => atLeast(p) < half);
  const upper = hits === runs ? 1 : turn((p) => atMost(p) > half);
  return { lower: Math.max(0, lower - OUTWARDS), upper: Math.min(1, upper + OUTWARDS) };
};
