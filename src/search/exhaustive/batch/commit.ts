import { unpack } from '../packing/layout.ts';
import { forgetTaken } from '../expand/reduced.ts';
import type { Verdict } from '../../result.ts';
import { CANDIDATE_EXTRA } from '../kernel/kernel-source.ts';
import { deadlocksIn } from './deadlock.ts';
import { antecedentsOf, fuseMonitorsAnew, fuseStepMonitorsAnew } from '../fused/replan.ts';
import { pairLayout } from '../fused/monitor-queries.ts';
import { dropStates } from '../expand/rollback.ts';
import { statesWithin } from '../memory-bound.ts';
import type { Search } from '../search.ts';
import { offsetInSegment, SEGMENT_STATES, segmentOf } from '../store/segments.ts';
import { checkQuestions, checkStep } from '../self-check.ts';
import { insertCandidates, parentOf, readRow, release, type Store } from '../store/store.ts';
import { traceTo } from '../trace/trace-to.ts';
import { tickCandidates } from './waiting-times.ts';
import type { Monitor } from '../../monitor/monitor.ts';

const decide = (search: Search, monitor: Monitor, at: number, verdict: Verdict): void => {
  if (monitor.verdict === undefined) monitor.antecedents += antecedentsOf(search, monitor);
  monitor.verdict = verdict;
  monitor.decidedAt = at;
  search.looks.refresh();
  search.stepLooks.refresh();
};

/** What it means that a state shows `monitor` what it looks for. */
const verdictAt = (search: Search, monitor: Monitor, state: number): Verdict =>
  monitor.kind === 'sometimes'
    ? { kind: 'holds', witness: traceTo(search, state) }
    : { kind: 'violated', trace: traceTo(search, state), shortest: true };

/** Looks at one state, by what is fused anew if need be. */
const evaluateInterpreted = (search: Search, row: Uint32Array): readonly Monitor[] => {
  for (;;) {
    const decided = search.looks.evaluateInterpreted(row);
    if (decided !== undefined) return decided;
    fuseMonitorsAnew(search);
  }
};

/** Asks every question about the states from number `from` to `to`, which are new. */
export const evaluateStates = (search: Search, from: number, to: number): void => {
  const { questions, store } = search;
  if (questions.length === 0) return;
  const row = new Uint32Array(store.layout.slots.length);
  for (let at = from; at < to; at += 1) {
    const first = at - offsetInSegment(at);
    const last = Math.min(to, first + SEGMENT_STATES);
    const segment = store.segments[segmentOf(at)]!;
    const { looks } = search;
    at =
      first +
      looks.evaluate(segment, at - first, last - first, looks.fused.nodes(), looks.answers, looks.decisive);
    if (at === last) {
      at -= 1;
      continue;
    }
    readRow(store, at, row);
    const decided = evaluateInterpreted(search, row);
    if (decided.length > 0) checkQuestions(search, row);
    for (const monitor of decided) {
      const parent = parentOf(store, at);
      decide(search, monitor, Math.max(0, parent), verdictAt(search, monitor, at));
      // A state of the level before it may turn out to be stuck, which is one step less.
      if (monitor.kind === 'within' && parent >= 0) monitor.finalAfter = search.depth;
    }
  }
};

/** Looks at one step, by what is fused anew if what it was fused of was learned anew since. */
const evaluateStepInterpreted = (search: Search, row: Uint32Array): readonly Monitor[] => {
  for (;;) {
    const decided = search.stepLooks.evaluateInterpreted(row);
    if (decided !== undefined) return decided;
    fuseStepMonitorsAnew(search);
  }
};

/** Asks the questions about steps, for the candidates whose parent is at most `last`. */
const evaluateSteps = (search: Search, last: number): void => {
  const { candidates, filled, space, stepQuestions, store } = search;
  if (stepQuestions.length === 0) return;
  const { layout } = store;
  const { words } = layout;
  const stride = words + CANDIDATE_EXTRA;
  const pairs = new Int32Array((filled / stride) * 2 * words);
  let count = 0;
  for (let at = 0; at < filled && candidates[at + words]! <= last; at += stride) {
    const parent = candidates[at + words]!;
    const place = offsetInSegment(parent) * words;
    const segment = store.segments[segmentOf(parent)]!;
    for (let word = 0; word < words; word += 1) {
      pairs[count * 2 * words + word] = segment[place + word]!;
      pairs[count * 2 * words + words + word] = candidates[at + word]!;
    }
    count += 1;
  }
  const pair = pairLayout(layout, space.fields.length);
  const row = new Uint32Array(pair.slots.length);
  for (let step = 0; step < count; step += 1) {
    const { stepLooks } = search;
    step = stepLooks.evaluate(
      pairs,
      step,
      count,
      stepLooks.fused.nodes(),
      stepLooks.answers,
      stepLooks.decisive,
    );
    if (step === count) return;
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

/** A state from which nothing can happen never responds. */
const evaluateStuck = (search: Search, last: number): void => {
  const { stuck, stuckCount, store, timers } = search;
  if (timers.length === 0) return;
  const row = new Uint32Array(store.layout.slots.length);
  for (const state of stuck.subarray(0, stuckCount)) {
    if (state > last) return;
    readRow(store, state, row);
    for (const monitor of timers) {
      const open = monitor.verdict === undefined || monitor.finalAfter === search.depth;
      if (!open || row[monitor.timerField] === 0) continue;
      monitor.finalAfter = -1;
      decide(search, monitor, state, { kind: 'violated', trace: traceTo(search, state), shortest: true });
    }
  }
};

/** Whether there is nothing left to decide, which at the end of a level may be true of more. */
export const isDecided = ({ depth, toTheEnd, monitors }: Search, atLevelEnd = false): boolean =>
  !toTheEnd &&
  monitors.length > 0 &&
  monitors.every(({ finalAfter, verdict }) => verdict !== undefined && (atLevelEnd || finalAfter !== depth));

/** Takes the states from number `from` to `to` back, which have been expanded. */
const dropBatch = (search: Search, from: number, to: number): void => {
  const { order } = search;
  if (order !== undefined && 'choose' in order) forgetTaken(search, order, from);
  else dropStates(search, from, to);
  search.filled = 0;
  search.stuckCount = 0;
};

/** The number of states that were reached from states up to `last`; `known` of them are sure. */
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
 * decided, or a bound on the number of states is reached: as if the states from number `from` to `to` had been expanded one by
 * one. Returns the state after the last one that counts.
 */
const settleBatch = (search: Search, known: number, from: number, to: number): number => {
  const { limits, store } = search;
  let last = to - 1;
  const mostWanted = limits.maxStates ?? Infinity;
  const most = Math.min(mostWanted, statesWithin(search));
  if (store.size >= most) {
    search.bound = most === mostWanted ? 'maxStates' : 'memoryLimitMb';
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
  store.size = Math.min(reachedFrom(store, last, known), Math.max(known, most));
  dropBatch(search, last + 1, to);
  return last + 1;
};

/**
 * Adds the candidates of the states from number `from` to `to` to those known, and settles the batch. Returns the
 * state after the last one that counts: none does where they have to be packed anew first.
 */
export const commitBatch = (search: Search, from: number, to: number): number => {
  const { store } = search;
  const known = store.size;
  if (!tickCandidates(search, 0)) {
    dropBatch(search, from, to);
    return from;
  }
  release(store, from);
  // What is asked about steps is asked about the candidates as they are.
  const stride = store.layout.words + CANDIDATE_EXTRA;
  const { candidates, filled, symmetry } = search;
  const added = symmetry?.representatives(store.layout, candidates, filled, stride) ?? candidates;
  insertCandidates(store, added, filled / stride);
  return settleBatch(search, known, from, to);
};
