import { expect, test } from 'vitest';
import { reversed } from './transition-graph.ts';

test('links turned round lead to the states that a state follows', () => {
  // 0 -> 1, 0 -> 2, 1 -> 2, 2 -> 0
  const forward = { starts: Uint32Array.of(0, 2, 3, 4), ends: Uint32Array.of(1, 2, 2, 0) };
  const { starts, ends } = reversed(forward);
  const before = [0, 1, 2].map((state) =>
    [...ends.subarray(starts[state], starts[state + 1])].toSorted((a, b) => a - b),
  );
  expect(before).toEqual([[2], [0], [0, 1]]);
});
