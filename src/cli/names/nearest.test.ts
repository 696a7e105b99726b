import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceBetween } from '../../model/text/nearest-word.ts';
import { nearestTo } from './nearest.ts';

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
  ['all of few', ['A', 'B'], 'C', 'A B'],
  ['none of none', [], 'C', ''],
  ['the nearest of many', [...MANY, 'H-DEFER', 'H-DEFER-GIF0', 'H-DECOY'], 'h-defr', 'H-DEFER H-DECOY'],
  ['first what has it in itself', [...MANY, 'B4-ASW'], 'ASW', 'B4-ASW'],
])('%s', (_, known, got, says) => {
  const nearest = nearestTo(
    known.map((id) => ({ id })),
    got,
  );
  expect(nearest.map(({ id }) => id).join(' ')).toBe(says);
});
