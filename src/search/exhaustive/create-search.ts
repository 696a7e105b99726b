import type { System } from '../../model/index.ts';
import { withBudget } from '../limits.ts';
import { watchProcess } from '../process-memory.ts';
import { symmetryOf } from './reduction/symmetry.ts';
import type { Space } from '../learned-relation/space.ts';
import { stateQuestionsOf, stepQuestionsOf } from './fused/monitor-queries.ts';
import { firstCapacity } from './memory-bound.ts';
import { memoryOf, type ExhaustiveOptions } from './options.ts';
import { layoutFor } from './packing/layout-headroom.ts';
import { createBatch } from './parts/batch.ts';
import { createCounters } from './parts/counters.ts';
import { createEnding } from './parts/ending.ts';
import { createFrontier } from './parts/frontier.ts';
import { createWorkers } from './parts/workers.ts';
import { firstMachines } from './replan/fuse.ts';
import type { Search } from './search.ts';
import { createStore, insertInitial } from './store/store.ts';
import { tick } from '../monitor/response-timer.ts';
import { timersIn, monitorsOf, type Monitor, type MonitorOf } from '../monitor/monitor.ts';

// Number of states at which a search is planned for the first time.
const FUSE_FROM = 2 ** 14;

const ofKind = <K extends Monitor['kind']>(monitors: readonly Monitor[], kind: K): readonly MonitorOf<K>[] =>
  monitors.filter((monitor): monitor is MonitorOf<K> => monitor.kind === kind);

/** Makes a search at its start: the initial states are known, and have not been looked at. */
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
    toTheEnd,
    symmetry,
    order: undefined,
    monitors,
    timers,
    questions,
    stepQuestions,
    frontier: createFrontier(store.size),
    machines: firstMachines(space, layout, questions, stepQuestions, fuseFrom),
    batch: createBatch(system, layout.words),
    counters: createCounters(system.instances.length),
    store,
    capacity: firstCapacity(store.size),
    workers: createWorkers(),
    ending: createEnding(),
    process: watchProcess(limits.memoryLimitMb),
  };
};
