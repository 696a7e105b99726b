import { NEVER } from '../space/space.ts';
import { CANDIDATE_EXTRA } from './kernel-text.ts';
import { createMasks } from './masks.ts';
import { outgrown } from './room.ts';
import { keepsSelfLoops, type Search } from './search.ts';
import { placeOf, segmentOf } from './segments.ts';
import { readRow } from './store.ts';

/**
 * Writes what can happen in the states from number `from` to `to` as candidates, one instance after the
 * other: as the generated loop does, which is not worth its while for few states. Stops, and returns where,
 * at a state that leads to values without room, and when the candidates are full.
 */
export const expandPlainly = (search: Search, from: number, to: number): number => {
  const { candidates, space, store } = search;
  const { layout } = store;
  const { words } = layout;
  const stride = words + CANDIDATE_EXTRA;
  const instances = space.tries.length;
  const row = new Uint32Array(layout.slots.length);
  const outcomes = new Int32Array(instances);
  const keeps = keepsSelfLoops(search);
  const masksOf = createMasks(space.effectAt, layout);
  for (let state = from; state < to; state += 1) {
    if (search.filled + instances * stride > candidates.length) return state;
    readRow(store, state, row);
    const segment = store.segments[segmentOf(state)]!;
    const at = placeOf(state) * words;
    const runs = space.counts().userRuns;
    for (let instance = 0; instance < instances; instance += 1) {
      outcomes[instance] = space.outcome(instance, row);
    }
    if (space.counts().userRuns > runs && outgrown(layout, space)) return state;
    let possible = 0;
    for (let instance = 0; instance < instances; instance += 1) {
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
      search.filled += stride;
    }
    search.transitions += possible;
    if (possible === 0) search.stuck[search.stuckCount++] = state;
  }
  return to;
};
