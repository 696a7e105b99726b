import { epochOf } from '../learned-relation/space.ts';
import { expandOrdered } from './expand/reduced.ts';
import { checkSymmetryIn } from './reduction/symmetry-check.ts';
import type { Progress } from '../result.ts';
import { commitBatch, isDecided } from './batch/commit.ts';
import { BATCH_STATES } from './create-search.ts';
import { boundHit, isTooLateToPlan } from './bounds.ts';
import type { Keeper, Position } from './checkpoint/checkpoint.ts';
import { expandFused } from './expand/fused.ts';
import { expandPlainly } from './expand/interpreted.ts';
import { fuseAnew, keepCounts, repackStates, plan } from './fused/replan.ts';
import { outgrown, outwaited } from './packing/layout-headroom.ts';
import type { Search } from './search.ts';
import { offsetInSegment, SEGMENT_STATES } from './store/segments.ts';
import { checkBackwards, selfCheckIn } from './self-check.ts';
import type { Recruiter } from './parallel/recruit.ts';
import { TEAM_BATCH_STATES } from './parallel/shared-memory.ts';

// At most an eighth of the states known, so that little is done in vain beyond an attack.
const batchStates = (known: number): number => Math.min(BATCH_STATES, Math.max(64, known >> 3));

/** Expands states, in the way that is chosen for the search; where it stopped. */
const expand = (search: Search, head: number, to: number): number => {
  const { actions, order } = search;
  if (order !== undefined && 'choose' in order) return expandOrdered(search, order, head, to);
  return (actions === undefined ? expandPlainly : expandFused)(search, head, to);
};

/** Expands states from number `head` to `to` and adds what is new; returns the state after the last one that counts. */
const expandAndCommit = (search: Search, head: number, to: number, levelEnd: number): number => {
  const { team } = search;
  const stopped = team?.expand(head, levelEnd) ?? expand(search, head, to);
  return commitBatch(search, head, stopped);
};

/** Where the batch that starts at state `head` may end. */
const batchEnd = ({ store, team }: Search, head: number, levelEnd: number): number => {
  const states = team === undefined ? batchStates(store.size) : TEAM_BATCH_STATES;
  return Math.min(levelEnd, head + states, head - offsetInSegment(head) + SEGMENT_STATES);
};

/** Searches until something ends it, from `place` on if there is one; yields after every batch. */
export function* runLoop(
  search: Search,
  recruit: Recruiter,
  keeper: Keeper | undefined,
  place: Position | undefined,
  startMs: number,
): Generator<Progress, undefined, 'stop' | undefined> {
  const { limits, space, store, timers } = search;
  let head = place?.head ?? 0;
  let levelEnd = place?.levelEnd ?? store.size;
  try {
    while (head < store.size && search.bound === undefined && !isDecided(search, head === levelEnd)) {
      if (head === levelEnd) {
        search.depth += 1;
        levelEnd = store.size;
        search.levels.push(levelEnd);
      }
      if (search.depth >= (limits.maxDepth ?? Infinity)) {
        search.bound = 'maxDepth';
        break;
      }
      if (store.size >= search.planAt && isTooLateToPlan(search, startMs)) {
        search.bound = 'timeLimitMs';
        break;
      }
      const to = batchEnd(search, head, levelEnd);
      // All of these may meet values for which there is no room yet.
      selfCheckIn(search, head, to);
      checkSymmetryIn(search, head, to);
      if (store.size >= search.planAt) plan(search);
      if (outgrown(store.layout, space) || outwaited(store.layout, timers)) repackStates(search);
      else if (search.fusedEpoch !== epochOf(space)) fuseAnew(search);
      recruit.look();
      head = expandAndCommit(search, head, batchEnd(search, head, levelEnd), levelEnd);
      search.bound ??= boundHit(search, startMs);
      const reply = yield { states: store.size, transitions: search.transitions, depth: search.depth };
      const elapsedMs = performance.now() - startMs;
      if (search.bound === undefined) keeper?.keep(search, { head, levelEnd, elapsedMs }, reply === 'stop');
      if (reply === 'stop') search.bound = 'interrupted';
    }
    keepCounts(search);
    // Where orders of steps are left out, not every step of a state was asked for.
    if (search.order === undefined && search.bound === undefined) {
      checkBackwards(search, head, () => boundHit(search, startMs) !== undefined);
    }
  } finally {
    recruit.end();
  }
  return undefined;
}
