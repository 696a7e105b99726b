import { Fault, type System } from '../../model/index.ts';
import { checkLimits } from '../limits.ts';
import type { Limits, Observer, Progress } from '../result.ts';
import { withSpace, type Space } from '../space/space.ts';
import { lookAt } from './batch.ts';
import { begin } from './begin.ts';
import { boundHit } from './bounds.ts';
import { createKeeper, type Keeper, type Keeping } from './checkpoint.ts';
import { finish } from './finish.ts';
import { decideRecovery } from './recover.ts';
import type { ExhaustiveResult, Search } from './search.ts';
import { searchOn } from './search-on.ts';
import type { Memory } from './store.ts';
import { recruiter, THREADS_FROM } from './team/recruit.ts';

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
