import { checkQuestions, checkStep } from '../exhaustive/self-check.ts';
import type { Progress } from '../result.ts';
import { askStates, askSteps, askStuck, isDecided } from './ask.ts';
import { countOf } from './diagram/count.ts';
import { EMPTY } from './diagram/nodes.ts';
import { minus, union } from './diagram/sets.ts';
import { imageBy } from './learner.ts';
import { LimitReached, operate, type SymbolicSearch } from './search.ts';
import { rowIn } from './trace.ts';

// How many instances are held against the model as it stands, in one state of each level.
const CHECKED_INSTANCES = 8;

/** Holds what was learned against the model as it stands, in one state of a level. */
const selfCheck = (search: SymbolicSearch, depth: number): void => {
  const { system } = search;
  const row = rowIn(search, search.levels[depth]!);
  checkQuestions(search, row);
  const count = depth === 0 ? system.instances.length : Math.min(CHECKED_INSTANCES, system.instances.length);
  for (let turn = 0; turn < count; turn += 1) {
    checkStep(search, (depth * CHECKED_INSTANCES + turn) % system.instances.length, row);
  }
};

const progressOf = (search: SymbolicSearch): Progress => ({
  states: Number(countOf(search.nodes, search.reached)),
  transitions: 0,
  depth: search.levels.length - 1,
});

/** All that can be reached in one step from the states at `depth`; yields between two instances. */
function* successorsOf(
  search: SymbolicSearch,
  depth: number,
  progress: Progress,
): Generator<Progress, number, 'stop' | undefined> {
  const { actions, held, nodes, school } = search;
  const from = search.levels[depth]!;
  let next = EMPTY;
  for (const learner of actions) {
    school.pause();
    held.push(next);
    next = operate(search, () => union(nodes, next, imageBy(school, learner, from)));
    held.pop();
    if (nodes.live < BUSY_NODES) continue;
    held.push(next);
    const reply = yield progress;
    held.pop();
    if (reply === 'stop') throw new LimitReached('interrupted');
  }
  return next;
}

// With fewer nodes a level is done in an instant.
const BUSY_NODES = 1 << 16;

/**
 * Searches level by level: the states that are first reached after so many steps are one set, so that the first
 * one that has a state which breaks something ends a shortest attack. Throws LimitReached.
 */
export function* searchByLevels(
  search: SymbolicSearch,
  into: { stuck: number; expanded: number },
): Generator<Progress, void, 'stop' | undefined> {
  const { held, limits, nodes } = search;
  for (let depth = 0; ; depth += 1) {
    // What the last level led to may have values that are new.
    search.space.refresh();
    selfCheck(search, depth);
    askStates(search, depth);
    if (isDecided(search)) return;
    const progress = progressOf(search);
    if (progress.states >= (limits.maxStates ?? Infinity)) throw new LimitReached('maxStates');
    if (depth >= (limits.maxDepth ?? Infinity)) throw new LimitReached('maxDepth');
    const reply = yield progress;
    if (reply === 'stop') throw new LimitReached('interrupted');
    const next = yield* successorsOf(search, depth, progress);
    held.push(next);
    askSteps(search, depth);
    askStuck(search, depth, into);
    const fresh = operate(search, () => minus(nodes, next, search.reached));
    held.pop();
    into.expanded = search.reached;
    if (fresh === EMPTY || isDecided(search)) return;
    search.levels.push(fresh);
    search.reached = operate(search, () => union(nodes, search.reached, fresh));
  }
}
