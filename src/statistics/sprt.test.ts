import { describe, expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { sprt, type Hypotheses } from './sprt.ts';

const hypotheses: Hypotheses = { low: 0.1, high: 0.2, alpha: 0.05, beta: 0.05 };

describe('the sequential test', () => {
  // ln(20) / ln(0.9/0.8) is 25.4, so 26 misses on end decide; ln(20) / ln(2) is 4.3, so do 5 hits.
  test('decides as soon as a bound is passed', () => {
    expect(sprt(hypotheses, () => false, 100)).toEqual({ decision: 'low', runs: 26, hits: 0 });
    expect(sprt(hypotheses, () => true, 100)).toEqual({ decision: 'high', runs: 5, hits: 5 });
  });

  test('is open where the runs end first', () => {
    expect(sprt(hypotheses, () => false, 25)).toEqual({ decision: 'open', runs: 25, hits: 0 });
  });

  test.each([
    ['low', 10, 'high'],
    ['high', 20, 'low'],
  ])('is wrong in no more than its errors: a true share that is %s', (_is, perHundred, wrong) => {
    const random = createRandom(perHundred);
    let errors = 0;
    for (let trial = 0; trial < 2000; trial += 1) {
      if (sprt(hypotheses, () => random.whole(100) < perHundred, 100_000).decision === wrong) errors += 1;
    }
    // A hundred are expected where the bound is reached; three standard deviations are 29.
    expect(errors).toBeLessThanOrEqual(129);
  });

  test('refuses shares that cannot be told apart', () => {
    expect(() => sprt({ ...hypotheses, low: 0 }, () => true, 1)).toThrow(
      expect.objectContaining({ code: 'UW902' }),
    );
    expect(() => sprt({ ...hypotheses, low: 0.3 }, () => true, 1)).toThrow(
      expect.objectContaining({ code: 'UW902' }),
    );
  });
});
