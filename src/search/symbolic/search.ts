import { Fault, type System } from '../../model/index.ts';
import { timersIn, monitorsOf, type Monitor, type MonitorOf } from '../monitor/monitor.ts';
import { tick } from '../monitor/response-timer.ts';
import { withBudget } from '../limits.ts';
import type { Bound, Limits } from '../result.ts';
import type { Paused } from '../set-up.ts';
import type { Space } from '../learned-relation/space.ts';
import { actionDecision, questionDecision, stepDecision, waitingDecision } from './relation/row-decision.ts';
import {
  bytesOfNodes,
  collect,
  createNodes,
  DiagramFull,
  EMPTY,
  nodesWithin,
  type Nodes,
} from './diagram/nodes.ts';
import { singleton, union } from './diagram/sets.ts';
import {
  createRelationLearner,
  rootsOf,
  type RelationLearner,
  type SymbolicContext,
} from './relation/relation-learner.ts';
import type { SymbolicOptions } from './options.ts';
import { chooseOrder, orderOf, spanOf, type Order } from './order.ts';
import { dependenciesOf } from './warm-up.ts';
import { TooManyValues } from './relation/decision-path.ts';

/**
 * A monitor of a symbolic search: an invariant with one learner for its question about states, and one for
 * each instance for that about steps.
 */
export interface SymbolicMonitor {
  readonly monitor: Monitor;
  readonly learners: readonly RelationLearner[];
}

/** A symbolic search in progress. */
export interface SymbolicSearch {
  readonly system: System;
  readonly space: Space;
  readonly limits: Limits;
  readonly toTheEnd: boolean;
  readonly monitors: readonly Monitor[];
  readonly asked: readonly SymbolicMonitor[];
  readonly nodes: Nodes;
  readonly context: SymbolicContext;
  readonly orderBecause: string;
  /** The learners of the instances, in the system's order. */
  readonly actions: readonly RelationLearner[];
  /** The states that were first reached after so many steps. */
  readonly levels: number[];
  reached: number;
  /** The sets that are worked on. */
  readonly held: number[];
  /** The number of nodes in use at which those that nothing needs are freed. */
  collectAt: number;
  bound: Bound | undefined;
  readonly warnings: string[];
}

/** Thrown when a limit was reached, in the middle of something. */
export class LimitReached extends Error {
  readonly bound: Bound;

  constructor(bound: Bound) {
    super(bound);
    this.bound = bound;
  }
}

const MIB = 2 ** 20;
/** The growth of the process beside the diagrams, in MiB: code, and what is learned. */
const BESIDE_MB = 40;
const COLLECT_FROM = 1 << 18;

const waitsIn = (monitors: readonly Monitor[]): readonly MonitorOf<'within'>[] =>
  monitors.filter((monitor): monitor is MonitorOf<'within'> => monitor.kind === 'within');

const learnersOf = (space: Space, monitor: Monitor): readonly RelationLearner[] => {
  switch (monitor.kind) {
    case 'always':
    case 'sometimes':
      return [createRelationLearner(questionDecision(space, monitor.question))];
    case 'never-step':
      return space.tries.map((_, index) =>
        createRelationLearner(stepDecision(space, index, monitor.question)),
      );
    case 'within':
      return [createRelationLearner(waitingDecision(monitor))];
    case 'no-deadlock':
      return [createRelationLearner(questionDecision(space, monitor.ends))];
    case 'recovers':
      return [
        createRelationLearner(questionDecision(space, monitor.question)),
        createRelationLearner(questionDecision(space, monitor.good)),
      ];
  }
};

const unknownField = (space: Space, where: string, got: string): Fault =>
  new Fault('UW202', {
    where,
    expected: `fields of the model, each once: ${space.fields.join(', ')}`.slice(0, 300),
    got,
    likely: 'a typing error, or a field of another version of the model',
    next: 'run `underwatch explain --space` for the fields',
  });

/** Chooses the order that was asked for, or a good one; and says why. */
const choose = (
  { model }: System,
  space: Space,
  monitors: readonly Monitor[],
  wanted: readonly string[],
): { readonly order: Order; readonly because: string } => {
  const sets = dependenciesOf(space, monitors);
  const count = space.fields.length + timersIn(monitors);
  const chosen = chooseOrder(count, sets);
  const first = wanted.map((path, at) => {
    const column = space.fields.indexOf(path);
    if (column < 0 || wanted.indexOf(path) < at) {
      throw unknownField(space, `model ${model.id}, order of fields`, path);
    }
    return column;
  });
  const order = orderOf([...first, ...chosen.columns.filter((column) => !first.includes(column))]);
  const asItIs = spanOf(orderOf(Array.from({ length: count }, (_, column) => column)), sets);
  const span = `what an instance reads and writes spans ${spanOf(order, sets)} levels in sum`;
  const because = `${span}, ${asItIs} in the model's own order`;
  return { order, because: first.length === 0 ? because : `as asked for; ${because}` };
};

// Initial states that are joined between two pauses.
const INITIAL_STATES = 4096;

/** Makes a search at its start: the initial states are known, and have not been looked at. */
export function* createSearch(
  system: System,
  space: Space,
  options: SymbolicOptions,
  pause: () => void,
): Paused<SymbolicSearch> {
  const { invariants, toTheEnd = false } = options;
  const limits = withBudget(options.limits);
  const monitors = monitorsOf(system, space, invariants ?? Object.keys(system.model.invariants));
  const waits = waitsIn(monitors);
  const { order, because } = choose(system, space, monitors, options.order ?? []);
  const nodes = createNodes();
  const row = new Uint32Array(order.columns.length);
  // Joined in pairs, and pairs in pairs: small sets with small ones.
  const joined: number[] = [];
  for (const [index, values] of space.initial.entries()) {
    row.fill(0);
    row.set(values);
    for (const monitor of waits) row[monitor.timerField] = tick(monitor, 0, row);
    joined.push(
      singleton(
        nodes,
        order.columns.map((column) => row[column]!),
      ),
    );
    for (let count = index + 1; count % 2 === 0; count /= 2) {
      joined.push(union(nodes, joined.pop()!, joined.pop()!));
    }
    if (index % INITIAL_STATES === INITIAL_STATES - 1) yield;
  }
  const initial = joined.reduceRight((sum, set) => union(nodes, sum, set), EMPTY);
  // The initial states are there whatever they take; what comes after them is limited.
  nodes.most = nodesWithin((limits.memoryLimitMb - BESIDE_MB) * MIB);
  nodes.look = pause;
  return {
    system,
    space,
    limits,
    toTheEnd,
    monitors,
    asked: monitors.map((monitor) => ({ monitor, learners: learnersOf(space, monitor) })),
    nodes,
    context: { nodes, order, arrayQueries: space.arrayQueries, changed: new Map(), parts: new Map(), pause },
    orderBecause: because,
    actions: space.tries.map((_, index) => createRelationLearner(actionDecision(space, index, waits))),
    levels: [initial],
    reached: initial,
    held: [],
    collectAt: COLLECT_FROM,
    bound: undefined,
    warnings: [],
  };
}

/** Returns the roots of everything that a search still needs. */
const rootsIn = ({ actions, asked, held, levels, reached, context }: SymbolicSearch): readonly number[] => [
  reached,
  ...levels,
  ...held,
  ...[...context.changed.values()].flatMap(({ idle, known, step }) => [idle, known, step]),
  ...actions.flatMap(rootsOf),
  ...asked.flatMap(({ learners }) => learners.flatMap(rootsOf)),
];

/** Frees the nodes that nothing needs any more, if there are enough of them to be worth the while. */
const tidy = (search: SymbolicSearch, always: boolean): void => {
  const { nodes } = search;
  if (!always && nodes.live < search.collectAt) return;
  collect(nodes, rootsIn(search));
  search.context.parts.clear();
  search.collectAt = Math.max(COLLECT_FROM, 4 * nodes.live);
};

/**
 * Runs one operation on sets. When it runs out of nodes, those that nothing needs are freed and it runs once
 * more; what it needs beside what the search holds has to be in `held`. Throws LimitReached where that is not
 * enough.
 */
export const operate = <T>(search: SymbolicSearch, run: () => T): T => {
  tidy(search, false);
  for (let again = false; ; again = true) {
    try {
      return run();
    } catch (error) {
      if (error instanceof TooManyValues) {
        search.warnings.push('a field has more values than a diagram can hold; search exhaustively');
        throw new LimitReached('memoryLimitMb');
      }
      if (!(error instanceof DiagramFull)) throw error;
      if (again) throw new LimitReached('memoryLimitMb');
      tidy(search, true);
    }
  }
};

/** The memory that a search takes, in bytes. */
export const bytesIn = ({ nodes }: SymbolicSearch): number => bytesOfNodes(nodes);
