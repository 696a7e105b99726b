import { fits, pack, unpack } from '../packing/layout.ts';
import { CANDIDATE_EXTRA } from '../kernel/offsets.ts';
import { needLongest } from '../../monitor/monitor.ts';
import type { Batch } from '../parts/batch.ts';
import type { Search } from '../search.ts';
import { readRow } from '../store/store.ts';
import { tick } from '../../monitor/response-timer.ts';

/**
 * Sets the waiting times of the candidates of a batch, which have those of their parents. False where one is
 * longer than there is room for: then its monitor knows how long they may get, and the candidates are of no
 * use.
 */
export const tickCandidates = (
  { store, timers }: Pick<Search, 'store' | 'timers'>,
  { candidates, filled }: Pick<Batch, 'candidates' | 'filled'>,
): boolean => {
  if (timers.length === 0) return true;
  const { layout } = store;
  const stride = layout.words + CANDIDATE_EXTRA;
  const row = new Uint32Array(layout.slots.length);
  const parent = new Uint32Array(layout.slots.length);
  for (let at = 0; at < filled; at += stride) {
    readRow(store, candidates[at + layout.words]!, parent);
    unpack(layout, candidates, at, row);
    for (const monitor of timers) {
      const waited = tick(monitor, parent[monitor.timerField]!, row);
      if (!fits(layout, monitor.timerField, waited)) {
        needLongest(monitor, 2 * waited);
        return false;
      }
      row[monitor.timerField] = waited;
    }
    pack(layout, row, candidates, at);
  }
  return true;
};
