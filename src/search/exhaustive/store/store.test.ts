import { expect, test } from 'vitest';
import { layoutOf } from '../packing/layout.ts';
import { createStateIndex } from './state-index.ts';
import { createStore, insertCandidates, insertInitial, parentOf, readRow, type Memory } from './store.ts';

const layout = layoutOf([{ part: 'at', bits: 8 }]);
const states = ({ size, ...store }: ReturnType<typeof createStore>): readonly number[] =>
  Array.from({ length: size }, (_, index) => {
    const row = new Uint32Array(1);
    readRow({ size, ...store }, index, row);
    return row[0]!;
  });

/** A store whose initial state is 7, from which 3, 7 and 9 follow, and 3 once more. */
const filled = (memory: Memory) => {
  const store = createStore(layout, memory, 1);
  insertInitial(store, Uint32Array.of(7), 0);
  // A candidate is a state, its parent and the instance that led to it.
  const candidates = Int32Array.from([3, 7, 9, 3].flatMap((at) => [at, 0, 0]));
  insertCandidates(store, candidates, 4);
  return store;
};

test('a state that is new goes to the end of the queue, one that is known does not', () => {
  expect(states(filled({ states: 'exact', parents: true }))).toEqual([7, 3, 9]);
});

test('beside each state stands the one it was found from', () => {
  const store = filled({ states: 'exact', parents: true });
  expect([0, 1, 2].map((index) => parentOf(store, index))).toEqual([-1, 0, 0]);
});

test('known by their fingerprints, the same states are new', () => {
  expect(filled({ states: 'fingerprint', parents: false }).size).toBe(3);
});

test('an index finds the number of a state by what it is packed into', () => {
  const { find } = createStateIndex(filled({ states: 'exact', parents: true }));
  expect([7, 3, 9].map((at) => find(Int32Array.of(at), 0))).toEqual([0, 1, 2]);
});
