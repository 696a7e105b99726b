import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createWorkplace } from '../../testing/workplace.ts';
import { readCheckpoint, writeCheckpoint } from './file.ts';

const place = createWorkplace();
afterAll(place.remove);
const path = join(place.path, 'search');

const read = (): unknown => {
  const kept = readCheckpoint(path);
  if (kept === undefined) return undefined;
  const parts = [kept.content, kept.next(), kept.next()];
  kept.close();
  return parts;
};

test('a checkpoint file holds plain data and arrays, as they were in memory', () => {
  expect(read()).toBeUndefined();
  writeCheckpoint(path, { depth: 3 }, [Int32Array.of(7, -1), Float64Array.of(0.5)]);
  expect(read()).toEqual([{ depth: 3 }, Int32Array.of(7, -1), Float64Array.of(0.5)]);
});

test('a checkpoint file of which one bit changed is refused', () => {
  const bytes = readFileSync(path);
  for (const at of [9, bytes.length >> 1, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 1;
    writeFileSync(path, changed);
    expect(read).toThrow(expect.objectContaining({ code: 'UW311' }));
  }
});
