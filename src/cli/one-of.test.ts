import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceBetween, oneOfThese } from './one-of.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 6 });

test('a distance is one: none from itself, the same both ways, no longer than by a detour', () => {
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      expect(distanceBetween(a, b)).toBe(distanceBetween(b, a));
      expect(distanceBetween(a, b) === 0).toBe(a === b);
      expect(distanceBetween(a, c)).toBeLessThanOrEqual(distanceBetween(a, b) + distanceBetween(b, c));
    }),
  );
});

const MANY = Array.from({ length: 40 }, (_, at) => `CLAIM-${at}`);

test.each([
  ['few are all told', ['A', 'B'], 'C', 'one of A, B'],
  ['none', [], 'C', 'one, but there is none'],
  [
    'of many the nearest',
    [...MANY, 'H-DEFER', 'H-DEFER-GIF0', 'H-DECOY'],
    'H-DEFR',
    'one of 43 ids, of which H-DEFER, H-DECOY, H-DEFER-GIF0, CLAIM-0, CLAIM-1 are the nearest',
  ],
  [
    'what has it in itself comes first',
    [...MANY, 'B4-ASW'],
    'ASW',
    'one of 41 ids, of which B4-ASW, CLAIM-0, CLAIM-1, CLAIM-2, CLAIM-3 are the nearest',
  ],
])('%s', (_, known, got, says) => {
  expect(oneOfThese(known, got)).toBe(says);
});
