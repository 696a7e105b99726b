import { epochOf } from '../learned-relation/space.ts';
import { expandReduced } from './expand/reduced.ts';
import { checkSymmetryIn } from './checks/symmetry-check.ts';
import type { Bound, Progress } from '../result.ts';
import { commitBatch, isDecided } from './batch/commit.ts';
import { boundHit, isTooLateToPlan } from './bounds.ts';
import type { Keeper } from './checkpoint/checkpoint.ts';
import { expandFused } from './expand/fused.ts';
import { expandInterpreted } from './expand/interpreted.ts';
import { BATCH_STATES } from './parts/batch.ts';
import { endBy } from './parts/ending.ts';
import { advance, beginLevel } from './parts/frontier.ts';
import { fuseAll, keepCounts } from './replan/fuse.ts';
import { repackStates } from './replan/repack.ts';
import { plan } from './replan/replan.ts';
import { outgrown, outwaited } from './packing/layout-headroom.ts';
import type { Search } from './search.ts';
import { SEGMENT_STATES, startOfSegment } from './memory/segments.ts';
import { checkBackwards, selfCheckIn } from './checks/self-check.ts';
import type { Recruiter } from './parallel/recruit.ts';
import { TEAM_BATCH_STATES } from './parallel/shared-memory.ts';

// At most an eighth of the states known, so that little is done in vain beyond an attack.
const batchStates = (known: number): number => Math.min(BATCH_STATES, Math.max(64, known >> 3));

/** Expands states, in the way that is chosen for the search; returns where it stopped. */
const expand = (search: Search, head: number, to: number): number => {
  const { machines, order } = search;
  if (order !== undefined && 'choose' in order) return expandReduced(search, order, head, to);
  return (machines.actions === undefined ? expandInterpreted : expandFused)(search, head, to);
};

/** Expands states from the head of the frontier to `to`, and adds what is new. */
const expandAndCommit = (search: Search, to: number): void => {
  const { frontier, workers } = search;
  const { head, levelEnd } = frontier;
  const stopped = workers.team?.expand(head, levelEnd) ?? expand(search, head, to);
  advance(frontier, commitBatch(search, head, stopped));
};

/** Returns the end of the batch that starts at the head of the frontier. */
const batchEnd = ({ frontier, store, workers }: Search): number => {
  const { head, levelEnd } = frontier;
  const states = workers.team === undefined ? batchStates(store.size) : TEAM_BATCH_STATES;
  return Math.min(levelEnd, head + states, startOfSegment(head) + SEGMENT_STATES);
};

/** Begins the next level where one ends; returns the bound that a search reaches between two batches. */
const boundBetween = (search: Search, startMs: number): Bound | undefined => {
  const { frontier, limits, machines, store } = search;
  if (frontier.head === frontier.levelEnd) beginLevel(frontier, store.size);
  if (frontier.depth >= (limits.maxDepth ?? Infinity)) return 'maxDepth';
  return store.size >= machines.planAt && isTooLateToPlan(search, startMs) ? 'timeLimitMs' : undefined;
};

/** Checks what was learned in the batch at hand, and fuses or packs again what has no room. */
const prepareBatch = (search: Search): void => {
  const { frontier, machines, space, store, timers } = search;
  const to = batchEnd(search);
  // All of these may meet values for which there is no room yet.
  selfCheckIn(search, frontier.head, to);
  checkSymmetryIn(search, frontier.head, to);
  if (store.size >= machines.planAt) plan(search);
  if (outgrown(store.layout, space) || outwaited(store.layout, timers)) repackStates(search);
  else if (machines.epoch !== epochOf(space)) fuseAll(search);
};

/** Searches from the frontier on until something ends it; yields after every batch. */
export function* runLoop(
  search: Search,
  recruit: Recruiter,
  keeper: Keeper | undefined,
  startMs: number,
): Generator<Progress, undefined, 'stop' | undefined> {
  const { counters, ending, frontier, store } = search;
  const isOver = (): boolean =>
    frontier.head >= store.size ||
    ending.bound !== undefined ||
    isDecided(search, frontier.head === frontier.levelEnd);
  try {
    while (!isOver()) {
      const bound = boundBetween(search, startMs);
      if (bound !== undefined) {
        endBy(ending, bound);
        break;
      }
      prepareBatch(search);
      recruit.look();
      expandAndCommit(search, batchEnd(search));
      if (ending.bound === undefined) endBy(ending, boundHit(search, startMs));
      const { transitions } = counters;
      const reply = yield { states: store.size, transitions, depth: frontier.depth };
      if (ending.bound === undefined) keeper?.keep(search, performance.now() - startMs, reply === 'stop');
      if (reply === 'stop') endBy(ending, 'interrupted');
    }
    keepCounts(search);
    // If orders of steps are left out, not every step of a state was asked for.
    if (search.order === undefined && ending.bound === undefined) {
      checkBackwards(search, frontier.head, () => boundHit(search, startMs) !== undefined);
    }
  } finally {
    recruit.end();
  }
  return undefined;
}
