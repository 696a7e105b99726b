import { expect, test } from 'vitest';
import { createValues } from './values.ts';

test('values of a field get small numbers in the order in which they are first seen', () => {
  const { at, idOf } = createValues();
  expect(['open', 'shut', 'open', { open: 3 }, { open: 3 }].map(idOf)).toEqual([0, 1, 0, 2, 2]);
  expect(at(2)).toEqual({ open: 3 });
});
