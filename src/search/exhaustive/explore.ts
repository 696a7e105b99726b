import { Fault, type System } from '../../model/index.ts';
import { checkLimits } from '../limits.ts';
import type { Bound, Limits, Observer, Progress } from '../result.ts';
import { withSpace, type Space } from '../space/space.ts';
import { addBatch, dropBatch, isDecided, lookAt } from './batch.ts';
import { BATCH_STATES, begin } from './begin.ts';
import { createKeeper, type Keeper, type Keeping } from './checkpoint.ts';
import { finish } from './finish.ts';
import { expandPlainly } from './plain-expand.ts';
import { moveTo, plan } from './plan.ts';
import { outgrown, type ExhaustiveResult, type Search } from './search.ts';
import { placeOf, SEGMENT_STATES, segmentOf } from './segments.ts';
import { selfCheckIn } from './self-check.ts';
import { bytesOf, bytesToHold, readRow, type Memory } from './store.ts';

/** What to search for, and within which limits. */
export interface ExhaustiveOptions {
  /** Which invariants to decide; all of the model's if not given. */
  readonly invariants?: readonly string[];
  readonly limits?: Limits;
  /**
   * How states are told apart: by themselves, or by fingerprints of 64 bits, for which only those that are not
   * expanded yet are held. The result then says with what probability a state was missed.
   */
  readonly states?: Memory['states'];
  /**
   * Whether each state has a link to the one it was found from. Without links a state takes four bytes less,
   * and an attack is found again backwards, which takes about as long as the search. Fingerprints need links.
   */
  readonly parents?: boolean;
  /** Where to keep the search while it goes on, and where to go on from. */
  readonly keeping?: Keeping;
}

// At most an eighth of the states known, so that little is done in vain beyond an attack.
const batchStates = (known: number): number => Math.min(BATCH_STATES, Math.max(64, known >> 3));

/** Throws UW202 for what cannot be. */
const memoryOf = ({ states = 'exact', parents = true }: ExhaustiveOptions): Memory => {
  if (parents || states === 'exact') return { states, parents };
  throw new Fault('UW202', {
    where: 'how states are held',
    expected: 'links between states that are known by their fingerprints',
    got: 'none',
    likely: 'both were chosen to save memory',
    next: 'leave the links, or tell states apart exactly',
  });
};

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

// What a search takes beside its states: compiled loops, what was learned as objects, the youngest part of the heap.
const BESIDE_BYTES = 40 * 2 ** 20;

/** Bytes that may be left for the states. */
const bytesFor = ({ limits }: Search): number => (limits.memoryLimitMb ?? Infinity) * 2 ** 20 - BESIDE_BYTES;

// To choose anew what to fuse takes a while: there has to be this part of the time for it.
const PLANNING = 0.05;

const isTooLateToPlan = ({ limits }: Search, startMs: number): boolean =>
  performance.now() - startMs > (limits.timeLimitMs ?? Infinity) * (1 - PLANNING);

const boundHit = (search: Search, startMs: number): Bound | undefined => {
  const { limits, store } = search;
  if (performance.now() - startMs >= (limits.timeLimitMs ?? Infinity)) return 'timeLimitMs';
  if (bytesOf(store) >= bytesFor(search)) return 'memoryLimitMb';
  return undefined;
};

interface Asked {
  readonly invariants: readonly string[];
  readonly limits: Limits;
  readonly memory: Memory;
}

function* run(
  system: System,
  space: Space,
  { invariants, limits, memory }: Asked,
  keeper: Keeper | undefined,
): Generator<Progress, ExhaustiveResult, 'stop' | undefined> {
  const search = begin(system, space, invariants, limits, memory);
  const { store } = search;
  const place = keeper?.resume(search);
  const startMs = performance.now() - (place?.elapsedMs ?? 0);
  if (place === undefined) lookAt(search, 0, store.size);
  let head = place?.head ?? 0;
  let levelEnd = place?.levelEnd ?? store.size;
  while (head < store.size && search.bound === undefined && !isDecided(search)) {
    if (head === levelEnd) {
      search.depth += 1;
      levelEnd = store.size;
      search.levels.push(levelEnd);
    }
    if (search.depth >= (limits.maxDepth ?? Infinity)) {
      search.bound = 'maxDepth';
      break;
    }
    const to = Math.min(levelEnd, head + batchStates(store.size), head - placeOf(head) + SEGMENT_STATES);
    if (store.size >= search.planAt && isTooLateToPlan(search, startMs)) {
      search.bound = 'timeLimitMs';
      break;
    }
    // All of these may meet values for which there is no room yet.
    selfCheckIn(search, head, to);
    if (store.size >= search.planAt) plan(search);
    if (outgrown(store.layout, space)) moveTo(search);
    const stopped =
      search.actions === undefined ? expandPlainly(search, head, to) : expandFused(search, head, to);
    if (bytesToHold(store, search.filled / 3) > bytesFor(search)) {
      search.bound = 'memoryLimitMb';
      dropBatch(search, head, stopped);
      break;
    }
    head = addBatch(search, head, stopped);
    search.bound ??= boundHit(search, startMs);
    const reply = yield { states: store.size, transitions: search.transitions, depth: search.depth };
    const elapsedMs = performance.now() - startMs;
    if (search.bound === undefined) keeper?.keep(search, { head, levelEnd, elapsedMs }, reply === 'stop');
    if (reply === 'stop') search.bound = 'interrupted';
  }
  return finish(search);
}

/**
 * Looks at every state that `system` can reach, breadth first, so that the first attack found is a
 * shortest one; yields its progress every few thousand states and stops when sent `stop`. One search
 * decides all the invariants it is asked about and ends early once none is open. Throws UW104 for a
 * model that is not pure, UW106 for one that throws, UW201 and UW202 for limits and options that make no sense, UW311 and UW312
 * for a checkpoint that cannot be used.
 */
export function* exploreInSlices(
  system: System,
  options: ExhaustiveOptions = {},
): Generator<Progress, ExhaustiveResult, 'stop' | undefined> {
  const { invariants = Object.keys(system.model.invariants), keeping, limits = {} } = options;
  checkLimits(limits);
  const memory = memoryOf(options);
  const keeper =
    keeping === undefined ? undefined : createKeeper(system, invariants, { ...limits, ...memory }, keeping);
  return yield* withSpace(
    system,
    (space) => run(system, space, { invariants, limits, memory }, keeper),
    keeper?.whole,
  );
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
