import { Fault, type System } from '../../model/index.ts';
import { watchedSlices } from '../../model/watchdog/slices.ts';
import { checkLimits } from '../limits.ts';
import { checkElementwise, FEW_STATES, hasAsked, RECHECK_MS } from '../elementwise.ts';
import { checkUnreduced } from './reduction/unreduced.ts';
import { partialOrderOf } from './reduction/partial-order.ts';
import type { Bound, Observer, Progress } from '../result.ts';
import { nothingFound, timeIsOver, unlessEnded } from '../set-up.ts';
import { exchangedPaths } from '../learned-relation/exchange.ts';
import { NOTHING_ASKED, withSpace, type Space } from '../learned-relation/space.ts';
import { evaluateStates } from './batch/commit.ts';
import { createSearch } from './create-search.ts';
import { boundHit } from './bounds.ts';
import type { Keeper } from './checkpoint/checkpoint.ts';
import { toResult } from './to-result.ts';
import { memoryOf, needPlainly, type ExhaustiveOptions } from './options.ts';
import { decideRecovery } from './recovery/recover.ts';
import type { ExhaustiveResult, Search } from './search.ts';
import { runLoop } from './loop.ts';
import type { Recruiter } from './parallel/recruit.ts';

/**
 * What helps a search: a file in which it is kept, and other threads. Most searches need neither, and whoever wants
 * such a one only need not load them.
 */
export interface Extensions {
  readonly keeper?: Keeper | undefined;
  readonly recruiter?: (search: Search) => Recruiter;
  /** Milliseconds of its time limit that were spent before. */
  readonly spentMs?: number;
}

/** What a search that nothing helps may be asked for. */
export type AloneOptions = Omit<ExhaustiveOptions, 'keeping' | 'threads' | 'threadsFrom'>;

const NO_WORKERS: Recruiter = { look: () => {}, end: () => {} };

/** Ways back are found among the states themselves, which fingerprints let go of and symmetry leaves out. */
const needStates = ({ store, symmetry, system, monitors }: Search): void => {
  const back = monitors.find(({ kind }) => kind === 'recovers');
  if (back === undefined || (store.memory.states === 'exact' && symmetry === undefined)) return;
  throw new Fault('UW202', {
    where: `model ${system.model.id}, invariant ${back.id}`,
    expected: 'a search that holds every state',
    got: symmetry === undefined ? 'one that holds their fingerprints' : 'one that holds some for others',
    likely: 'it was asked for to save memory',
    next: 'leave the invariant out, or search with all states, exactly',
  });
};

// Initial states that are looked at between two looks at the limits.
const INITIAL_STATES = 4096;

/** Asks every question about the initial states. */
function* lookAtInitial(search: Search, startMs: number): Generator<Progress, void, 'stop' | undefined> {
  const states = search.store.size;
  for (let from = 0; from < states && search.bound === undefined; from += INITIAL_STATES) {
    evaluateStates(search, from, Math.min(states, from + INITIAL_STATES));
    if (states <= INITIAL_STATES) return;
    search.bound = boundHit(search, startMs);
    if ((yield { states, transitions: 0, depth: 0 }) === 'stop') search.bound = 'interrupted';
  }
}

/** The result of a search that was ended before it began. */
export const nothingSeen = (
  system: System,
  { invariants }: Pick<ExhaustiveOptions, 'invariants'>,
  bound: Bound,
): ExhaustiveResult => ({
  engine: 'exhaustive',
  ...nothingFound(system, invariants, bound),
  bytes: 0,
  threads: 1,
  userRuns: 0,
  trieNodes: 0,
});

/**
 * Searches `space`, which is that of `system`, and gives the search as it ended: for what else there is to
 * say of the states. The limits have to make sense.
 */
export function* searchIn(
  system: System,
  space: Space,
  options: AloneOptions,
  { keeper, recruiter, spentMs = 0 }: Extensions = {},
): Generator<Progress, Search, 'stop' | undefined> {
  const beginMs = performance.now() - spentMs;
  const search = createSearch(system, space, options);
  needStates(search);
  if (options.reduce?.includes('partial-order') === true) {
    const isOver = (): boolean => boundHit(search, beginMs) !== undefined;
    search.order = partialOrderOf(system, space, search.monitors, isOver);
  }
  const place = keeper?.resume(search);
  const startMs = beginMs - (place?.elapsedMs ?? 0);
  if (place === undefined) yield* lookAtInitial(search, startMs);
  yield* runLoop(search, recruiter?.(search) ?? NO_WORKERS, keeper, place, startMs);
  yield* decideRecovery(search, () => boundHit(search, startMs));
  return search;
}

// With three elements asking took a sixth longer, for two fifths of the runs; with five and six as long, for a sixth
// and a ninth of them.
const ASK_FROM = 5;

/** A search, and whether it asked something of all elements of an array at once. */
interface Searched {
  readonly result: ExhaustiveResult;
  readonly asked: boolean;
}

function* searchOnce(
  system: System,
  options: AloneOptions,
  help: Extensions,
): Generator<Progress, Searched, 'stop' | undefined> {
  const startMs = performance.now() - (help.spentMs ?? 0);
  const slices = withSpace(
    system,
    function* (space): Generator<Progress, Searched, 'stop' | undefined> {
      const spentMs = performance.now() - startMs;
      const search = yield* searchIn(system, space, options, { ...help, spentMs });
      if (search.bound !== 'interrupted') help.keeper?.prove(search);
      return { result: toResult(search), asked: hasAsked(space) };
    },
    {
      known: help.keeper?.whole,
      exchanged: options.reduce?.includes('symmetry') === true ? exchangedPaths(system) : [],
      // What steps look at is known field by field where they are put in order.
      asks:
        options.reduce?.includes('partial-order') === true
          ? NOTHING_ASKED
          : { most: 'recipes', fewest: options.askFrom ?? ASK_FROM, eager: false },
      isOver: timeIsOver(options.limits, startMs),
    },
  );
  return yield* unlessEnded(slices, (bound) => ({
    result: nothingSeen(system, options, bound),
    asked: false,
  }));
}

/**
 * `exploreInSlices`, with the help that is given; the options have to make sense with it. A small search that asked
 * arrays as a whole is run once more without, and one that was reduced is, too. Throws UW701 where the two differ, UW108
 * where interchangeable parts are not.
 */
export function* exploreWith(
  system: System,
  options: AloneOptions,
  help: Extensions,
): Generator<Progress, ExhaustiveResult, 'stop' | undefined> {
  const { asked, result } = yield* searchOnce(system, options, help);
  if (result.states > FEW_STATES || result.bound !== undefined) return result;
  const limits = { ...options.limits, timeLimitMs: RECHECK_MS };
  if (asked) {
    const again = yield* searchOnce(system, { ...options, limits, askFrom: Infinity }, {});
    checkElementwise(system, result, again.result);
  }
  const { reduce = [] } = options;
  if (reduce.length > 0) {
    const whole = yield* searchOnce(system, { ...options, limits, reduce: [] }, {});
    checkUnreduced(system, reduce, result, whole.result);
  }
  return result;
}

/** Runs a search to its end, telling `observer` how far it has come. */
export const runSlices = (
  slices: Generator<Progress, ExhaustiveResult, 'stop' | undefined>,
  observer?: Observer,
): ExhaustiveResult => {
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next(observer?.(slice.value) === 'stop' ? 'stop' : undefined);
  return slice.value;
};

/** `explore` in one thread and without a checkpoint, of which nothing is loaded then. */
export const exploreAlone = (system: System, options: AloneOptions = {}): ExhaustiveResult => {
  checkLimits(options.limits ?? {});
  memoryOf(options);
  needPlainly(options);
  return runSlices(watchedSlices((spentMs) => exploreWith(system, options, { spentMs }), options.limits));
};
