import { expect, test } from 'vitest';
import { offsetInSegment, SEGMENT_STATES, segmentOf, startOfSegment } from './segments.ts';
import {
  createTable,
  doubled,
  hasRoom,
  isNarrow,
  narrowBits,
  SPARE_SLOTS,
  tableBytes,
} from './visited-table.ts';

test('the table of known states is filled to three quarters, then doubled', () => {
  const visited = createTable(1, false);
  expect([768, 769].map((states) => hasRoom(visited, states))).toEqual([true, false]);
  expect([768, 769, 1537].map((states) => hasRoom(doubled(visited), states))).toEqual([true, true, false]);
});

test('spare slots behind the table let probing go on without turning round', () => {
  expect(createTable(1, false).slots.length).toBe(2 * (1024 + SPARE_SLOTS));
});

test('a slot is one number where the place tells what is missing of a state, else two', () => {
  const many = 2 ** 14;
  expect(narrowBits(many)).toBe(41);
  const [narrow, wide] = [41, 42].map((bits) => ({ words: 2, bits }));
  expect([isNarrow(narrow!, many), isNarrow(wide!, many), isNarrow(narrow!, many - 1)]).toEqual([
    true,
    false,
    false,
  ]);
  expect(tableBytes(narrow, many)).toBe(4 * (2 ** 19 + SPARE_SLOTS));
  expect(tableBytes(wide, many)).toBe(8 * (2 ** 15 + SPARE_SLOTS));
});

test('states stand in segments, one after the other', () => {
  const second = SEGMENT_STATES + 3;
  expect([segmentOf(second), offsetInSegment(second), startOfSegment(second)]).toEqual([
    1,
    3,
    SEGMENT_STATES,
  ]);
  expect([segmentOf(SEGMENT_STATES - 1), offsetInSegment(SEGMENT_STATES)]).toEqual([0, 0]);
});
