import { expect, test } from 'vitest';
import { symmetryOf } from './symmetry.ts';

test('of states that differ in the order of interchangeable elements, one stands for all', () => {
  // Three elements of two fields each, behind a field that is not theirs.
  const elements = [
    [1, 2],
    [3, 4],
    [5, 6],
  ];
  const { sort } = symmetryOf({ exchanges: [{ path: 'cores', elements }] })!;
  const sorted = (...values: readonly number[]): readonly number[] => {
    const row = Uint32Array.from(values);
    sort(row);
    return [...row];
  };
  expect(sorted(9, 2, 0, 1, 5, 1, 4)).toEqual([9, 1, 4, 1, 5, 2, 0]);
  expect(sorted(9, 1, 5, 2, 0, 1, 4)).toEqual([9, 1, 4, 1, 5, 2, 0]);
});
