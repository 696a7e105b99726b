import { expect, test } from 'vitest';
import { duplicateClaims } from 'underwatch';
import { suites } from './index.ts';

test('no two claims ask the same question', () => {
  const twice = duplicateClaims(suites.flatMap(({ claims }) => claims));
  expect([...twice].map(([{ id }, others]) => [id, ...others].join(', '))).toEqual([]);
});
