import { ANSWER, decideMonitor, type Monitor } from '../monitor/monitor.ts';
import type { Verdict } from '../result.ts';
import { EMPTY } from './diagram/nodes.ts';
import { minus, union } from './diagram/sets.ts';
import { statesWhere, type RelationLearner } from './relation/relation-learner.ts';
import { operate, type SymbolicMonitor, type SymbolicSearch } from './search.ts';
import { traceTo } from './trace.ts';

const isOpen = ({ monitor }: SymbolicMonitor): boolean => monitor.verdict === undefined;

/** Returns the states of `set` in which a question is answered with `outcome`. */
export const answered = (
  search: SymbolicSearch,
  learner: RelationLearner,
  set: number,
  outcome: number = ANSWER.decisive,
): number => operate(search, () => statesWhere(search.context, learner, set, 'possible', outcome));

const decide = (
  search: SymbolicSearch,
  monitor: Monitor,
  states: number,
  depth: number,
  instance?: number,
): void => {
  search.held.push(states);
  const trace = traceTo(search, states, depth, instance);
  search.held.pop();
  const verdict: Verdict =
    monitor.kind === 'sometimes'
      ? { kind: 'holds', witness: trace }
      : { kind: 'violated', trace, shortest: true };
  decideMonitor(monitor, verdict);
};

/** Asks the questions about single states in the states that are new at `depth`. */
export const askStates = (search: SymbolicSearch, depth: number): void => {
  const set = search.levels[depth]!;
  for (const asked of search.asked) {
    const { learners, monitor } = asked;
    const isAskedHere = monitor.kind !== 'never-step' && monitor.kind !== 'no-deadlock';
    if (!isAskedHere || (!isOpen(asked) && monitor.kind !== 'recovers')) continue;
    if (monitor.kind === 'recovers') {
      for (const learner of learners) answered(search, learner, set);
      continue;
    }
    const found = answered(search, learners[0]!, set);
    if (found !== EMPTY) decide(search, monitor, found, depth);
  }
};

/** Asks the questions about steps in those from the states at `depth`, in which every action is known. */
export const askSteps = (search: SymbolicSearch, depth: number): void => {
  const set = search.levels[depth]!;
  for (const asked of search.asked) {
    if (asked.monitor.kind !== 'never-step' || !isOpen(asked)) continue;
    for (const [instance, learner] of asked.learners.entries()) {
      const found = answered(search, learner, set);
      if (found === EMPTY) continue;
      decide(search, asked.monitor, found, depth, instance);
      break;
    }
  }
};

/** Returns the states of `set`, in which every action is known, from which nothing can happen. */
export const stuckIn = (search: SymbolicSearch, set: number): number => {
  const { actions, held, nodes, context } = search;
  let stuck = set;
  for (const learner of actions) {
    if (stuck === EMPTY) break;
    held.push(stuck);
    stuck = operate(search, () => minus(nodes, stuck, statesWhere(context, learner, stuck)));
    held.pop();
  }
  return stuck;
};

/** Asks the questions about states from which nothing can happen, of those at `depth`. */
export const askStuck = (search: SymbolicSearch, depth: number, into: { stuck: number }): void => {
  const open = search.asked.filter(
    (asked) => isOpen(asked) && (asked.monitor.kind === 'no-deadlock' || asked.monitor.kind === 'within'),
  );
  if (open.length === 0) return;
  const stuck = stuckIn(search, search.levels[depth]!);
  if (stuck === EMPTY) return;
  const { held, nodes } = search;
  held.push(stuck);
  for (const { learners, monitor } of open) {
    const answer = monitor.kind === 'within' ? ANSWER.applicable : ANSWER.decisive;
    const found = answered(search, learners[0]!, stuck, answer);
    if (found !== EMPTY) decide(search, monitor, found, depth);
  }
  into.stuck = operate(search, () => union(nodes, into.stuck, stuck));
  held.pop();
};

/** Whether every invariant is decided that can be before all states are known. */
export const isDecided = ({ asked, toTheEnd, monitors }: SymbolicSearch): boolean =>
  !toTheEnd && monitors.length > 0 && asked.every((one) => !isOpen(one) && one.monitor.kind !== 'recovers');
