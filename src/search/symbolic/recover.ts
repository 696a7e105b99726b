import { ANSWER, decideMonitor, type MonitorOf } from '../monitor/monitor.ts';
import type { Onward, Step, Trace } from '../result.ts';
import { NEVER } from '../learned-relation/space.ts';
import { answered } from './ask.ts';
import { EMPTY } from './diagram/nodes.ts';
import { minus, union } from './diagram/sets.ts';
import { sourcesBy, type RelationLearner } from './relation/relation-learner.ts';
import { operate, type SymbolicSearch } from './search.ts';
import { firstLevelWith, rowIn, stepBy, traceTo } from './trace.ts';

/** Returns the reachable states from which one of `good` can be reached: back from these, level by level. */
const recoverable = (search: SymbolicSearch, good: number): number => {
  const { actions, held, nodes, context } = search;
  let all = good;
  for (let front = good; front !== EMPTY;) {
    held.push(all, front);
    const rest = operate(search, () => minus(nodes, search.reached, all));
    held.push(rest);
    let before = EMPTY;
    for (const learner of actions) {
      held.push(before);
      before = operate(search, () => union(nodes, before, sourcesBy(context, learner, rest, front)));
      held.pop();
    }
    held.push(before);
    all = operate(search, () => union(nodes, all, before));
    held.length -= 4;
    front = before;
  }
  return all;
};

/**
 * Continues a path from a row: always by the first thing that can happen, until a state comes again or
 * nothing can.
 */
const onwardFrom = (
  search: SymbolicSearch,
  from: Uint32Array,
): { readonly steps: readonly Step[]; readonly loopFrom?: number } => {
  const { space } = search;
  const row = from.slice(0, space.fields.length);
  const seen = new Map<string, number>();
  const steps: Step[] = [];
  for (;;) {
    const loopFrom = seen.get(row.join());
    if (loopFrom !== undefined) return { steps, loopFrom };
    seen.set(row.join(), steps.length);
    const instance = space.tries.findIndex((_, index) => space.outcome(index, row) !== NEVER);
    if (instance < 0) return { steps };
    const effect = space.effect(instance, row)!;
    for (let at = 0; at < effect.length; at += 2) row[effect[at]!] = effect[at + 1]!;
    steps.push(stepBy(search, instance));
  }
};

/** Returns the shortest way to a state from which there is none back, and its continuation. */
const traceOf = (search: SymbolicSearch, states: number, depth: number): Trace => {
  const from = rowIn(search, states);
  const { initial, steps } = traceTo(search, states, depth);
  const { loopFrom, steps: rest } = onwardFrom(search, from);
  const stem = steps.length;
  const onward: Onward = loopFrom === undefined ? { stem } : { stem, loopFrom: stem + loopFrom };
  return { initial, steps: [...steps, ...rest], onward };
};

/**
 * Returns the reachable states from which a good one should be in reach and is not, once all states are
 * known.
 */
export const lostIn = (
  search: SymbolicSearch,
  [asked, good]: readonly [asked: RelationLearner, good: RelationLearner],
): number => {
  const { held, nodes } = search;
  const speaking = answered(search, asked, search.reached, ANSWER.applicable);
  held.push(speaking);
  const all = recoverable(search, answered(search, good, search.reached));
  held.push(all);
  const lost = operate(search, () => minus(nodes, speaking, all));
  held.length -= 2;
  return lost;
};

/**
 * Decides an invariant that says `recovers`, once all states are known. The shortest stem ends in the first
 * level that has a state from which a good one should be in reach and is not.
 */
export const decideRecovery = (
  search: SymbolicSearch,
  monitor: MonitorOf<'recovers'>,
  learners: readonly [asked: RelationLearner, good: RelationLearner],
): void => {
  const { held } = search;
  const lost = lostIn(search, learners);
  held.push(lost);
  const first = firstLevelWith(search, lost);
  if (first !== undefined) {
    held.push(first.states);
    const trace = traceOf(search, first.states, first.depth);
    decideMonitor(monitor, { kind: 'violated', trace, shortest: true });
    held.pop();
  }
  held.pop();
};
