import type { Monitor } from '../monitor/monitor.ts';
import { needReplayed } from '../replayed.ts';
import type { ActionCount, Bound, Verdict } from '../result.ts';
import { countOf } from './diagram/count.ts';
import { sizeOf } from './diagram/nodes.ts';
import { statesWhere, type RelationLearner } from './relation/relation-learner.ts';
import type { SymbolicResult } from './options.ts';
import { bytesIn, LimitReached, operate, type SymbolicMonitor, type SymbolicSearch } from './search.ts';

/** The counts of a search beside the states themselves. */
export interface Through {
  /** States from which nothing can happen, as far as that was asked. */
  stuck: number;
  /** States in which every action is known. */
  expanded: number;
}

/**
 * The number of states, or steps, in which an invariant had something to say; `uncounted` names what kept
 * them from being counted.
 */
interface Antecedents {
  readonly count: bigint;
  readonly uncounted?: Bound;
}

const verdictOf = (monitor: Monitor, bound: Bound | undefined, antecedents: Antecedents): Verdict => {
  if (monitor.verdict !== undefined) return monitor.verdict;
  if (bound !== undefined) return { kind: 'unresolved', bound };
  if (monitor.kind === 'sometimes') return { kind: 'violated', shortest: false };
  const unconditional = (monitor.kind === 'always' && !monitor.conditional) || monitor.kind === 'no-deadlock';
  if (unconditional) return { kind: 'holds' };
  // Whether it ever had a chance to fail is not known.
  if (antecedents.uncounted !== undefined) return { kind: 'unresolved', bound: antecedents.uncounted };
  return antecedents.count === 0n ? { kind: 'vacuous' } : { kind: 'holds' };
};

const UNCOUNTED = 'there was no memory, or no time, left to count what can happen';

/** Whether a warning says that counts of a search are lower bounds, so that a count of none may be some. */
export const isUncounted = (warning: string): boolean => warning === UNCOUNTED;

const countWhere = (
  search: SymbolicSearch,
  learner: RelationLearner,
  set: number,
  use?: 'idle',
): Antecedents => {
  try {
    const where = (): number => statesWhere(search.context, learner, set, use);
    return { count: operate(search, () => countOf(search.nodes, where())) };
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    if (!search.warnings.includes(UNCOUNTED)) search.warnings.push(UNCOUNTED);
    return { count: 0n, uncounted: error.bound };
  }
};

const antecedentsOf = (
  search: SymbolicSearch,
  { learners, monitor }: SymbolicMonitor,
  through: Through,
): Antecedents => {
  if (monitor.kind === 'no-deadlock') return { count: countOf(search.nodes, through.stuck) };
  const set = monitor.kind === 'never-step' ? through.expanded : search.reached;
  const asked = monitor.kind === 'recovers' ? learners.slice(0, 1) : learners;
  const counts = asked.map((learner) => countWhere(search, learner, set));
  const uncounted = counts.find((one) => one.uncounted !== undefined)?.uncounted;
  const count = counts.reduce((sum, one) => sum + one.count, 0n);
  return uncounted === undefined ? { count } : { count, uncounted };
};

interface Counted {
  readonly actions: { readonly [action: string]: ActionCount };
  readonly transitions: bigint;
}

const countActions = (search: SymbolicSearch, { expanded }: Through): Counted => {
  const counts: { [action: string]: { enabled: number; effective: number } } = {};
  let transitions = 0n;
  search.system.instances.forEach(({ action }, index) => {
    const learner = search.actions[index]!;
    const { count: enabled } = countWhere(search, learner, expanded);
    const { count: idle } = countWhere(search, learner, expanded, 'idle');
    const count = (counts[action] ??= { enabled: 0, effective: 0 });
    count.enabled += Number(enabled);
    count.effective += Number(enabled - idle);
    transitions += enabled;
  });
  return { actions: counts, transitions };
};

/** Makes the result of a search that has ended, for any reason. */
export const toResult = (search: SymbolicSearch, through: Through): SymbolicResult => {
  const { asked, bound, nodes, context, space, toTheEnd, monitors } = search;
  search.held.push(through.stuck, through.expanded);
  const antecedents = new Map(asked.map((one) => [one.monitor.id, antecedentsOf(search, one, through)]));
  const verdicts = Object.fromEntries(
    monitors.map((monitor) => [monitor.id, verdictOf(monitor, bound, antecedents.get(monitor.id)!)]),
  );
  needReplayed(search.system, verdicts);
  const { actions, transitions } = countActions(search, through);
  const exactStates = countOf(nodes, search.reached);
  const open = monitors.some(({ kind, verdict }) => verdict === undefined || kind === 'recovers');
  const complete = bound === undefined && (open || toTheEnd || monitors.length === 0);
  const never = complete ? Object.keys(actions).filter((action) => actions[action]!.enabled === 0) : [];
  const nameOf = (column: number): string =>
    space.fields[column] ??
    `(waiting for ${monitors.find((monitor) => monitor.kind === 'within' && monitor.timerField === column)!.id})`;
  return {
    engine: 'symbolic',
    verdicts,
    antecedents: Object.fromEntries([...antecedents].map(([id, { count }]) => [id, Number(count)])),
    actions,
    states: Number(exactStates),
    exactStates,
    transitions: Number(transitions),
    exactTransitions: transitions,
    depth: search.levels.length - 1,
    complete,
    ...(bound === undefined ? {} : { bound }),
    warnings: [
      ...search.warnings,
      ...never.map((action) => `action ${action} is never possible in this scenario`),
    ],
    nodes: sizeOf(nodes, [search.reached]),
    peakNodes: nodes.peak,
    bytes: bytesIn(search),
    order: context.order.columns.map(nameOf),
    orderBecause: search.orderBecause,
    ...space.counts(),
  };
};
