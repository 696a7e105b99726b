import { epochOf } from '../../learned-relation/space.ts';
import { addAntecedents, type Monitor } from '../../monitor/monitor.ts';
import { singletons } from '../fused/cluster.ts';
import { createActions, learnedActionsOf } from '../fused/fused-actions.ts';
import { createFusedMonitors, type FusedMonitors } from '../fused/fused-monitors.ts';
import { pairLayout, type Question } from '../fused/monitor-queries.ts';
import type { Layout } from '../packing/layout.ts';
import {
  createMachines,
  fusedIn,
  useActions,
  useStateMonitors,
  useStepMonitors,
  type Machines,
} from '../parts/machines.ts';
import type { Space } from '../../learned-relation/space.ts';
import { keepsSelfLoops, type Search } from '../search.ts';

/** Returns the number of states, or steps, in which `monitor` was applicable since the counts began. */
export const antecedentsOf = ({ machines }: Search, monitor: Monitor): number =>
  (monitor.kind === 'never-step' ? machines.stepMonitors : machines.stateMonitors).antecedentsOf(monitor);

const keepAntecedents = (search: Search, isKept: (monitor: Monitor) => boolean): void => {
  for (const monitor of search.monitors) {
    if (monitor.verdict === undefined && isKept(monitor)) {
      addAntecedents(monitor, antecedentsOf(search, monitor));
    }
  }
};

/** Keeps the counts of the fused tries, which are about to be replaced. */
export const keepCounts = (search: Search): void => {
  const { counters, machines, workers } = search;
  // Batches on their way are taken back first, from the counts here.
  workers.team?.collect();
  machines.actions?.countInto(counters.enabled);
  keepAntecedents(search, () => true);
};

const stepMonitorsOf = (space: Space, layout: Layout, questions: readonly Question[]): FusedMonitors =>
  createFusedMonitors(
    space,
    pairLayout(layout, space.fields.length),
    questions,
    singletons(questions.length),
  );

/** Makes the machines of a search that begins: every monitor by itself, and no actions fused. */
export const firstMachines = (
  space: Space,
  layout: Layout,
  questions: readonly Question[],
  stepQuestions: readonly Question[],
  planAt: number,
): Machines =>
  createMachines(
    planAt,
    epochOf(space),
    createFusedMonitors(space, layout, questions, singletons(questions.length)),
    stepMonitorsOf(space, layout, stepQuestions),
  );

/** Fuses the questions about states again, in the middle of a batch. Learned actions are fused after it. */
export const fuseStateMonitors = (search: Search): void => {
  const { machines, questions, space, store } = search;
  keepAntecedents(search, ({ kind }) => kind !== 'never-step');
  const clusters = machines.plan?.questions ?? singletons(questions.length);
  useStateMonitors(machines, createFusedMonitors(space, store.layout, questions, clusters));
};

/** Fuses the questions about steps again, in the middle of a batch. */
export const fuseStepMonitors = (search: Search): void => {
  const { machines, space, stepQuestions, store } = search;
  keepAntecedents(search, ({ kind }) => kind === 'never-step');
  useStepMonitors(machines, stepMonitorsOf(space, store.layout, stepQuestions));
};

/** Fuses what the plan says, for the layout as it is. The counts have to be kept before. */
export const fusePlanned = (search: Search): void => {
  const { machines, questions, space, stepQuestions, store, workers } = search;
  const { layout } = store;
  const { plan } = machines;
  fusedIn(machines, epochOf(space));
  useStepMonitors(machines, stepMonitorsOf(space, layout, stepQuestions));
  const clusters = plan?.questions ?? singletons(questions.length);
  if (plan !== undefined) {
    const learned = learnedActionsOf(space, layout);
    useActions(machines, createActions(learned, layout, plan.actions, keepsSelfLoops(search)));
  }
  useStateMonitors(machines, createFusedMonitors(space, layout, questions, clusters));
  if (plan !== undefined) workers.team?.adopt();
};

/** Fuses all again, because tries have been learned again since. */
export const fuseAll = (search: Search): void => {
  keepCounts(search);
  fusePlanned(search);
};
