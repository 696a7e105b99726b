import type { System } from '../../model/index.ts';
import { checkLimits } from '../limits.ts';
import type { Bound, Observer, Progress } from '../result.ts';
import { withSpace, type Space } from '../space/space.ts';
import { addBatch, dropBatch, isDecided, lookAt } from './batch.ts';
import { BATCH_STATES, begin } from './begin.ts';
import { finish } from './finish.ts';
import { expandPlainly } from './plain-expand.ts';
import { moveTo, plan } from './plan.ts';
import { outgrown, type ExhaustiveOptions, type ExhaustiveResult, type Search } from './search.ts';
import { placeOf, SEGMENT_STATES, segmentOf } from './segments.ts';
import { selfCheckIn } from './self-check.ts';
import { bytesOf, bytesToHold, readRow } from './store.ts';

// At most an eighth of the states known, so that little is done in vain beyond an attack.
const batchStates = (known: number): number => Math.min(BATCH_STATES, Math.max(64, known >> 3));

const report = new Float64Array(4);

/** Expands the states from number `from` to `to`; where it stopped. */
const expandFused = (search: Search, from: number, to: number): number => {
  const { candidates, selfLoops, store, stuck, system } = search;
  const row = new Uint32Array(store.layout.slots.length);
  // A batch never goes beyond the end of a segment.
  const first = from - placeOf(from);
  const segment = store.segments[segmentOf(from)]!;
  for (let at = from; ;) {
    const actions = search.actions!;
    report.set([search.filled, 0, search.stuckCount]);
    const place = actions.expand(
      segment,
      at - first,
      to - first,
      first,
      actions.fused.nodes(),
      actions.leaves(),
      selfLoops,
      candidates,
      system.instances.length,
      stuck,
      report,
    );
    const stopped = first + place;
    search.filled = report[0]!;
    search.transitions += report[1]!;
    search.stuckCount = report[2]!;
    if (stopped === to || isFull(search)) return stopped;
    // A state that looks new to some action: it is learned, and what was learned is fused.
    readRow(store, stopped, row);
    if (!actions.compose(row)) return stopped;
    at = stopped;
  }
};

const isFull = ({ candidates, filled, store, system }: Search): boolean =>
  filled > candidates.length - system.instances.length * (store.layout.words + 2);

const boundHit = (search: Search, startMs: number): Bound | undefined => {
  const { limits, store } = search;
  if (performance.now() - startMs >= (limits.timeLimitMs ?? Infinity)) return 'timeLimitMs';
  if (bytesOf(store) >= (limits.memoryLimitMb ?? Infinity) * 1_048_576) return 'memoryLimitMb';
  return undefined;
};

/**
 * Searches `space`, which is that of `system`, and gives the search as it ended: for what else there is to
 * say of the states. The limits have to make sense.
 */
export function* searchIn(
  system: System,
  space: Space,
  options: ExhaustiveOptions,
): Generator<Progress, Search, 'stop' | undefined> {
  const startMs = performance.now();
  const search = begin(system, space, options);
  const { limits, store } = search;
  lookAt(search, 0, store.size);
  let head = 0;
  let levelEnd = store.size;
  while (head < store.size && search.bound === undefined && !isDecided(search)) {
    if (head === levelEnd) {
      search.depth += 1;
      levelEnd = store.size;
    }
    if (search.depth >= (limits.maxDepth ?? Infinity)) {
      search.bound = 'maxDepth';
      break;
    }
    const to = Math.min(levelEnd, head + batchStates(store.size), head - placeOf(head) + SEGMENT_STATES);
    // All of these may meet values for which there is no room yet.
    selfCheckIn(search, head, to);
    if (store.size >= search.planAt) plan(search);
    if (outgrown(store.layout, space)) moveTo(search);
    const stopped =
      search.actions === undefined ? expandPlainly(search, head, to) : expandFused(search, head, to);
    if (bytesToHold(store, search.filled / 3) > (limits.memoryLimitMb ?? Infinity) * 1_048_576) {
      search.bound = 'memoryLimitMb';
      dropBatch(search, head, stopped);
      break;
    }
    head = addBatch(search, head, stopped);
    search.bound ??= boundHit(search, startMs);
    const reply = yield { states: store.size, transitions: search.transitions, depth: search.depth };
    if (reply === 'stop') search.bound = 'interrupted';
  }
  return search;
}

/**
 * Looks at every state that `system` can reach, breadth first, so that the first attack found is a
 * shortest one; yields its progress every few thousand states and stops when sent `stop`. One search
 * decides all the invariants it is asked about and ends early once none is open. Throws UW104 for a
 * model that is not pure, UW106 for one that throws, UW201 for a limit that makes no sense.
 */
export function* exploreInSlices(
  system: System,
  options: ExhaustiveOptions = {},
): Generator<Progress, ExhaustiveResult, 'stop' | undefined> {
  checkLimits(options.limits ?? {});
  return yield* withSpace(system, function* (space) {
    return finish(yield* searchIn(system, space, options));
  });
}

/** `exploreInSlices` in one go, telling `observer` how far it has come. */
export const explore = (
  system: System,
  options: ExhaustiveOptions & { readonly observer?: Observer } = {},
): ExhaustiveResult => {
  const slices = exploreInSlices(system, options);
  let slice = slices.next();
  while (slice.done !== true)
    slice = slices.next(options.observer?.(slice.value) === 'stop' ? 'stop' : undefined);
  return slice.value;
};
