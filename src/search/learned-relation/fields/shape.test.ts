import { expect, test } from 'vitest';
import { flatten, shapeOf, unflatten } from './shape.ts';

const state = { door: { open: false, locked: true }, queue: [], steps: [1, 2] };

test('a state is a row of fields, each named by its path', () => {
  const shape = shapeOf(state, new Set());
  expect(shape.fields).toEqual(['door.open', 'door.locked', 'queue', 'steps.0', 'steps.1']);
  expect(flatten(shape, state)).toEqual([false, true, [], 1, 2]);
  expect(unflatten(shape, (field) => flatten(shape, state)[field]!)).toEqual(state);
});

test('a part whose shape changes is one field', () => {
  expect(shapeOf(state, new Set(['steps'])).fields).toEqual(['door.open', 'door.locked', 'queue', 'steps']);
});
