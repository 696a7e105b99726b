import type { System } from '../../model/index.ts';
import { withBudget } from '../limits.ts';
import { watchProcess } from '../process-memory.ts';
import { symmetryOf } from './reduction/symmetry.ts';
import { epochOf, type Space } from '../learned-relation/space.ts';
import { CANDIDATE_EXTRA } from './kernel/kernel-source.ts';
import { alone } from './fused/cluster.ts';
import { firstRoom } from './memory-bound.ts';
import { createLooks } from './fused/fused-monitors.ts';
import { pairLayout, stateQuestionsOf, stepQuestionsOf } from './fused/monitor-queries.ts';
import { memoryOf, type ExhaustiveOptions } from './options.ts';
import { layoutFor } from './packing/layout-headroom.ts';
import type { Search } from './search.ts';
import { createStore, insertInitial } from './store/store.ts';
import { tick } from '../monitor/response-timer.ts';
import { monitorsIn, watchesOf, type Watch, type WatchOf } from '../monitor/monitor.ts';

/** States expanded, at most, before what they led to is added to the set. */
export const BATCH_STATES = 4096;
// Candidates of a batch; a batch ends earlier when fewer places are left than one state may need.
const BATCH_CANDIDATES = 1 << 15;
// States after which it is chosen for the first time which tries to fuse.
const FUSE_FROM = 2 ** 14;

const ofKind = <K extends Watch['kind']>(watches: readonly Watch[], kind: K): readonly WatchOf<K>[] =>
  watches.filter((watch): watch is WatchOf<K> => watch.kind === kind);

/** Room for the candidates of a batch. */
export const candidatesFor = (system: System, words: number): Int32Array =>
  new Int32Array((BATCH_CANDIDATES + 2 * system.instances.length) * (words + CANDIDATE_EXTRA));

/** A search at its start: the initial states are known, and have not been looked at. */
export const begin = (system: System, space: Space, options: ExhaustiveOptions): Search => {
  const { fuseFrom = FUSE_FROM, invariants, toTheEnd = false } = options;
  const limits = withBudget(options.limits);
  const memory = memoryOf(options);
  const watches = watchesOf(system, space, invariants ?? Object.keys(system.model.invariants));
  const questions = stateQuestionsOf(space, watches);
  const stepQuestions = stepQuestionsOf(space, watches);
  const waitWatches = ofKind(watches, 'within');
  const layout = layoutFor(space, waitWatches);
  const store = createStore(layout, memory, system.instances.length);
  const row = new Uint32Array(space.fields.length + monitorsIn(watches));
  const symmetry = symmetryOf(space);
  space.initial.forEach((values, initial) => {
    row.fill(0);
    row.set(values);
    symmetry?.sort(row);
    for (const watch of waitWatches) row[watch.monitor] = tick(watch, 0, row);
    insertInitial(store, row, initial);
  });
  return {
    system,
    space,
    limits,
    symmetry,
    order: undefined,
    toTheEnd,
    store,
    watches,
    waitWatches,
    questions,
    stepQuestions,
    team: undefined,
    fusedEpoch: epochOf(space),
    threads: 1,
    clusters: undefined,
    actions: undefined,
    looks: createLooks(space, layout, questions, alone(questions.length)),
    stepLooks: createLooks(
      space,
      pairLayout(layout, space.fields.length),
      stepQuestions,
      alone(stepQuestions.length),
    ),
    planAt: fuseFrom,
    candidates: candidatesFor(system, layout.words),
    filled: 0,
    stuck: new Int32Array(BATCH_STATES),
    stuckCount: 0,
    enabled: new Float64Array(system.instances.length),
    selfLoops: new Float64Array(system.instances.length),
    transitions: 0,
    depth: 0,
    levels: [0, store.size],
    bound: undefined,
    process: watchProcess(limits.memoryLimitMb),
    roomFor: firstRoom(store.size),
    warnings: [],
  };
};
