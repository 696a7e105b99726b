import { expect, test } from 'vitest';
import { createForest } from './forest.ts';

const row = (...values: readonly number[]): Uint32Array => Uint32Array.from(values);
/** Notes a run that read these fields of a row, in this order. */
const noted = (
  forest: ReturnType<typeof createForest>,
  reads: readonly number[],
  of: Uint32Array,
  outcome: number,
) => forest.add(0, reads, (field) => of[field]!, outcome);

test('what a function reads, value by value, becomes a decision trie', () => {
  const forest = createForest(3);
  expect(forest.plant()).toBe(0);
  expect(noted(forest, [0], row(0, 5, 7), 1)).toBe(true);
  expect(noted(forest, [0, 2], row(1, 5, 1), 2)).toBe(true);
  expect(forest.treeOf(0)).toEqual({
    kind: 'read',
    field: 0,
    cases: [
      { kind: 'leaf', outcome: 1 },
      { kind: 'read', field: 2, cases: [undefined, { kind: 'leaf', outcome: 2 }] },
    ],
  });
});

test('a state that looks the same is answered by a walk, another one is unknown', () => {
  const forest = createForest(3);
  forest.plant();
  noted(forest, [0, 2], row(1, 5, 1), 2);
  const answers = [row(1, 0, 1), row(1, 9, 1), row(1, 5, 0), row(0, 5, 1)].map((of) =>
    forest.find(0, of, of),
  );
  expect(answers).toEqual([2, 2, -1, -1]);
});

test('a function that reads another field after the same answers contradicts itself', () => {
  const forest = createForest(3);
  forest.plant();
  expect(noted(forest, [0, 2], row(1, 5, 1), 2)).toBe(true);
  expect(noted(forest, [0, 1], row(1, 5, 1), 2)).toBe(false);
  expect(noted(forest, [0, 2], row(1, 5, 1), 3)).toBe(false);
});
