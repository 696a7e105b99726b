import { describe, expect, it } from 'vitest';
import { couponReads, coverageOf, fullCoverage, missProbability, nextState, nextState32 } from './index.ts';

describe('the T-function', () => {
  it.each([4, 8, 12, 16])('goes through all %i-bit values in one cycle', (bits) => {
    let [state, steps] = [nextState(0n, bits), 1];
    for (; state !== 0n; steps++) state = nextState(state, bits);
    expect(steps).toBe(2 ** bits);
  });

  it('is the same in both notations', () => {
    let [wide, narrow] = [0x1234_5678n, 0x1234_5678];
    for (let step = 0; step < 1000; step++) {
      wide = nextState(wide, 32);
      narrow = nextState32(narrow);
    }
    expect(BigInt(narrow)).toBe(wide);
  });
});

describe('I-COUPON', () => {
  it('n ln n independent reads leave one word out on average, and none with probability 0.37', () => {
    const words = 131_072;
    const reads = couponReads(words);
    expect(words * missProbability(words, reads)).toBeCloseTo(1, 3);
    expect(fullCoverage(words, reads)).toBeCloseTo(Math.exp(-1), 5);
    expect(fullCoverage(words, reads + 3 * words)).toBeCloseTo(Math.exp(-Math.exp(-3)), 5);
  });

  it('the traversal does as well as independent reads: 200 nonces, 64 KiB of words of 8 bytes', () => {
    const [log2, runs] = [13, 200];
    const reads = couponReads(2 ** log2);
    const seen = Array.from({ length: runs }, (_, run) =>
      coverageOf(log2, reads, Math.imul(run + 1, 0x9e37_79b1)),
    );
    const complete = seen.filter(({ missed }) => missed === 0).length;
    const missed = seen.reduce((sum, run) => sum + run.missed, 0) / runs;
    // Of 200 with probability 0.368, 73.6 are expected with a deviation of 6.8: within three of them.
    expect(Math.abs(complete - 200 * Math.exp(-1))).toBeLessThan(3 * 6.9);
    expect(Math.abs(missed - 1)).toBeLessThan(3 / Math.sqrt(runs));
  });
});
