import { fits, pack, unpack } from '../space/layout.ts';
import { CANDIDATE_EXTRA } from './kernel-text.ts';
import type { Search } from './search.ts';
import { readRow } from './store.ts';
import { WAIT, type WatchOf } from './watch.ts';

/** How long `watch` has waited in the state of `row`, into which a step led after it had waited `waited` states. */
export const tick = (watch: WatchOf<'within'>, waited: number, row: Uint32Array): number => {
  const answer = watch.waits.answer(row);
  if (answer === WAIT.ends) return 0;
  // One more than the bound is late, however much later it gets.
  if (waited > 0) return Math.min(waited + 1, watch.steps + 1);
  return answer === WAIT.starts ? 1 : 0;
};

/**
 * Sets the waiting times of the candidates from number `from` on, which have those of their parents. False where one
 * is longer than there is room for: then its watch knows how long they may get, and the candidates are of no use.
 */
export const tickCandidates = (search: Search, from: number): boolean => {
  const { candidates, filled, store, waitWatches } = search;
  if (waitWatches.length === 0) return true;
  const { layout } = store;
  const stride = layout.words + CANDIDATE_EXTRA;
  const row = new Uint32Array(layout.slots.length);
  const parent = new Uint32Array(layout.slots.length);
  for (let at = from; at < filled; at += stride) {
    readRow(store, candidates[at + layout.words]!, parent);
    unpack(layout, candidates, at, row);
    for (const watch of waitWatches) {
      const waited = tick(watch, parent[watch.monitor]!, row);
      if (!fits(layout, watch.monitor, waited)) {
        watch.longest = 2 * waited;
        return false;
      }
      row[watch.monitor] = waited;
    }
    pack(layout, row, candidates, at);
  }
  return true;
};
