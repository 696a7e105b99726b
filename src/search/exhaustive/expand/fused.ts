import type { Search } from '../search.ts';
import { offsetInSegment, segmentOf } from '../store/segments.ts';
import { readRow } from '../store/store.ts';

const report = new Float64Array(4);

/** Expands the states from number `from` to `to`; where it stopped. */
export const expandFused = (search: Search, from: number, to: number): number => {
  const { candidates, selfLoops, store, stuck, system } = search;
  const row = new Uint32Array(store.layout.slots.length);
  // A batch never goes beyond the end of a segment.
  const first = from - offsetInSegment(from);
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
    if (!actions.compose(row, report[3]!)) return stopped;
    at = stopped;
  }
};

/**
 * Takes back what was counted for the states from number `from` to `to`, of one segment: they are counted once more,
 * and what this adds is taken away twice. Stops, and returns where, at a state that is not fused.
 */
export const recountFused = (search: Search, from: number, to: number): number => {
  const { candidates, selfLoops, store, stuck, system } = search;
  const actions = search.actions!;
  const leaves = actions.leaves();
  const counts = [leaves, selfLoops].map((now) => ({ now, before: now.slice() }));
  const first = from - offsetInSegment(from);
  const segment = store.segments[segmentOf(from)]!;
  const instances = system.instances.length;
  const nodes = actions.fused.nodes();
  let transitions = 0;
  let at = from;
  for (let was = -1; at < to && at > was;) {
    was = at;
    // What they lead to, and which are stuck, is of no interest.
    report.fill(0);
    at =
      first +
      actions.expand(
        segment,
        at - first,
        to - first,
        first,
        nodes,
        leaves,
        selfLoops,
        candidates,
        instances,
        stuck,
        report,
      );
    transitions += report[1]!;
  }
  search.transitions -= transitions;
  for (const { now, before } of counts) {
    for (let index = 0; index < now.length; index += 1) now[index] = 2 * before[index]! - now[index]!;
  }
  return at;
};

const isFull = ({ candidates, filled, store, system }: Search): boolean =>
  filled > candidates.length - system.instances.length * (store.layout.words + 2);
