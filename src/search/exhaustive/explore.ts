import { Fault, type System } from '../../model/index.ts';
import { checkLimits } from '../limits.ts';
import { partialOrderOf } from '../reduce/partial-order.ts';
import type { Limits, Observer, Progress, ReductionKind } from '../result.ts';
import { exchangedPaths } from '../space/exchange.ts';
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
  /**
   * How to search less, at the same verdicts; nothing is reduced if not given. `symmetry` makes use of what the
   * model declares `interchangeable`, and does nothing for a model that declares nothing. `partial-order` leaves
   * out orders of steps that lead to the same; it is for `always` and `sometimes` only, and its attacks are
   * not shortest.
   */
  readonly reduce?: readonly ReductionKind[];
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

/** A search that is reduced holds its states as they are, and is not kept; and not every invariant can be decided by it. */
const needPlainly = ({ keeping, parents, reduce = [], states }: ExhaustiveOptions): void => {
  if (reduce.length === 0) return;
  if (keeping === undefined && parents !== false && states !== 'fingerprint') return;
  throw new Fault('UW202', {
    where: `a search reduced by ${reduce.join(' and ')}`,
    expected: 'exact states with links between them, and no checkpoint',
    got: 'a reduction together with one of these',
    likely: 'both were chosen to save memory or time',
    next: 'choose one of them',
  });
};

/** Ways back are found among the states themselves, which fingerprints let go of and symmetry leaves out. */
const needStates = ({ store, symmetry, system, watches }: Search): void => {
  const back = watches.find(({ kind }) => kind === 'recovers');
  if (back === undefined || (store.memory.states === 'exact' && symmetry === undefined)) return;
  throw new Fault('UW202', {
    where: `model ${system.model.id}, invariant ${back.id}`,
    expected: 'a search that holds every state',
    got: symmetry === undefined ? 'one that holds their fingerprints' : 'one that holds some for others',
    likely: 'it was asked for to save memory',
    next: 'leave the invariant out, or search with all states, exactly',
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
  if (options.reduce?.includes('partial-order') === true) {
    search.order = partialOrderOf(system, space, search.watches);
  }
  const place = keeper?.resume(search);
  const startMs = performance.now() - (place?.elapsedMs ?? 0);
  if (place === undefined) lookAt(search, 0, search.store.size);
  // What is kept in a file, held in another way than all of it, or reduced is in the hands of one thread.
  const reduces = (options.reduce ?? []).length > 0;
  const alone = reduces || keeper !== undefined || memory.states !== 'exact' || !memory.parents;
  const recruit = recruiter(search, alone ? 1 : (options.threads ?? 1), options.threadsFrom ?? THREADS_FROM);
  yield* searchOn(search, recruit, keeper, place, startMs);
  yield* decideRecovery(search, () => boundHit(search, startMs));
  return search;
}

/**
 * Looks at every state that `system` can reach, breadth first, so that the first attack found is a
 * shortest one; yields its progress every few thousand states and stops when sent `stop`. One search
 * decides all the invariants it is asked about and ends early once none is open. Throws UW104 for a
 * model that is not pure, UW106 for one that throws, UW108 for one whose interchangeable parts are not, UW201 and UW202
 * for limits and options that make no sense, UW311 and UW312 for a checkpoint that cannot be used.
 */
export function* exploreInSlices(
  system: System,
  options: ExhaustiveOptions = {},
): Generator<Progress, ExhaustiveResult, 'stop' | undefined> {
  const { invariants = Object.keys(system.model.invariants), keeping, limits = {}, threads } = options;
  checkLimits({ ...limits, ...(threads === undefined ? {} : { threads }) });
  const memory = memoryOf(options);
  const { reduce = [] } = options;
  needPlainly(options);
  const keeper =
    keeping === undefined ? undefined : createKeeper(system, invariants, { ...limits, ...memory }, keeping);
  return yield* withSpace(
    system,
    function* (space) {
      return finish(yield* searchIn(system, space, options, keeper));
    },
    keeper?.whole,
    reduce.includes('symmetry') ? exchangedPaths(system) : [],
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
