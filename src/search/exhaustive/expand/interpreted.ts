import { NEVER, type Space } from '../../learned-relation/space.ts';
import { CANDIDATE_EXTRA } from '../kernel/offsets.ts';
import { applyMasks, createMasks, type Masks } from '../packing/masks.ts';
import { outgrown } from '../packing/layout-headroom.ts';
import { addStuck, fillBatch } from '../parts/batch.ts';
import { addTransitions, countStep } from '../parts/counters.ts';
import { keepsSelfLoops, type Search } from '../search.ts';
import { offsetInSegment, segmentOf } from '../memory/segments.ts';
import { readRow } from '../store/store.ts';

/**
 * Looks up the outcome of each instance in the state of `row`, and learns those that are not known. A
 * function by itself, which is soon a fast one.
 */
export const outcomesIn = (space: Space, row: Uint32Array, outcomes: Int32Array): void => {
  for (let instance = 0; instance < outcomes.length; instance += 1) {
    outcomes[instance] = space.outcome(instance, row);
  }
};

/** Writes the successors of one state by these outcomes as candidates, and counts them. */
const writeOf = (
  search: Search,
  state: number,
  outcomes: Int32Array,
  masksOf: (outcome: number) => Masks | undefined,
): void => {
  const { batch, counters, store } = search;
  const { candidates } = batch;
  const { words } = store.layout;
  const keeps = keepsSelfLoops(search);
  const from = { words: store.segments[segmentOf(state)]!, at: offsetInSegment(state) * words };
  const into = { words: candidates, at: batch.filled };
  let possible = 0;
  for (let instance = 0; instance < outcomes.length; instance += 1) {
    const outcome = outcomes[instance]!;
    if (outcome === NEVER) continue;
    possible += 1;
    const isCandidate = applyMasks(masksOf(outcome)!, words, from, into) || keeps;
    countStep(counters, instance, isCandidate);
    if (!isCandidate) continue;
    candidates[into.at + words] = state;
    candidates[into.at + words + 1] = instance;
    into.at += words + CANDIDATE_EXTRA;
  }
  fillBatch(batch, into.at, batch.stuckCount);
  addTransitions(counters, possible);
  if (possible === 0) addStuck(batch, state);
};

/**
 * Writes the successors of the states from number `from` to `to` as candidates, one instance after the other:
 * as the generated loop does, which is not worth its while for few states. Stops, and returns where, at a
 * state that leads to values without room, and when the candidates are full.
 */
export const expandInterpreted = (search: Search, from: number, to: number): number => {
  const { batch, space, store } = search;
  const { layout } = store;
  const room = space.tries.length * (layout.words + CANDIDATE_EXTRA);
  const row = new Uint32Array(layout.slots.length);
  const outcomes = new Int32Array(space.tries.length);
  const masksOf = createMasks(space.effectAt, layout);
  for (let state = from; state < to; state += 1) {
    if (batch.filled + room > batch.candidates.length) return state;
    readRow(store, state, row);
    const runs = space.counts().userRuns;
    outcomesIn(space, row, outcomes);
    if (space.counts().userRuns > runs && outgrown(layout, space)) return state;
    writeOf(search, state, outcomes, masksOf);
  }
  return to;
};
