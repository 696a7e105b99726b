import { Fault, type System } from '../../model/index.ts';
import { checkLimits } from '../limits.ts';
import { partialOrderOf } from '../reduce/partial-order.ts';
import type { Observer, Progress } from '../result.ts';
import { exchangedPaths } from '../space/exchange.ts';
import { NOTHING_ASKED, withSpace, type Space } from '../space/space.ts';
import { lookAt } from './batch.ts';
import { begin } from './begin.ts';
import { boundHit } from './bounds.ts';
import { createKeeper, type Keeper } from './checkpoint.ts';
import { finish } from './finish.ts';
import { memoryOf, needPlainly, type ExhaustiveOptions } from './options.ts';
import { decideRecovery } from './recover.ts';
import type { ExhaustiveResult, Search } from './search.ts';
import { searchOn } from './search-on.ts';
import { recruiter, THREADS_FROM } from './team/recruit.ts';

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
  const memory = memoryOf(options);
  const search = begin(system, space, options);
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
    // What steps look at is known field by field where they are put in order.
    reduce.includes('partial-order')
      ? NOTHING_ASKED
      : { most: 'recipes', fewest: options.askFrom ?? ASK_FROM },
  );
}

// With four elements tries of two branches at each have 16 leaves, which takes no longer to learn than a question.
const ASK_FROM = 5;

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
