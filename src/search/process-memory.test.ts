import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchProcess } from './process-memory.ts';

// Longer than between two looks.
const LATER_MS = 150;
const MIB = 2 ** 20;

/** Writes to so many mebibytes of pages, which are in the memory of the process then. */
const filled = (mebibytes: number): readonly Uint8Array[] =>
  Array.from({ length: mebibytes }, () => new Uint8Array(MIB).fill(1));

test('more than the limit is too large, also where garbage alone might be as much', async () => {
  const memory = watchProcess(100);
  await setTimeout(LATER_MS);
  expect(memory.isTooLarge()).toBe(false);
  const held = filled(260);
  await setTimeout(LATER_MS);
  expect([memory.isTooLarge(), held.length]).toEqual([true, 260]);
});

test('what nothing holds any more is not counted', async () => {
  const memory = watchProcess(400);
  let held: readonly Uint8Array[] = filled(600);
  expect(held.length).toBe(600);
  held = [];
  await setTimeout(LATER_MS);
  expect(memory.isTooLarge()).toBe(false);
});

test('what was there before the search is not counted', async () => {
  const before = filled(400);
  const memory = watchProcess(300);
  const held = filled(150);
  let garbage: readonly Uint8Array[] = filled(300);
  expect(garbage.length).toBe(300);
  garbage = [];
  await setTimeout(LATER_MS);
  expect([memory.isTooLarge(), before.length, held.length]).toEqual([false, 400, 150]);
});
