import type { System } from '../../model/index.ts';
import { needPureInSlices } from '../../model/purity/check.ts';
import { watchedSlices } from '../../model/watchdog/slices.ts';
import { searchInOneGo } from '../one-go.ts';
import type { Bound, Observer, Progress } from '../result.ts';
import { nothingFound, settingUp, timeIsOver, unlessEnded } from '../set-up.ts';
import { checkElementwise, FEW_STATES, hasAsked, RECHECK_MS } from '../elementwise.ts';
import { exchangedPaths } from '../learned-relation/exchange.ts';
import { NO_ARRAY_QUERIES, withSpace } from '../learned-relation/space.ts';
import { createKeeper, lockFile } from './checkpoint/checkpoint.ts';
import { checkUnreduced } from './checks/unreduced.ts';
import { memoryOf, needSense, withPresentNames, type ExhaustiveOptions } from './options.ts';
import { recruiter, THREADS_FROM } from './parallel/recruit.ts';
import { searchIn, type Extensions, type PlainOptions } from './search-in-space.ts';
import type { ExhaustiveResult } from './search.ts';
import { toResult } from './to-result.ts';

/** The result of a search that was ended before it began. */
const nothingSeen = (
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

// With three elements asking took a sixth longer, for two fifths of the runs; with five and six as long, for
// a sixth and a ninth of them.
const ASK_FROM = 5;

/** A result, and whether its search asked something of all elements of an array at once. */
interface Searched {
  readonly result: ExhaustiveResult;
  readonly asked: boolean;
}

function* searchOnce(
  system: System,
  options: PlainOptions,
  extensions: Extensions,
): Generator<Progress, Searched, 'stop' | undefined> {
  const startMs = performance.now() - (extensions.spentMs ?? 0);
  const slices = withSpace(
    system,
    function* (space): Generator<Progress, Searched, 'stop' | undefined> {
      const spentMs = performance.now() - startMs;
      const search = yield* searchIn(system, space, options, { ...extensions, spentMs });
      if (search.ending.bound !== 'interrupted') extensions.keeper?.prove(search);
      return { result: toResult(search), asked: hasAsked(space) };
    },
    {
      known: extensions.keeper?.whole,
      exchanged: options.reduce?.includes('symmetry') === true ? exchangedPaths(system) : [],
      // A reduction by order knows field by field what steps look at.
      arrayQueries:
        options.reduce?.includes('partial-order') === true
          ? NO_ARRAY_QUERIES
          : { level: 'recipes', minLength: options.askFrom ?? ASK_FROM, eager: false },
      isOver: timeIsOver(options.limits, startMs),
    },
  );
  return yield* unlessEnded(slices, (bound) => ({
    result: nothingSeen(system, options, bound),
    asked: false,
  }));
}

/**
 * Searches, and checks a small search by a second one: without questions about whole arrays, where it asked
 * such, and without reduction, where it was reduced. Throws UW701 where the two differ, UW108 where
 * interchangeable parts are not.
 */
function* searchChecked(
  system: System,
  options: PlainOptions,
  extensions: Extensions,
): Generator<Progress, ExhaustiveResult, 'stop' | undefined> {
  const { asked, result } = yield* searchOnce(system, options, extensions);
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

/** Searches with a checkpoint and threads, if they are asked for, after the purity check. */
function* exploreFrom(
  system: System,
  options: ExhaustiveOptions,
  spentMs: number,
): Generator<Progress, ExhaustiveResult, 'stop' | undefined> {
  const { invariants = Object.keys(system.model.invariants), checkpoint, limits = {}, threads } = options;
  const memory = memoryOf(options);
  const isOver = timeIsOver(limits, performance.now() - spentMs);
  // Before anything else runs its functions: a memo shows while it is empty.
  yield* settingUp(needPureInSlices(system), isOver);
  const keeper =
    checkpoint === undefined
      ? undefined
      : createKeeper(system, invariants, { ...limits, ...memory }, checkpoint);
  return yield* searchChecked(system, options, {
    keeper,
    spentMs,
    recruiter: (search) => recruiter(search, threads ?? 1, options.threadsFrom ?? THREADS_FROM),
  });
}

/**
 * Explores every state that `system` can reach, breadth first, so that the first attack found is a shortest
 * one; yields its progress every few thousand states and stops when sent `stop`. One search decides all the
 * invariants it is asked about and ends early once none is open. A file that it is kept in is its own until
 * it is through, told to stop, or ended by `return`. Throws UW104 for a model that is not pure, UW106 for one
 * that throws, UW117 for one that does not return, UW108 for one whose interchangeable parts are not, UW201
 * and UW202 for limits and options that make no sense, UW311 and UW312 for a checkpoint that cannot be used,
 * UW332 for one that another search is kept in, UW345 for more threads than four.
 */
export function* exploreInSlices(
  system: System,
  given: ExhaustiveOptions = {},
): Generator<Progress, ExhaustiveResult, 'stop' | undefined> {
  const options = withPresentNames(given);
  needSense(system, options);
  // Not where a search may be broken off: nobody would let go of it.
  const release = options.checkpoint === undefined ? undefined : lockFile(options.checkpoint);
  const nothing = (bound: Bound): ExhaustiveResult => nothingSeen(system, options, bound);
  const slices = watchedSlices(
    (spentMs) => unlessEnded(exploreFrom(system, options, spentMs), nothing),
    options.limits,
  );
  try {
    for (let slice = slices.next(); ;) {
      if (slice.done === true) return slice.value;
      const reply = yield slice.value;
      slice = slices.next(reply);
      // The search is kept now, and whoever told it to stop need not hear what it still says.
      if (reply === 'stop') release?.();
    }
  } finally {
    slices.return(undefined as never);
    release?.();
  }
}

/** Runs `exploreInSlices` in one go, telling `observer` how far it has come. */
export const explore = (
  system: System,
  options: ExhaustiveOptions & { readonly observer?: Observer } = {},
): ExhaustiveResult =>
  searchInOneGo<ExhaustiveOptions, ExhaustiveResult>('an exhaustive search', options, (rest) =>
    exploreInSlices(system, rest),
  );
