import type { Watch } from '../exhaustive/watch.ts';
import type { ActionCount, Bound, Verdict } from '../result.ts';
import { countOf } from './diagram/count.ts';
import { sizeOf } from './diagram/nodes.ts';
import { statesWhere, type Learner } from './learner.ts';
import type { SymbolicResult } from './options.ts';
import { bytesIn, LimitReached, operate, type Asked, type SymbolicSearch } from './search.ts';

/** What was gone through beside the states themselves. */
export interface Through {
  /** States from which nothing can happen, as far as that was asked. */
  stuck: number;
  /** States in which every action is known. */
  expanded: number;
}

const verdictOf = (watch: Watch, bound: Bound | undefined, antecedents: bigint): Verdict => {
  if (watch.verdict !== undefined) return watch.verdict;
  if (bound !== undefined) return { kind: 'unresolved', bound };
  if (watch.kind === 'sometimes') return { kind: 'violated', shortest: false };
  const unconditional = (watch.kind === 'always' && !watch.conditional) || watch.kind === 'no-deadlock';
  return antecedents === 0n && !unconditional ? { kind: 'vacuous' } : { kind: 'holds' };
};

const UNCOUNTED = 'there was no memory left to count what can happen';

const countWhere = (search: SymbolicSearch, learner: Learner, set: number, use?: 'idle'): bigint => {
  try {
    return operate(search, () => countOf(search.nodes, statesWhere(search.school, learner, set, use)));
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    if (!search.warnings.includes(UNCOUNTED)) search.warnings.push(UNCOUNTED);
    return 0n;
  }
};

const antecedentsOf = (search: SymbolicSearch, { learners, watch }: Asked, through: Through): bigint => {
  if (watch.kind === 'no-deadlock') return countOf(search.nodes, through.stuck);
  const set = watch.kind === 'never-step' ? through.expanded : search.reached;
  const asked = watch.kind === 'recovers' ? learners.slice(0, 1) : learners;
  return asked.reduce((sum, learner) => sum + countWhere(search, learner, set), 0n);
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
    const enabled = countWhere(search, learner, expanded);
    const idle = countWhere(search, learner, expanded, 'idle');
    const count = (counts[action] ??= { enabled: 0, effective: 0 });
    count.enabled += Number(enabled);
    count.effective += Number(enabled - idle);
    transitions += enabled;
  });
  return { actions: counts, transitions };
};

/** The result of a search that has ended, for whatever reason. */
export const finish = (search: SymbolicSearch, through: Through): SymbolicResult => {
  const { asked, bound, nodes, school, space, toTheEnd, watches } = search;
  search.held.push(through.stuck, through.expanded);
  const antecedents = new Map(asked.map((one) => [one.watch.id, antecedentsOf(search, one, through)]));
  const { actions, transitions } = countActions(search, through);
  const exactStates = countOf(nodes, search.reached);
  const open = watches.some(({ kind, verdict }) => verdict === undefined || kind === 'recovers');
  const complete = bound === undefined && (open || toTheEnd || watches.length === 0);
  const never = complete ? Object.keys(actions).filter((action) => actions[action]!.enabled === 0) : [];
  const nameOf = (column: number): string =>
    space.fields[column] ??
    `(waiting for ${watches.find((watch) => watch.kind === 'within' && watch.monitor === column)!.id})`;
  return {
    engine: 'symbolic',
    verdicts: Object.fromEntries(
      watches.map((watch) => [watch.id, verdictOf(watch, bound, antecedents.get(watch.id)!)]),
    ),
    antecedents: Object.fromEntries([...antecedents].map(([id, count]) => [id, Number(count)])),
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
    order: school.order.columns.map(nameOf),
    orderBecause: search.orderBecause,
    ...space.counts(),
  };
};
