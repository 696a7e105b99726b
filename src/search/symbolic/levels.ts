import type { Progress } from '../result.ts';
import { askStates, askSteps, askStuck, isDecided } from './ask.ts';
import { checkLevel, checkNext } from './check.ts';
import { countOf } from './diagram/count.ts';
import { EMPTY } from './diagram/nodes.ts';
import { minus, union } from './diagram/sets.ts';
import { imageBy } from './relation/relation-learner.ts';
import { LimitReached, operate, type SymbolicSearch } from './search.ts';

const progressOf = (search: SymbolicSearch): Progress => ({
  states: Number(countOf(search.nodes, search.reached)),
  transitions: 0,
  depth: search.levels.length - 1,
});

/** Returns all that can be reached in one step from the states at `depth`; yields between two instances. */
function* successorsOf(
  search: SymbolicSearch,
  depth: number,
  progress: Progress,
): Generator<Progress, number, 'stop' | undefined> {
  const { actions, held, nodes, context } = search;
  const from = search.levels[depth]!;
  // Images are joined in pairs, and pairs in pairs: small sets with small ones. Those that are not joined yet
  // are held.
  const base = held.length;
  for (const [index, learner] of actions.entries()) {
    context.pause();
    held.push(operate(search, () => imageBy(context, learner, from)));
    for (let count = index + 1; count % 2 === 0; count /= 2) joinLast(search);
    if (nodes.live < BUSY_NODES) continue;
    const reply = yield progress;
    if (reply === 'stop') throw new LimitReached('interrupted');
  }
  while (held.length > base + 1) joinLast(search);
  return held.length === base ? EMPTY : held.pop()!;
}

/** Joins the last two sets that are held. */
const joinLast = (search: SymbolicSearch): void => {
  const { held, nodes } = search;
  const joined = operate(search, () => union(nodes, held.at(-2)!, held.at(-1)!));
  held.length -= 2;
  held.push(joined);
};

// A level with fewer nodes is done in an instant.
const BUSY_NODES = 1 << 16;

/**
 * Searches level by level: the states that are first reached after so many steps are one set, so that the
 * first set with a state which breaks something ends a shortest attack. Throws LimitReached.
 */
export function* searchByLevels(
  search: SymbolicSearch,
  into: { stuck: number; expanded: number },
): Generator<Progress, void, 'stop' | undefined> {
  const { held, limits, nodes } = search;
  for (let depth = 0; ; depth += 1) {
    // The successors of the last level may have values that are new.
    search.space.refresh();
    checkLevel(search, depth);
    askStates(search, depth);
    if (isDecided(search)) return;
    const progress = progressOf(search);
    if (progress.states >= (limits.maxStates ?? Infinity)) throw new LimitReached('maxStates');
    if (depth >= (limits.maxDepth ?? Infinity)) throw new LimitReached('maxDepth');
    const reply = yield progress;
    if (reply === 'stop') throw new LimitReached('interrupted');
    const next = yield* successorsOf(search, depth, progress);
    held.push(next);
    checkNext(search, depth, next);
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
