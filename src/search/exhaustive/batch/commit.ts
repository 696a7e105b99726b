import { unpack } from '../packing/layout.ts';
import { forgetTaken } from '../expand/reduced.ts';
import type { Verdict } from '../../result.ts';
import { CANDIDATE_EXTRA } from '../kernel/kernel-source.ts';
import { deadlocksIn } from './deadlock.ts';
import { antecedentsOf, renewLooks, renewStepLooks } from '../fused/replan.ts';
import { pairLayout } from '../fused/monitor-queries.ts';
import { dropStates } from '../expand/rollback.ts';
import { statesWithin } from '../memory-bound.ts';
import type { Search } from '../search.ts';
import { placeOf, SEGMENT_STATES, segmentOf } from '../store/segments.ts';
import { checkQuestions, checkStep } from '../self-check.ts';
import { insertCandidates, parentOf, readRow, release, type Store } from '../store/store.ts';
import { traceTo } from '../trace/trace-to.ts';
import { tickCandidates } from './waiting-times.ts';
import type { Watch } from '../../monitor/monitor.ts';

const decide = (search: Search, watch: Watch, at: number, verdict: Verdict): void => {
  if (watch.verdict === undefined) watch.antecedents += antecedentsOf(search, watch);
  watch.verdict = verdict;
  watch.decidedAt = at;
  search.looks.refresh();
  search.stepLooks.refresh();
};

/** What it means that a state shows `watch` what it looks for. */
const verdictAt = (search: Search, watch: Watch, state: number): Verdict =>
  watch.kind === 'sometimes'
    ? { kind: 'holds', witness: traceTo(search, state) }
    : { kind: 'violated', trace: traceTo(search, state), shortest: true };

/** Looks at one state, by what is fused anew if need be. */
const lookSlowly = (search: Search, row: Uint32Array): readonly Watch[] => {
  for (;;) {
    const decided = search.looks.lookSlowly(row);
    if (decided !== undefined) return decided;
    renewLooks(search);
  }
};

/** Asks every question about the states from number `from` to `to`, which are new. */
export const lookAt = (search: Search, from: number, to: number): void => {
  const { questions, store } = search;
  if (questions.length === 0) return;
  const row = new Uint32Array(store.layout.slots.length);
  for (let at = from; at < to; at += 1) {
    const first = at - placeOf(at);
    const last = Math.min(to, first + SEGMENT_STATES);
    const segment = store.segments[segmentOf(at)]!;
    const { looks } = search;
    at =
      first +
      looks.look(segment, at - first, last - first, looks.fused.nodes(), looks.answers, looks.eventful);
    if (at === last) {
      at -= 1;
      continue;
    }
    readRow(store, at, row);
    const decided = lookSlowly(search, row);
    if (decided.length > 0) checkQuestions(search, row);
    for (const watch of decided) {
      const parent = parentOf(store, at);
      decide(search, watch, Math.max(0, parent), verdictAt(search, watch, at));
      // A state of the level before it may turn out to be stuck, which is one step less.
      if (watch.kind === 'within' && parent >= 0) watch.finalAfter = search.depth;
    }
  }
};

/** Looks at one step, by what is fused anew if what it was fused of was learned anew since. */
const lookAtStepSlowly = (search: Search, row: Uint32Array): readonly Watch[] => {
  for (;;) {
    const decided = search.stepLooks.lookSlowly(row);
    if (decided !== undefined) return decided;
    renewStepLooks(search);
  }
};

/** Asks the questions about steps, for the candidates whose parent is at most `last`. */
const lookAtSteps = (search: Search, last: number): void => {
  const { candidates, filled, space, stepQuestions, store } = search;
  if (stepQuestions.length === 0) return;
  const { layout } = store;
  const { words } = layout;
  const stride = words + CANDIDATE_EXTRA;
  const pairs = new Int32Array((filled / stride) * 2 * words);
  let count = 0;
  for (let at = 0; at < filled && candidates[at + words]! <= last; at += stride) {
    const parent = candidates[at + words]!;
    const place = placeOf(parent) * words;
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
    step = stepLooks.look(pairs, step, count, stepLooks.fused.nodes(), stepLooks.answers, stepLooks.eventful);
    if (step === count) return;
    unpack(pair, pairs, step * pair.words, row);
    const parent = candidates[step * stride + words]!;
    const instance = candidates[step * stride + words + 1]!;
    const decided = lookAtStepSlowly(search, row);
    if (decided.length > 0) checkStep(search, instance, row.slice(0, space.fields.length));
    for (const watch of decided) {
      const trace = traceTo(search, parent, instance);
      decide(search, watch, parent, { kind: 'violated', trace, shortest: true });
    }
  }
};

/** A state from which nothing can happen never responds. */
const lookAtStuck = (search: Search, last: number): void => {
  const { stuck, stuckCount, store, waitWatches } = search;
  if (waitWatches.length === 0) return;
  const row = new Uint32Array(store.layout.slots.length);
  for (const state of stuck.subarray(0, stuckCount)) {
    if (state > last) return;
    readRow(store, state, row);
    for (const watch of waitWatches) {
      const open = watch.verdict === undefined || watch.finalAfter === search.depth;
      if (!open || row[watch.monitor] === 0) continue;
      watch.finalAfter = -1;
      decide(search, watch, state, { kind: 'violated', trace: traceTo(search, state), shortest: true });
    }
  }
};

/** Whether there is nothing left to decide, which at the end of a level may be true of more. */
export const isDecided = ({ depth, toTheEnd, watches }: Search, atLevelEnd = false): boolean =>
  !toTheEnd &&
  watches.length > 0 &&
  watches.every(({ finalAfter, verdict }) => verdict !== undefined && (atLevelEnd || finalAfter !== depth));

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
const settle = (search: Search, known: number, from: number, to: number): number => {
  const { limits, store } = search;
  let last = to - 1;
  const mostWanted = limits.maxStates ?? Infinity;
  const most = Math.min(mostWanted, statesWithin(search));
  if (store.size >= most) {
    search.bound = most === mostWanted ? 'maxStates' : 'memoryLimitMb';
    last = Math.min(last, Math.max(from, parentOf(store, most - 1)));
  }
  lookAt(search, known, Math.min(reachedFrom(store, last, known), Math.max(known, most)));
  lookAtSteps(search, last);
  lookAtStuck(search, last);
  for (const { watch, state } of deadlocksIn(search, last)) {
    decide(search, watch, state, verdictAt(search, watch, state));
  }
  if (isDecided(search)) {
    last = Math.min(last, Math.max(from, ...search.watches.map(({ decidedAt }) => decidedAt)));
  }
  store.size = Math.min(reachedFrom(store, last, known), Math.max(known, most));
  dropBatch(search, last + 1, to);
  return last + 1;
};

/**
 * Adds the candidates of the states from number `from` to `to` to those known, and settles the batch. Returns the
 * state after the last one that counts: none does where they have to be packed anew first.
 */
export const addBatch = (search: Search, from: number, to: number): number => {
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
  return settle(search, known, from, to);
};
