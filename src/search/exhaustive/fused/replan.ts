import { censusOfTries } from '../../learned-relation/tries/trie-census.ts';
import { epochOf } from '../../learned-relation/space.ts';
import type { Layout } from '../packing/layout.ts';
import { createActions, learnedActionsOf } from './fused-actions.ts';
import { candidatesFor } from '../create-search.ts';
import { singletons, clustersOf } from './cluster.ts';
import { valuesIn } from '../growth-warnings.ts';
import { createFusedMonitors, type FusedMonitors } from './fused-monitors.ts';
import { covers, layoutFor, roomyLayoutFor } from '../packing/layout-headroom.ts';
import { outcomesIn } from '../expand/interpreted.ts';
import { rehearse } from '../kernel/warm-up.ts';
import { keepsSelfLoops, type Search } from '../search.ts';
import { pairLayout } from './monitor-queries.ts';
import { firstHeld, readRow, relayout, remakeSet } from '../store/store.ts';
import { isNarrow } from '../store/visited-table.ts';
import type { Monitor } from '../../monitor/monitor.ts';

const SAMPLE_STATES = 512;
const GROWTH_TO_PLAN_ANEW = 64;
// A field that has taken no new value while the states became so many times as many is not given room for more.
const QUIET_GROWTH = 16;

/** Rows of states spread evenly over those that are held; those at odd places come after all the others. */
const sampleOf = ({ store }: Search): readonly Uint32Array[] => {
  const first = firstHeld(store);
  const states = store.size - first;
  const count = Math.min(SAMPLE_STATES, states >> 3);
  const half = (count + 1) >> 1;
  return Array.from({ length: count }, (_, index) => {
    const place = index < half ? 2 * index : 2 * (index - half) + 1;
    const row = new Uint32Array(store.layout.slots.length);
    readRow(store, first + Math.floor((place * states) / count), row);
    return row;
  });
};

/** In how many states, or steps, `monitor` had something to say since the counts began. */
export const antecedentsOf = ({ looks, stepLooks }: Search, monitor: Monitor): number =>
  (monitor.kind === 'never-step' ? stepLooks : looks).antecedentsOf(monitor);

/** Keeps what the fused tries counted, for they are about to be replaced. */
export const keepCounts = (search: Search): void => {
  // What is on its way is taken back first, from what is counted here.
  search.team?.collect();
  search.actions?.countInto(search.enabled);
  for (const monitor of search.monitors) {
    if (monitor.verdict === undefined) monitor.antecedents += antecedentsOf(search, monitor);
  }
};

/** The questions about steps, fused for the layout as it is. */
const fusedStepMonitorsOf = ({ space, stepQuestions, store }: Search): FusedMonitors =>
  createFusedMonitors(
    space,
    pairLayout(store.layout, space.fields.length),
    stepQuestions,
    singletons(stepQuestions.length),
  );

/** Fuses what was chosen, for the layout as it is. */
export const fuseChosen = (search: Search): void => {
  const { clusters, questions, space, store } = search;
  search.fusedEpoch = epochOf(space);
  search.stepLooks = fusedStepMonitorsOf(search);
  if (clusters === undefined) {
    search.looks = createFusedMonitors(space, store.layout, questions, singletons(questions.length));
    return;
  }
  search.actions = createActions(
    learnedActionsOf(space, store.layout),
    store.layout,
    clusters.actions,
    keepsSelfLoops(search),
  );
  search.looks = createFusedMonitors(space, store.layout, questions, clusters.questions);
  search.team?.adopt();
};

/** Packs the states anew, as `layout` has them. */
const packAnew = (search: Search, layout: Layout): void => {
  const { store, system } = search;
  const { words } = store.layout;
  relayout(store, layout);
  remakeSet(store);
  if (layout.words !== words) search.candidates = candidatesFor(system, layout.words);
};

const roomyLayout = (search: Search, mayGrow: (field: number) => boolean = () => true): Layout => {
  const { questions, space, store, timers } = search;
  const asked = new Set(
    censusOfTries(
      space,
      questions.map(({ trie }) => trie),
    ).reads,
  );
  return roomyLayoutFor(space, timers, store.size, { mayGrow, isAsked: (field) => asked.has(field) });
};

/** Whether `field` has taken new values since the states were a small part of what they are. */
const stillGrows = (search: Search, field: number): boolean =>
  firstHeld(search.store) > 0 ||
  valuesIn(search, field, Math.floor(search.store.size / QUIET_GROWTH)) < search.space.valuesOf(field).length;

/** A layout for what is planned now, unless the one that there is does as well. */
const betterLayout = (search: Search): Layout | undefined => {
  const { clusters, store } = search;
  const { layout } = store;
  // Of a search that is planned for the first time, the states so far say little of what grows.
  const mayGrow = clusters === undefined ? undefined : (field: number) => stillGrows(search, field);
  const better = roomyLayout(search, mayGrow);
  if (!covers(layout, better)) return mayGrow === undefined ? better : roomyLayout(search);
  return isNarrow(better, store.size) && !isNarrow(layout, store.size) ? better : undefined;
};

/** Fuses the questions about states anew, in the midst of a batch. What was learned of actions is seen to after it. */
export const fuseMonitorsAnew = (search: Search): void => {
  const { clusters, questions, space, store, monitors } = search;
  for (const monitor of monitors) {
    if (monitor.verdict === undefined && monitor.kind !== 'never-step') {
      monitor.antecedents += search.looks.antecedentsOf(monitor);
    }
  }
  search.looks = createFusedMonitors(
    space,
    store.layout,
    questions,
    clusters?.questions ?? singletons(questions.length),
  );
};

/** Fuses the questions about steps anew, in the midst of a batch. */
export const fuseStepMonitorsAnew = (search: Search): void => {
  for (const monitor of search.monitors) {
    if (monitor.verdict === undefined && monitor.kind === 'never-step') {
      monitor.antecedents += search.stepLooks.antecedentsOf(monitor);
    }
  }
  search.stepLooks = fusedStepMonitorsOf(search);
};

/** Fuses anew what is fused of tries that have been forgotten since. */
export const fuseAnew = (search: Search): void => {
  keepCounts(search);
  fuseChosen(search);
};

/** Lays the states out anew, with room for all values met so far, and for some more where tries are fused. */
export const repackStates = (search: Search): void => {
  keepCounts(search);
  const { clusters, space, timers } = search;
  packAnew(search, clusters === undefined ? layoutFor(space, timers) : roomyLayout(search));
  fuseChosen(search);
};

/** Chooses which tries to fuse, by a sample of the states known now, and fuses them. */
export const plan = (search: Search): void => {
  const { questions, space, store, system } = search;
  const sample = sampleOf(search);
  const outcomes = new Int32Array(space.tries.length);
  const learnAll = (): void => {
    for (const row of sample) {
      outcomesIn(space, row, outcomes);
      for (const { learn } of questions) learn(row);
    }
  };
  // What is learned of a state may be forgotten again for a value that comes up in a later one.
  for (let epoch = -1; epoch !== epochOf(space);) {
    epoch = epochOf(space);
    learnAll();
  }
  keepCounts(search);
  // What this taught may need more room than there is, and what comes may need still more.
  const better = betterLayout(search);
  const layout = better ?? store.layout;
  const narrow = better === undefined ? store.visited.narrow : isNarrow(layout, store.size);
  rehearse(layout.words, narrow, keepsSelfLoops(search));
  const basis = { forest: space.forest, layout, sample, horizon: store.size * GROWTH_TO_PLAN_ANEW };
  const actions = space.tries.map((trie, index) => ({ trie, name: system.instances[index]!.action }));
  search.clusters = {
    actions: clustersOf({ ...basis, tries: actions }),
    questions: clustersOf({
      ...basis,
      tries: questions.map(({ trie, monitor }) => ({ trie, name: monitor.id })),
    }),
  };
  // By now the loops are compiled that this takes.
  if (better !== undefined) packAnew(search, better);
  search.planAt = basis.horizon;
  fuseChosen(search);
};
