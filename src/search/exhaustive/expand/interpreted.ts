import { NEVER, type Space } from '../../learned-relation/space.ts';
import { CANDIDATE_EXTRA } from '../kernel/kernel-source.ts';
import { createMasks, type Masks } from '../packing/masks.ts';
import { outgrown } from '../packing/layout-headroom.ts';
import { keepsSelfLoops, type Search } from '../search.ts';
import { offsetInSegment, segmentOf } from '../store/segments.ts';
import { readRow } from '../store/store.ts';

/** What each instance does in the state that is `row`, learned where it is not known. A function by itself, which is soon a fast one. */
export const outcomesIn = (space: Space, row: Uint32Array, outcomes: Int32Array): void => {
  for (let instance = 0; instance < outcomes.length; instance += 1) {
    outcomes[instance] = space.outcome(instance, row);
  }
};

/** Writes what these outcomes make of one state as candidates, and counts them. */
const writeOf = (
  search: Search,
  state: number,
  outcomes: Int32Array,
  masksOf: (outcome: number) => Masks | undefined,
): void => {
  const { candidates, store } = search;
  const { words } = store.layout;
  const keeps = keepsSelfLoops(search);
  const segment = store.segments[segmentOf(state)]!;
  const at = offsetInSegment(state) * words;
  let possible = 0;
  for (let instance = 0; instance < outcomes.length; instance += 1) {
    const outcome = outcomes[instance]!;
    if (outcome === NEVER) continue;
    possible += 1;
    search.enabled[instance]! += 1;
    const masks = masksOf(outcome)!;
    let same = true;
    for (let word = 0; word < words; word += 1) {
      const before = segment[at + word]!;
      const after = (before & masks[2 * word]!) | masks[2 * word + 1]!;
      candidates[search.filled + word] = after;
      same &&= after === before;
    }
    if (same && !keeps) {
      search.selfLoops[instance]! += 1;
      continue;
    }
    candidates[search.filled + words] = state;
    candidates[search.filled + words + 1] = instance;
    search.filled += words + CANDIDATE_EXTRA;
  }
  search.transitions += possible;
  if (possible === 0) search.stuck[search.stuckCount++] = state;
};

/**
 * Writes what can happen in the states from number `from` to `to` as candidates, one instance after the
 * other: as the generated loop does, which is not worth its while for few states. Stops, and returns where,
 * at a state that leads to values without room, and when the candidates are full.
 */
export const expandPlainly = (search: Search, from: number, to: number): number => {
  const { candidates, space, store } = search;
  const { layout } = store;
  const room = space.tries.length * (layout.words + CANDIDATE_EXTRA);
  const row = new Uint32Array(layout.slots.length);
  const outcomes = new Int32Array(space.tries.length);
  const masksOf = createMasks(space.effectAt, layout);
  for (let state = from; state < to; state += 1) {
    if (search.filled + room > candidates.length) return state;
    readRow(store, state, row);
    const runs = space.counts().userRuns;
    outcomesIn(space, row, outcomes);
    if (space.counts().userRuns > runs && outgrown(layout, space)) return state;
    writeOf(search, state, outcomes, masksOf);
  }
  return to;
};
