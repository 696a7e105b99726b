import { CANDIDATE_EXTRA } from '../kernel/kernel-source.ts';
import { createMasks } from '../packing/masks.ts';
import { outgrown } from '../packing/layout-headroom.ts';
import type { Search } from '../search.ts';
import { offsetInSegment, segmentOf } from '../store/segments.ts';
import { readRow } from '../store/store.ts';
import { NEVER } from '../../learned-relation/space.ts';
import type { PartialOrder } from '../reduction/partial-order.ts';

/** Writes what `instance` leads to as a candidate at `at`; whether it leads elsewhere. */
type Write = (state: number, instance: number, outcome: number, into: Int32Array, at: number) => boolean;

const writerFor = ({ space, store }: Search): Write => {
  const { words } = store.layout;
  const masksOf = createMasks(space.effectAt, store.layout);
  return (state, instance, outcome, into, at) => {
    const segment = store.segments[segmentOf(state)]!;
    const from = offsetInSegment(state) * words;
    const masks = masksOf(outcome)!;
    let same = true;
    for (let word = 0; word < words; word += 1) {
      const before = segment[from + word]!;
      const next = (before & masks[2 * word]!) | masks[2 * word + 1]!;
      into[at + word] = next;
      same &&= next === before;
    }
    into[at + words] = state;
    into[at + words + 1] = instance;
    return !same;
  };
};

/**
 * Writes what is enough of what can happen in the states from number `from` to `to` as candidates. Stops, and
 * returns where, at a state that leads to values without room, and when the candidates are full.
 */
export const expandOrdered = (search: Search, order: PartialOrder, from: number, to: number): number => {
  const { candidates, space, store, symmetry, system } = search;
  const { layout } = store;
  const stride = layout.words + CANDIDATE_EXTRA;
  const row = new Uint32Array(layout.slots.length);
  const single = new Int32Array(stride);
  const write = writerFor(search);
  const { known } = order;
  known.sync(store);
  order.taken = [];
  for (let state = from; state < to; state += 1) {
    if (search.filled + system.instances.length * stride > candidates.length) return state;
    readRow(store, state, row);
    const runs = space.counts().userRuns;
    const outcomes = space.tries.map((_, instance) => space.outcome(instance, row));
    if (space.counts().userRuns > runs && outgrown(layout, space)) return state;
    const possible = outcomes.flatMap((outcome, instance) => (outcome === NEVER ? [] : [instance]));
    const isLater = (instance: number): boolean => {
      if (!write(state, instance, outcomes[instance]!, single, 0)) return false;
      const next = symmetry?.representatives(layout, single, stride, stride) ?? single;
      const place = known.find(store, next, 0);
      return place < 0 || place > state;
    };
    const chosen = order.choose(row, possible, isLater) ?? possible;
    if (chosen.length < possible.length) order.reduced += 1;
    for (const instance of chosen) {
      const elsewhere = write(state, instance, outcomes[instance]!, candidates, search.filled);
      order.taken.push(state, instance, elsewhere ? 0 : 1);
      search.enabled[instance]! += 1;
      if (elsewhere) search.filled += stride;
      else search.selfLoops[instance]! += 1;
    }
    search.transitions += chosen.length;
  }
  return to;
};

/** Takes back what was counted for the states of the batch from number `from` on. */
export const forgetTaken = (search: Search, { taken }: PartialOrder, from: number): void => {
  for (let at = 0; at < taken.length; at += 3) {
    if (taken[at]! < from) continue;
    search.transitions -= 1;
    search.enabled[taken[at + 1]!]! -= 1;
    search.selfLoops[taken[at + 1]!]! -= taken[at + 2]!;
  }
};
