import { Fault, type System } from '../../model/index.ts';
import { checkLimits } from '../limits.ts';
import type { Bound, Limits, Observer, Progress } from '../result.ts';
import { withSpace, type Space } from '../space/space.ts';
import { addBatch, dropBatch, isDecided, lookAt } from './batch.ts';
import { BATCH_STATES, begin } from './begin.ts';
import { createKeeper, type Keeper, type Keeping, type Place } from './checkpoint.ts';
import { finish } from './finish.ts';
import { CANDIDATE_EXTRA } from './kernel-text.ts';
import { expandPlainly } from './plain-expand.ts';
import { keepCounts, moveTo, plan } from './plan.ts';
import { decideRecovery } from './recover.ts';
import { outgrown } from './room.ts';
import type { ExhaustiveResult, Search } from './search.ts';
import { placeOf, SEGMENT_STATES, segmentOf } from './segments.ts';
import { selfCheckIn } from './self-check.ts';
import { bytesOf, bytesToHold, readRow, type Memory } from './store.ts';
import { recruiter, THREADS_FROM, type Recruiter } from './team/recruit.ts';
import { TEAM_BATCH_STATES } from './team/shared.ts';

/** What to search for, and within which limits. */
export interface ExhaustiveOptions {
  /** Which invariants to decide; all of the model's if not given. */
  readonly invariants?: readonly string[];
  readonly limits?: Limits;
  /** Threads to search with; the result is the same for any number. One if not given, four at most. */
  readonly threads?: number;
  /** States from which on more threads are taken in: they take time to start. 65,536 if not given. */
  readonly threadsFrom?: number;
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

const boundHit = ({ limits, store, team }: Search, startMs: number): Bound | undefined => {
  if (performance.now() - startMs >= (limits.timeLimitMs ?? Infinity)) return 'timeLimitMs';
  const bytes = team?.bytes() ?? bytesOf(store);
  if (bytes >= (limits.memoryLimitMb ?? Infinity) * 1_048_576) return 'memoryLimitMb';
  return undefined;
};

/** Expands states from number `head` to `to` and adds what is new; returns the state after the last one that counts. */
const goOn = (search: Search, head: number, to: number): number => {
  if (search.team !== undefined) return search.team.run(head, to);
  const { limits, store } = search;
  const stopped =
    search.actions === undefined ? expandPlainly(search, head, to) : expandFused(search, head, to);
  const candidates = search.filled / (store.layout.words + CANDIDATE_EXTRA);
  if (bytesToHold(store, candidates) > (limits.memoryLimitMb ?? Infinity) * 1_048_576) {
    search.bound = 'memoryLimitMb';
    dropBatch(search, head, stopped);
    return head;
  }
  return addBatch(search, head, stopped);
};

/** Where the batch that starts at state `head` may end. */
const batchEnd = ({ store, team }: Search, head: number, levelEnd: number): number => {
  const states = team === undefined ? batchStates(store.size) : TEAM_BATCH_STATES;
  return Math.min(levelEnd, head + states, head - placeOf(head) + SEGMENT_STATES);
};

/** Searches until something ends it; yields after every batch. */
function* searchOn(
  search: Search,
  recruit: Recruiter,
  keeper: Keeper | undefined,
  place: Place | undefined,
  startMs: number,
): Generator<Progress, undefined, 'stop' | undefined> {
  const { limits, space, store } = search;
  let head = place?.head ?? 0;
  let levelEnd = place?.levelEnd ?? store.size;
  try {
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
      const to = batchEnd(search, head, levelEnd);
      // All of these may meet values for which there is no room yet.
      selfCheckIn(search, head, to);
      if (store.size >= search.planAt) plan(search);
      if (outgrown(store.layout, space)) moveTo(search);
      recruit.look();
      head = goOn(search, head, batchEnd(search, head, levelEnd));
      search.bound ??= boundHit(search, startMs);
      const reply = yield { states: store.size, transitions: search.transitions, depth: search.depth };
      const elapsedMs = performance.now() - startMs;
      if (search.bound === undefined) keeper?.keep(search, { head, levelEnd, elapsedMs }, reply === 'stop');
      if (reply === 'stop') search.bound = 'interrupted';
    }
    keepCounts(search);
  } finally {
    recruit.end();
  }
  return undefined;
}

/** Ways back are found among the states themselves, which fingerprints let go of. */
const needStates = ({ store, system, watches }: Search): void => {
  const back = watches.find(({ kind }) => kind === 'recovers');
  if (back === undefined || store.memory.states === 'exact') return;
  throw new Fault('UW202', {
    where: `model ${system.model.id}, invariant ${back.id}`,
    expected: 'a search that holds the states',
    got: 'one that holds their fingerprints',
    likely: 'fingerprints were asked for to save memory',
    next: 'leave the invariant out, or search with exact states',
  });
};

/**
 * Searches `space`, which is that of `system`, and gives the search as it ended: for what else there is to
 * say of the states. The limits have to make sense.
 */
export function* searchIn(
  system: System,
  space: Space,
  options: ExhaustiveOptions,
  keeper?: Keeper,
): Generator<Progress, Search, 'stop' | undefined> {
  const { invariants = Object.keys(system.model.invariants), limits = {} } = options;
  const memory = memoryOf(options);
  const search = begin(system, space, invariants, limits, memory);
  needStates(search);
  const place = keeper?.resume(search);
  const startMs = performance.now() - (place?.elapsedMs ?? 0);
  if (place === undefined) lookAt(search, 0, search.store.size);
  // What is kept in a file, or held in another way than all of it, is in the hands of one thread.
  const alone = keeper !== undefined || memory.states !== 'exact' || !memory.parents;
  const recruit = recruiter(search, alone ? 1 : (options.threads ?? 1), options.threadsFrom ?? THREADS_FROM);
  yield* searchOn(search, recruit, keeper, place, startMs);
  yield* decideRecovery(search, () => boundHit(search, startMs));
  return search;
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
  const { invariants = Object.keys(system.model.invariants), keeping, limits = {}, threads } = options;
  checkLimits({ ...limits, ...(threads === undefined ? {} : { threads }) });
  const memory = memoryOf(options);
  const keeper =
    keeping === undefined ? undefined : createKeeper(system, invariants, { ...limits, ...memory }, keeping);
  return yield* withSpace(
    system,
    function* (space) {
      return finish(yield* searchIn(system, space, options, keeper));
    },
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
