import { epochOf } from '../../learned-relation/space.ts';
import { outcomesIn } from '../expand/interpreted.ts';
import { clustersOf } from '../fused/cluster.ts';
import { rehearse } from '../kernel/warm-up.ts';
import { isNarrow } from '../memory/visited-table.ts';
import { usePlan } from '../parts/machines.ts';
import { keepsSelfLoops, type Search } from '../search.ts';
import { firstHeld, readRow } from '../store/store.ts';
import { fusePlanned, keepCounts } from './fuse.ts';
import { betterLayout, packFor } from './repack.ts';

const SAMPLE_STATES = 512;
// After this growth of the states a search is planned again.
const GROWTH_TO_PLAN_AGAIN = 64;

/**
 * Returns rows of states spread evenly over those that are held; those at odd positions come after all the
 * others.
 */
const sampleOf = ({ store }: Search): readonly Uint32Array[] => {
  const first = firstHeld(store);
  const states = store.size - first;
  const count = Math.min(SAMPLE_STATES, states >> 3);
  const half = (count + 1) >> 1;
  return Array.from({ length: count }, (_, index) => {
    const position = index < half ? 2 * index : 2 * (index - half) + 1;
    const row = new Uint32Array(store.layout.slots.length);
    readRow(store, first + Math.floor((position * states) / count), row);
    return row;
  });
};

/** Learns all that can be asked in the states of a sample. */
const learnSample = ({ questions, space }: Search, sample: readonly Uint32Array[]): void => {
  const outcomes = new Int32Array(space.tries.length);
  // The part that is learned of a state may be forgotten again for a value that comes up in a later one.
  for (let epoch = -1; epoch !== epochOf(space);) {
    epoch = epochOf(space);
    for (const row of sample) {
      outcomesIn(space, row, outcomes);
      for (const { learn } of questions) learn(row);
    }
  }
};

/** Chooses which tries to fuse, by a sample of the states known now, and fuses them. */
export const plan = (search: Search): void => {
  const { machines, questions, space, store, system } = search;
  const sample = sampleOf(search);
  learnSample(search, sample);
  keepCounts(search);
  // The learned part may need more room than there is, and later values may need still more.
  const better = betterLayout(search);
  const layout = better ?? store.layout;
  const narrow = better === undefined ? store.visited.narrow : isNarrow(layout, store.size);
  rehearse(layout.words, narrow, keepsSelfLoops(search));
  const basis = { forest: space.forest, layout, sample, horizon: store.size * GROWTH_TO_PLAN_AGAIN };
  const actions = space.tries.map((trie, index) => ({ trie, name: system.instances[index]!.action }));
  const asked = questions.map(({ trie, monitor }) => ({ trie, name: monitor.id }));
  const chosen = {
    actions: clustersOf({ ...basis, tries: actions }),
    questions: clustersOf({ ...basis, tries: asked }),
  };
  usePlan(machines, chosen, basis.horizon);
  // The loops that this takes are compiled by now.
  if (better !== undefined) packFor(search, better);
  fusePlanned(search);
};
