import { expect, test } from 'vitest';
import { siftLoop } from './batch-filter.ts';
import { CACHE_STATES } from './batch-filter-source.ts';

test('a worker leaves out what it has come across before; what is left moves up', () => {
  const sift = siftLoop(1, false, false);
  // A state, its parent, its instance: 5 twice, then 6, then 5 once more.
  const candidates = Int32Array.from([5, 5, 6, 5].flatMap((state, instance) => [state, 0, instance]));
  const set = { slots: new Int32Array(0), logSize: 0, segments: [], size: 0 };
  const end = sift({ candidates, from: 0, to: 4, ...set, cache: new Int32Array(CACHE_STATES) });
  expect([...candidates.subarray(0, 3 * end)]).toEqual([5, 0, 0, 6, 0, 2]);
});
