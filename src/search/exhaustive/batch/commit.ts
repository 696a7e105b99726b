import { unpack } from '../packing/layout.ts';
import { forgetTaken } from '../expand/reduced.ts';
import type { Verdict } from '../../result.ts';
import { CANDIDATE_EXTRA } from '../kernel/offsets.ts';
import { deadlocksIn } from './deadlock.ts';
import { antecedentsOf, fuseStateMonitors, fuseStepMonitors } from '../replan/fuse.ts';
import { pairLayout } from '../fused/monitor-queries.ts';
import { dropStates } from '../expand/rollback.ts';
import { statesWithin } from '../memory-bound.ts';
import type { Search } from '../search.ts';
import { offsetInSegment, SEGMENT_STATES, segmentOf, startOfSegment } from '../memory/segments.ts';
import { checkQuestions, checkStep } from '../checks/self-check.ts';
import { insertCandidates, parentOf, readRow, release, truncate, type Store } from '../store/store.ts';
import { traceTo } from '../trace/trace-to.ts';
import { tickCandidates } from './waiting-times.ts';
import { addAntecedents, decideMonitor, finalAfterDepth, type Monitor } from '../../monitor/monitor.ts';
import { clearBatch, type Batch } from '../parts/batch.ts';
import { endBy } from '../parts/ending.ts';

const decide = (search: Search, monitor: Monitor, at: number, verdict: Verdict): void => {
  if (monitor.verdict === undefined) addAntecedents(monitor, antecedentsOf(search, monitor));
  decideMonitor(monitor, verdict, at);
  search.machines.stateMonitors.refresh();
  search.machines.stepMonitors.refresh();
};

/** Returns the verdict of `monitor` once a state shows what it looks for. */
const verdictAt = (search: Search, monitor: Monitor, state: number): Verdict =>
  monitor.kind === 'sometimes'
    ? { kind: 'holds', witness: traceTo(search, state) }
    : { kind: 'violated', trace: traceTo(search, state), shortest: true };

/** Evaluates the monitors in one state, which are fused again if need be; returns those that it decides. */
const evaluateInterpreted = (search: Search, row: Uint32Array): readonly Monitor[] => {
  for (;;) {
    const decided = search.machines.stateMonitors.evaluateInterpreted(row);
    if (decided !== undefined) return decided;
    fuseStateMonitors(search);
  }
};

/** Asks every question about the states from number `from` to `to`, which are new. */
export const evaluateStates = (search: Search, from: number, to: number): void => {
  const { frontier, machines, questions, store } = search;
  if (questions.length === 0) return;
  const row = new Uint32Array(store.layout.slots.length);
  for (let next = from; next < to;) {
    const first = startOfSegment(next);
    const last = Math.min(to, first + SEGMENT_STATES);
    const segment = store.segments[segmentOf(next)]!;
    const at = first + machines.stateMonitors.evaluate({ segment, from: next - first, to: last - first });
    next = Math.min(at + 1, last);
    if (at === last) continue;
    readRow(store, at, row);
    const decided = evaluateInterpreted(search, row);
    if (decided.length > 0) checkQuestions(search, row);
    for (const monitor of decided) {
      const parent = parentOf(store, at);
      decide(search, monitor, Math.max(0, parent), verdictAt(search, monitor, at));
      // A state of the level before it may turn out to be stuck, which is one step less.
      if (monitor.kind === 'within' && parent >= 0) finalAfterDepth(monitor, frontier.depth);
    }
  }
};

/** Evaluates the monitors in one step, as `evaluateInterpreted` does in a state. */
const evaluateStepInterpreted = (search: Search, row: Uint32Array): readonly Monitor[] => {
  for (;;) {
    const decided = search.machines.stepMonitors.evaluateInterpreted(row);
    if (decided !== undefined) return decided;
    fuseStepMonitors(search);
  }
};

/** Packs the states before and after each candidate whose parent is at most `last`, one after the other. */
const pairsOf = (
  { layout: { words }, segments }: Store,
  { candidates, filled }: Batch,
  pairWords: number,
  last: number,
): { readonly pairs: Int32Array; readonly count: number } => {
  const stride = words + CANDIDATE_EXTRA;
  const pairs = new Int32Array((filled / stride) * pairWords);
  let count = 0;
  for (let at = 0; at < filled && candidates[at + words]! <= last; at += stride) {
    const parent = candidates[at + words]!;
    const from = offsetInSegment(parent) * words;
    const segment = segments[segmentOf(parent)]!;
    for (let word = 0; word < words; word += 1) {
      pairs[count * pairWords + word] = segment[from + word]!;
      pairs[count * pairWords + words + word] = candidates[at + word]!;
    }
    count += 1;
  }
  return { pairs, count };
};

/** Asks the questions about steps, for the candidates whose parent is at most `last`. */
const evaluateSteps = (search: Search, last: number): void => {
  const { batch, machines, space, stepQuestions, store } = search;
  if (stepQuestions.length === 0) return;
  const { candidates } = batch;
  const { layout } = store;
  const { words } = layout;
  const stride = words + CANDIDATE_EXTRA;
  const pair = pairLayout(layout, space.fields.length);
  const { pairs, count } = pairsOf(store, batch, pair.words, last);
  const row = new Uint32Array(pair.slots.length);
  for (let next = 0; next < count; next += 1) {
    const step = machines.stepMonitors.evaluate({ segment: pairs, from: next, to: count });
    if (step === count) return;
    next = step;
    unpack(pair, pairs, step * pair.words, row);
    const parent = candidates[step * stride + words]!;
    const instance = candidates[step * stride + words + 1]!;
    const decided = evaluateStepInterpreted(search, row);
    if (decided.length > 0) checkStep(search, instance, row.slice(0, space.fields.length));
    for (const monitor of decided) {
      const trace = traceTo(search, parent, instance);
      decide(search, monitor, parent, { kind: 'violated', trace, shortest: true });
    }
  }
};

/** Evaluates waits in a state from which nothing can happen: it never responds. */
const evaluateStuck = (search: Search, last: number): void => {
  const { batch, frontier, store, timers } = search;
  if (timers.length === 0) return;
  const row = new Uint32Array(store.layout.slots.length);
  for (const state of batch.stuck.subarray(0, batch.stuckCount)) {
    if (state > last) return;
    readRow(store, state, row);
    for (const monitor of timers) {
      const open = monitor.verdict === undefined || monitor.finalAfter === frontier.depth;
      if (!open || row[monitor.timerField] === 0) continue;
      finalAfterDepth(monitor, -1);
      decide(search, monitor, state, { kind: 'violated', trace: traceTo(search, state), shortest: true });
    }
  }
};

/** Whether nothing is left to decide, which at the end of a level may be true of more. */
export const isDecided = ({ frontier, toTheEnd, monitors }: Search, atLevelEnd = false): boolean =>
  !toTheEnd &&
  monitors.length > 0 &&
  monitors.every(
    ({ finalAfter, verdict }) => verdict !== undefined && (atLevelEnd || finalAfter !== frontier.depth),
  );

/** Drops the states from number `from` to `to`, which have been expanded, from the counts. */
const dropBatch = (search: Search, from: number, to: number): void => {
  const { batch, order } = search;
  if (order !== undefined && 'choose' in order) forgetTaken(search, order, from);
  else dropStates(search, from, to);
  clearBatch(batch);
};

/** Returns the number of states that were reached from states up to `last`; `known` of them are sure. */
const reachedFrom = (store: Store, last: number, known: number): number => {
  let low = known;
  let high = store.size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (parentOf(store, middle) <= last) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * Looks at what is new since `known` states were, and ends the search after the state at which all is
 * decided, or a bound on the number of states is reached: as if the states from number `from` to `to` had
 * been expanded one by one. Returns the state after the last one that counts.
 */
const settleBatch = (search: Search, known: number, from: number, to: number): number => {
  const { ending, limits, store } = search;
  let last = to - 1;
  const mostWanted = limits.maxStates ?? Infinity;
  const most = Math.min(mostWanted, statesWithin(search));
  if (store.size >= most) {
    endBy(ending, most === mostWanted ? 'maxStates' : 'memoryLimitMb');
    last = Math.min(last, Math.max(from, parentOf(store, most - 1)));
  }
  evaluateStates(search, known, Math.min(reachedFrom(store, last, known), Math.max(known, most)));
  evaluateSteps(search, last);
  evaluateStuck(search, last);
  for (const { monitor, state } of deadlocksIn(search, last)) {
    decide(search, monitor, state, verdictAt(search, monitor, state));
  }
  if (isDecided(search)) {
    last = Math.min(last, Math.max(from, ...search.monitors.map(({ decidedAt }) => decidedAt)));
  }
  truncate(store, Math.min(reachedFrom(store, last, known), Math.max(known, most)));
  dropBatch(search, last + 1, to);
  return last + 1;
};

/**
 * Adds the candidates of the states from number `from` to `to` to those known, and settles the batch. Returns
 * the state after the last one that counts: none does where they have to be repacked first.
 */
export const commitBatch = (search: Search, from: number, to: number): number => {
  const { batch, store, symmetry } = search;
  const known = store.size;
  if (!tickCandidates(search, batch)) {
    dropBatch(search, from, to);
    return from;
  }
  release(store, from);
  // Questions about steps are asked about the candidates as they are.
  const stride = store.layout.words + CANDIDATE_EXTRA;
  const { candidates, filled } = batch;
  const added = symmetry?.representatives(store.layout, candidates, filled, stride) ?? candidates;
  insertCandidates(store, added, filled / stride);
  return settleBatch(search, known, from, to);
};
