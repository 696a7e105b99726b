import { CANDIDATE_EXTRA, EXPANDED } from '../kernel/offsets.ts';
import type { Actions, StateRange } from '../fused/fused-actions.ts';
import { segmentOf, startOfSegment } from '../memory/segments.ts';
import { fillBatch, type Batch } from '../parts/batch.ts';
import { addTransitions } from '../parts/counters.ts';
import type { Search } from '../search.ts';
import { readRow, type Store } from '../store/store.ts';

const report = new Float64Array(EXPANDED.length);

/** Makes the range of the states from number `from` to `to`, which are in one segment. */
const rangeOf = ({ segments }: Store, from: number, to: number): StateRange => ({
  segment: segments[segmentOf(from)]!,
  first: startOfSegment(from),
  from,
  to,
});

const isFull = ({ candidates, filled }: Batch, { store, system }: Search): boolean =>
  filled > candidates.length - system.instances.length * (store.layout.words + CANDIDATE_EXTRA);

/** Expands the states from number `from` to `to` into the batch of a search; returns where it stopped. */
export const expandFused = (search: Search, from: number, to: number): number => {
  const { batch, counters, machines, store, system } = search;
  const row = new Uint32Array(store.layout.slots.length);
  for (let at = from; ;) {
    const actions = machines.actions!;
    const { candidates, stuck } = batch;
    report[EXPANDED.filled] = batch.filled;
    report[EXPANDED.transitions] = 0;
    report[EXPANDED.stuck] = batch.stuckCount;
    const stopped = actions.expand(rangeOf(store, at, to), {
      candidates,
      room: system.instances.length,
      stuck,
      selfLoops: counters.selfLoops,
      report,
    });
    fillBatch(batch, report[EXPANDED.filled]!, report[EXPANDED.stuck]!);
    addTransitions(counters, report[EXPANDED.transitions]!);
    if (stopped === to || isFull(batch, search)) return stopped;
    // A state that looks new to some action: it is learned, and what was learned is fused.
    readRow(store, stopped, row);
    if (!actions.compose(row, report[EXPANDED.cluster]!)) return stopped;
    at = stopped;
  }
};

/**
 * Expands the states from number `from` to `to` into another batch than the search's, by `actions` whose
 * counts nobody needs. Stops, and returns where, when the batch is full or something has to be composed
 * first.
 */
export const expandAside = (
  { store, system }: Search,
  actions: Actions,
  { candidates, stuck }: Batch,
  selfLoops: Float64Array,
  from: number,
  to: number,
): { readonly stopped: number; readonly filled: number; readonly cluster: number } => {
  report.fill(0);
  const room = system.instances.length;
  const output = { candidates, room, stuck, selfLoops, report };
  const stopped = actions.expand(rangeOf(store, from, to), output);
  return { stopped, filled: report[EXPANDED.filled]!, cluster: report[EXPANDED.cluster]! };
};

/**
 * Takes back the counts of the states from number `from` to `to`, of one segment: the loop counts them once
 * more, and that count is subtracted twice. Stops, and returns where, at a state that is not fused.
 */
export const recountFused = (search: Search, from: number, to: number): number => {
  const { batch, counters, machines, store, system } = search;
  const { candidates, stuck } = batch;
  const { selfLoops } = counters;
  const actions = machines.actions!;
  const counts = [actions.leaves(), selfLoops].map((now) => ({ now, before: now.slice() }));
  const output = { candidates, room: system.instances.length, stuck, selfLoops, report };
  let transitions = 0;
  let at = from;
  for (let was = -1; at < to && at > was;) {
    was = at;
    // The successors, and which states are stuck, are of no interest.
    report.fill(0);
    at = actions.expand(rangeOf(store, at, to), output);
    transitions += report[EXPANDED.transitions]!;
  }
  addTransitions(counters, -transitions);
  for (const { now, before } of counts) {
    for (let index = 0; index < now.length; index += 1) now[index] = 2 * before[index]! - now[index]!;
  }
  return at;
};
