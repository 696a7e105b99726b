import type { System } from '../../model/index.ts';
import { withBudget } from '../limits.ts';
import { watchProcess } from '../process-memory.ts';
import { symmetryOf } from './reduction/symmetry.ts';
import { epochOf, type Space } from '../learned-relation/space.ts';
import { CANDIDATE_EXTRA } from './kernel/kernel-source.ts';
import { singletons } from './fused/cluster.ts';
import { firstRoom } from './memory-bound.ts';
import { createFusedMonitors } from './fused/fused-monitors.ts';
import { pairLayout, stateQuestionsOf, stepQuestionsOf } from './fused/monitor-queries.ts';
import { memoryOf, type ExhaustiveOptions } from './options.ts';
import { layoutFor } from './packing/layout-headroom.ts';
import type { Search } from './search.ts';
import { createStore, insertInitial } from './store/store.ts';
import { tick } from '../monitor/response-timer.ts';
import { timersIn, monitorsOf, type Monitor, type MonitorOf } from '../monitor/monitor.ts';

/** States expanded, at most, before what they led to is added to the set. */
export const BATCH_STATES = 4096;
// Candidates of a batch; a batch ends earlier when fewer places are left than one state may need.
const BATCH_CANDIDATES = 1 << 15;
// States after which it is chosen for the first time which tries to fuse.
const FUSE_FROM = 2 ** 14;

const ofKind = <K extends Monitor['kind']>(monitors: readonly Monitor[], kind: K): readonly MonitorOf<K>[] =>
  monitors.filter((monitor): monitor is MonitorOf<K> => monitor.kind === kind);

/** Room for the candidates of a batch. */
export const candidatesFor = (system: System, words: number): Int32Array =>
  new Int32Array((BATCH_CANDIDATES + 2 * system.instances.length) * (words + CANDIDATE_EXTRA));

/** A search at its start: the initial states are known, and have not been looked at. */
export const createSearch = (system: System, space: Space, options: ExhaustiveOptions): Search => {
  const { fuseFrom = FUSE_FROM, invariants, toTheEnd = false } = options;
  const limits = withBudget(options.limits);
  const memory = memoryOf(options);
  const monitors = monitorsOf(system, space, invariants ?? Object.keys(system.model.invariants));
  const questions = stateQuestionsOf(space, monitors);
  const stepQuestions = stepQuestionsOf(space, monitors);
  const timers = ofKind(monitors, 'within');
  const layout = layoutFor(space, timers);
  const store = createStore(layout, memory, system.instances.length);
  const row = new Uint32Array(space.fields.length + timersIn(monitors));
  const symmetry = symmetryOf(space);
  space.initial.forEach((values, initial) => {
    row.fill(0);
    row.set(values);
    symmetry?.sort(row);
    for (const monitor of timers) row[monitor.timerField] = tick(monitor, 0, row);
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
    monitors,
    timers,
    questions,
    stepQuestions,
    team: undefined,
    fusedEpoch: epochOf(space),
    threads: 1,
    clusters: undefined,
    actions: undefined,
    looks: createFusedMonitors(space, layout, questions, singletons(questions.length)),
    stepLooks: createFusedMonitors(
      space,
      pairLayout(layout, space.fields.length),
      stepQuestions,
      singletons(stepQuestions.length),
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
