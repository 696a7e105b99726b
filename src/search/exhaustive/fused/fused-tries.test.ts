import { expect, test } from 'vitest';
import { createForest } from '../../learned-relation/tries/forest.ts';
import { layoutOf, pack } from '../packing/layout.ts';
import { createFused } from './fused-tries.ts';

test('two tries become one machine, whose leaves say what both of them answer', () => {
  const layout = layoutOf([1, 1, 1].map((bits) => ({ part: 'all', bits })));
  const forest = createForest(3);
  // The first function looks at field 0, the second at fields 0 and 2; nothing of either is known yet.
  const functions = [
    (row: Uint32Array) => [[0], row[0]],
    (row: Uint32Array) => [[0, 2], row[0]! & row[2]!],
  ] as const;
  functions.forEach(() => forest.plant());
  const leaves: (readonly number[])[] = [];
  const runs: number[] = [];
  const fused = createFused(forest, layout, [[0, 1]], {
    leafOf: (_, outcomes) => -leaves.push(outcomes),
    learn: (_, member, row) => {
      runs.push(member);
      const [reads, outcome] = functions[member]!(row);
      return forest.add(member, reads as readonly number[], (field) => row[field]!, outcome as number);
    },
  });
  const answersIn = (...values: readonly number[]): readonly number[] => {
    const row = Uint32Array.from(values);
    const packed = new Int32Array(layout.words);
    pack(layout, row, packed, 0);
    return leaves[-fused.leafFor(0, row, packed) - 1]!;
  };
  expect(answersIn(1, 0, 1)).toEqual([1, 1]);
  expect(answersIn(1, 0, 0)).toEqual([1, 0]);
  expect(answersIn(0, 0, 0)).toEqual([0, 0]);
  const learned = runs.length;
  // Field 1 is looked at by neither: the machine knows these states.
  expect([answersIn(1, 1, 1), answersIn(0, 1, 0)]).toEqual([
    [1, 1],
    [0, 0],
  ]);
  expect(runs).toHaveLength(learned);
});
