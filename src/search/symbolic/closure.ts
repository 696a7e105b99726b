import { ANSWER } from '../monitor/monitor.ts';
import type { Progress } from '../result.ts';
import { answered, stuckIn } from './ask.ts';
import { checkGathered } from './check.ts';
import { countOf } from './diagram/count.ts';
import { EMPTY } from './diagram/nodes.ts';
import { saturated, type Event } from './diagram/relation.ts';
import { union } from './diagram/sets.ts';
import type { Through } from './to-result.ts';
import { eventOf, imageBy } from './relation/relation-learner.ts';
import { lostIn } from './recover.ts';
import { LimitReached, operate, type SymbolicMonitor, type SymbolicSearch } from './search.ts';

/** Returns the learned relations of the actions, by the first level that each is about. */
const eventsIn = ({ actions, context }: SymbolicSearch): readonly (readonly Event[])[] => {
  const events: Event[][] = context.order.columns.map(() => []);
  for (const learner of actions) {
    const event = eventOf(context, learner);
    if (event !== undefined && event.relation !== EMPTY) events[event.levels.list[0] ?? 0]!.push(event);
  }
  return events;
};

/**
 * Applies the known part of the actions, and then each of them with what it still has to learn; adds what is
 * new.
 */
const round = (search: SymbolicSearch, saturates: boolean): void => {
  const { actions, nodes, context, space } = search;
  if (saturates) search.reached = operate(search, () => saturated(nodes, search.reached, eventsIn(search)));
  for (const learner of actions) {
    context.pause();
    // The successors by an action before this one may have values that are new.
    space.refresh();
    search.reached = operate(search, () =>
      union(nodes, search.reached, imageBy(context, learner, search.reached)),
    );
  }
};

/** Whether a state or a step decides an invariant: a search by levels has to show which, and by what way. */
const hasEvent = (
  search: SymbolicSearch,
  { learners, monitor }: SymbolicMonitor,
  through: Through,
): boolean => {
  const { reached } = search;
  switch (monitor.kind) {
    case 'always':
    case 'sometimes':
    case 'never-step':
      return learners.some((learner) => answered(search, learner, reached) !== EMPTY);
    case 'within':
      return (
        answered(search, learners[0]!, reached) !== EMPTY ||
        answered(search, learners[0]!, through.stuck, ANSWER.applicable) !== EMPTY
      );
    case 'no-deadlock':
      return answered(search, learners[0]!, through.stuck) !== EMPTY;
    case 'recovers':
      return lostIn(search, [learners[0]!, learners[1]!]) !== EMPTY;
  }
};

/**
 * Gathers all reachable states, in no order of steps; returns whether that settles all there is to say.
 * Throws LimitReached.
 */
export function* searchByClosure(
  search: SymbolicSearch,
  through: Through,
  saturates: boolean,
): Generator<Progress, boolean, 'stop' | undefined> {
  const { limits, nodes } = search;
  for (let last = EMPTY; last !== search.reached;) {
    last = search.reached;
    const states = Number(countOf(nodes, last));
    if (states >= (limits.maxStates ?? Infinity)) throw new LimitReached('maxStates');
    if ((yield { states, transitions: 0, depth: 0 }) === 'stop') throw new LimitReached('interrupted');
    // Its nodes may be freed and made anew as something else: a set that is compared has to be there.
    search.held.push(last);
    round(search, saturates);
    search.held.pop();
  }
  checkGathered(search);
  through.expanded = search.reached;
  through.stuck = stuckIn(search, search.reached);
  search.held.push(through.stuck);
  if (search.asked.some((asked) => hasEvent(search, asked, through))) return false;
  search.warnings.push('depth was not measured: states were not looked at in the order of steps');
  return true;
}
