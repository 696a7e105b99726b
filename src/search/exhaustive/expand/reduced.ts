import { CANDIDATE_EXTRA } from '../kernel/offsets.ts';
import { applyMasks, createMasks } from '../packing/masks.ts';
import { outgrown } from '../packing/layout-headroom.ts';
import { fillBatch } from '../parts/batch.ts';
import { addTransitions, countStep } from '../parts/counters.ts';
import type { Search } from '../search.ts';
import { offsetInSegment, segmentOf } from '../memory/segments.ts';
import { readRow } from '../store/store.ts';
import { NEVER } from '../../learned-relation/space.ts';
import type { PartialOrder } from '../reduction/partial-order.ts';

/** Writes the successor by `instance` as a candidate at `at`; returns whether it is another state. */
type Write = (state: number, instance: number, outcome: number, into: Int32Array, at: number) => boolean;

const writerFor = ({ space, store }: Search): Write => {
  const { words } = store.layout;
  const masksOf = createMasks(space.effectAt, store.layout);
  return (state, instance, outcome, into, at) => {
    const from = { words: store.segments[segmentOf(state)]!, at: offsetInSegment(state) * words };
    const changes = applyMasks(masksOf(outcome)!, words, from, { words: into, at });
    into[at + words] = state;
    into[at + words + 1] = instance;
    return changes;
  };
};

/**
 * Writes enough of the successors of the states from number `from` to `to` as candidates. Stops, and returns
 * where, at a state that leads to values without room, and when the candidates are full.
 */
export const expandReduced = (search: Search, order: PartialOrder, from: number, to: number): number => {
  const { batch, counters, space, store, symmetry, system } = search;
  const { candidates } = batch;
  const { layout } = store;
  const stride = layout.words + CANDIDATE_EXTRA;
  const row = new Uint32Array(layout.slots.length);
  const single = new Int32Array(stride);
  const write = writerFor(search);
  const { known } = order;
  known.sync(store);
  order.taken.length = 0;
  for (let state = from; state < to; state += 1) {
    if (batch.filled + system.instances.length * stride > candidates.length) return state;
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
      const changes = write(state, instance, outcomes[instance]!, candidates, batch.filled);
      order.taken.push({ state, instance, changes });
      countStep(counters, instance, changes);
      if (changes) fillBatch(batch, batch.filled + stride, batch.stuckCount);
    }
    addTransitions(counters, chosen.length);
  }
  return to;
};

/** Takes back the counts of the states of the batch from number `from` on. */
export const forgetTaken = ({ counters }: Search, { taken }: PartialOrder, from: number): void => {
  for (const { state, instance, changes } of taken) {
    if (state < from) continue;
    addTransitions(counters, -1);
    countStep(counters, instance, changes, -1);
  }
};
