import type { Search } from './search.ts';
import { placeOf, segmentOf } from './segments.ts';
import { readRow } from './store.ts';

const report = new Float64Array(4);

/** Expands the states from number `from` to `to`; where it stopped. */
export const expandFused = (search: Search, from: number, to: number): number => {
  const { candidates, selfLoops, store, stuck, system } = search;
  const row = new Uint32Array(store.layout.slots.length);
  // A batch never goes beyond the end of a segment.
  const first = from - placeOf(from);
  const segment = store.segments[segmentOf(from)]!;
  for (let at = from; ;) {
    const actions = search.actions!;
    report.set([search.filled, 0, search.stuckCount]);
    const place = actions.expand(
      segment,
      at - first,
      to - first,
      first,
      actions.fused.nodes(),
      actions.leaves(),
      selfLoops,
      candidates,
      system.instances.length,
      stuck,
      report,
    );
    const stopped = first + place;
    search.filled = report[0]!;
    search.transitions += report[1]!;
    search.stuckCount = report[2]!;
    if (stopped === to || isFull(search)) return stopped;
    // A state that looks new to some action: it is learned, and what was learned is fused.
    readRow(store, stopped, row);
    if (!actions.compose(row)) return stopped;
    at = stopped;
  }
};

const isFull = ({ candidates, filled, store, system }: Search): boolean =>
  filled > candidates.length - system.instances.length * (store.layout.words + 2);
