import { expect, test } from 'vitest';
import { pathOf, sample, sampleRecorder, sampleValues, type Sample } from './testing/sample.ts';

const recorder = sampleRecorder();
const record = (when: (view: Sample) => boolean, then: (draft: Sample) => void) =>
  recorder.record(
    (field) => sampleValues[field]!,
    (view) => when(view as unknown as Sample),
    (draft) => then(draft as unknown as Sample),
  );

test('a guard that says no leaves only its reads', () => {
  const { reads, writes } = record(
    ({ flag }) => !flag,
    () => expect.unreachable(),
  );
  expect(reads.map(pathOf)).toEqual(['flag']);
  expect(writes).toBeUndefined();
});

test('what a recipe reads comes after what its guard read, each once', () => {
  const { reads } = record(
    ({ flag, box }) => flag && box.left === 1,
    (draft) => {
      draft.slots = [draft.box.left, draft.box.right, 0];
    },
  );
  expect(reads.map(pathOf)).toEqual(['flag', 'box.left', 'box.right']);
});

test('a function of two states reads each of them, the second in fields of its own', () => {
  const width = sampleValues.length;
  const { reads, result } = recorder.observe(
    (field) => (field < width ? sampleValues[field]! : false),
    2,
    (before, after) => before['flag'] === sample.flag && after['flag'] === false,
  );
  expect(result).toBe(true);
  expect(reads).toEqual([0, width]);
});
