import { expect, test } from 'vitest';
import { createNodes, EMPTY } from '../diagram/nodes.ts';
import { imageOf, levelsOf, MOST_VALUES } from '../diagram/relation.ts';
import { firstOf, singleton } from '../diagram/sets.ts';
import { orderOf } from '../order.ts';
import { TooManyValues, vectorOf, type DecisionPath, type Use } from './decision-path.ts';

const MIB = 2 ** 20;
const order = orderOf([0, 1]);
// Where column 0 has 1, column 1 becomes 5.
const path: DecisionPath = { path: [0, 1], outcome: 0, writes: [1, 5], changes: [] };

/** Follows one way of a decision from one state; undefined where it leads nowhere. */
const after = (
  state: readonly number[],
  use: Use,
  way: DecisionPath = path,
): readonly number[] | undefined => {
  const nodes = createNodes(MIB);
  const vector = vectorOf(order, way, use, [0, 1]);
  if (vector === undefined) return undefined;
  const set = imageOf(nodes, singleton(nodes, state), singleton(nodes, vector), levelsOf(nodes, [0, 1]));
  if (set === EMPTY) return undefined;
  const into = new Uint32Array(2);
  firstOf(nodes, set, into);
  return [...into];
};

test('a way through a decision is a short vector: what it needs before, and what is there afterwards', () => {
  expect(after([1, 2], 'step')).toEqual([1, 5]);
  expect(after([0, 2], 'step')).toBeUndefined();
});

test('the same way says in which states the step is possible, and which it leaves as they are', () => {
  expect(after([1, 2], 'possible')).toEqual([1, 2]);
  expect(after([1, 2], 'idle')).toBeUndefined();
  expect(after([1, 5], 'idle')).toEqual([1, 5]);
});

test('a way that writes another value than it needs leaves no state as it is', () => {
  expect(vectorOf(order, { ...path, writes: [0, 2] }, 'idle', [0])).toBeUndefined();
});

test('a relation tells no more values apart than fit into a rule', () => {
  const large = { ...path, path: [0, MOST_VALUES + 1] };
  expect(() => vectorOf(order, large, 'step', [0])).toThrow(TooManyValues);
});
