import { describe, expect, test } from 'vitest';
import { clopperPearson } from './interval.ts';
import { createRandom } from './random.ts';

const choose = (n: bigint, k: bigint): bigint => {
  let ways = 1n;
  for (let i = 0n; i < k; i += 1n) ways = (ways * (n - i)) / (i + 1n);
  return ways;
};

const UNIT = 10n ** 12n;

/**
 * Returns P(X >= hits) exactly, in units of UNIT to the power of the runs, for a probability that is a whole
 * number of UNITs.
 */
const atLeast = (hits: number, runs: number, p: bigint): bigint => {
  let sum = 0n;
  for (let i = BigInt(hits); i <= BigInt(runs); i += 1n)
    sum += choose(BigInt(runs), i) * p ** i * (UNIT - p) ** (BigInt(runs) - i);
  return sum;
};

const units = (p: number): bigint => BigInt(Math.round(p * 1e12));

describe('the interval of Clopper and Pearson', () => {
  test.each([
    [0, 10, 0.95, 0, 0.308_497],
    [10, 10, 0.95, 0.691_503, 1],
    [5, 10, 0.95, 0.187_086, 0.812_914],
    [1, 20, 0.95, 0.001_265, 0.248_733],
    [0, 1000, 0.99, 0, 0.005_284],
  ])('of %i of %i at %f is known', (hits, runs, confidence, lower, upper) => {
    const found = clopperPearson(hits, runs, confidence);
    expect(found.lower).toBeCloseTo(lower, 6);
    expect(found.upper).toBeCloseTo(upper, 6);
  });

  // A tail of 0.5 % is asked for: exactly with whole numbers, just outside and just inside of either end.
  test.each([
    [1, 7],
    [3, 30],
    [17, 30],
    [29, 30],
    [50, 64],
  ])('of %i of %i is right when it is computed with whole numbers', (hits, runs) => {
    const { lower, upper } = clopperPearson(hits, runs, 0.99);
    const half = (UNIT ** BigInt(runs) * 5n) / 1000n;
    const whole = UNIT ** BigInt(runs);
    const step = units(1e-8);
    expect(atLeast(hits, runs, units(lower)) <= half).toBe(true);
    expect(atLeast(hits, runs, units(lower) + step) > half).toBe(true);
    expect(whole - atLeast(hits + 1, runs, units(upper)) <= half).toBe(true);
    expect(whole - atLeast(hits + 1, runs, units(upper) - step) > half).toBe(true);
  });

  test('holds the true share in at least 95 of 100 samples', () => {
    const random = createRandom(3);
    let held = 0;
    for (let sample = 0; sample < 400; sample += 1) {
      let hits = 0;
      for (let run = 0; run < 50; run += 1) if (random.whole(10) < 3) hits += 1;
      const { lower, upper } = clopperPearson(hits, 50, 0.95);
      if (lower <= 0.3 && 0.3 <= upper) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(380);
  });

  test.each([
    [1, 0, 0.9],
    [3, 2, 0.9],
    [-1, 2, 0.9],
    [1, 2, 1],
  ])('is refused for %i of %i at %f', (hits, runs, confidence) => {
    expect(() => clopperPearson(hits, runs, confidence)).toThrow(expect.objectContaining({ code: 'UW902' }));
  });
});
