import { expect, test } from 'vitest';
import type { ArrayQuestion, ElementTest } from './array-queries.ts';
import { advanced, BEGINNING, nextField } from './query-progress.ts';

// `cores.some(({ stopped }) => stopped)` of two cores: field 0 is `stopped` of the first, field 1 that of the
// second. Value number 1 is true.
const isStopped = (field: number): ElementTest => [
  { path: [field, 0], answer: false },
  { path: [field, 1], answer: true },
];
const asking = (kind: ArrayQuestion['kind']): ArrayQuestion => ({
  kind,
  elements: [isStopped(0), isStopped(1)],
});
const answerOf = (kind: ArrayQuestion['kind'], ...row: readonly number[]) =>
  advanced(asking(kind), BEGINNING, Uint32Array.from(row), () => true);

test.each([
  ['some', 1],
  ['first', 2],
  ['count', 1],
] as const)('%s: what a question comes to where only the second element passes', (kind, answer) => {
  expect(answerOf(kind, 0, 1)).toEqual({ kind: 'answered', answer });
});

test('the other elements are looked at only where they can change the answer', () => {
  const knowsTheFirst = (field: number): boolean => field === 0;
  const half = (kind: ArrayQuestion['kind']) =>
    advanced(asking(kind), BEGINNING, Uint32Array.of(1, 0), knowsTheFirst);
  expect(half('some')).toEqual({ kind: 'answered', answer: 1 });
  const at = { element: 1, soFar: 1, path: [] };
  expect(half('count')).toEqual({ kind: 'waits', at });
  expect(nextField(asking('count'), at)).toBe(1);
});

test('a value that the test never saw has no answer', () => {
  expect(answerOf('some', 2, 0)).toEqual({ kind: 'unknown' });
});
