import type { System } from '../../model/index.ts';
import { needPureInSlices } from '../../model/purity/check.ts';
import { watchedSlices } from '../../model/watchdog/slices.ts';
import type { Bound, Observer, Progress } from '../result.ts';
import { settingUp, timeIsOver, unlessEnded } from '../set-up.ts';
import { exploreWith, nothingSeen, runSlices } from './explore-in-space.ts';
import { createKeeper, lockFile } from './checkpoint/checkpoint.ts';
import { memoryOf, needSense, type ExhaustiveOptions } from './options.ts';
import type { ExhaustiveResult } from './search.ts';
import { recruiter, THREADS_FROM } from './parallel/recruit.ts';

/** The search itself, of whose time some was spent before. */
function* exploreFrom(
  system: System,
  options: ExhaustiveOptions,
  spentMs: number,
): Generator<Progress, ExhaustiveResult, 'stop' | undefined> {
  const { invariants = Object.keys(system.model.invariants), keeping, limits = {}, threads } = options;
  const memory = memoryOf(options);
  const isOver = timeIsOver(limits, performance.now() - spentMs);
  // Before anything else runs its functions: a memo shows while it is empty.
  yield* settingUp(needPureInSlices(system), isOver);
  const keeper =
    keeping === undefined ? undefined : createKeeper(system, invariants, { ...limits, ...memory }, keeping);
  return yield* exploreWith(system, options, {
    keeper,
    spentMs,
    recruiter: (search) => recruiter(search, threads ?? 1, options.threadsFrom ?? THREADS_FROM),
  });
}

/**
 * Looks at every state that `system` can reach, breadth first, so that the first attack found is a
 * shortest one; yields its progress every few thousand states and stops when sent `stop`. One search
 * decides all the invariants it is asked about and ends early once none is open. A file that it is kept in is its own until
 * it is through, told to stop, or ended by `return`. Throws UW104 for a model that is not pure, UW106 for one that throws, UW117 for one
 * that does not return, UW108 for one whose interchangeable parts are not, UW201 and UW202 for limits and options that make
 * no sense, UW311 and UW312 for a checkpoint that cannot be used, UW332 for one that another search is kept in, UW345 for
 * more threads than four.
 */
export function* exploreInSlices(
  system: System,
  options: ExhaustiveOptions = {},
): Generator<Progress, ExhaustiveResult, 'stop' | undefined> {
  needSense(system, options);
  // Not where a search may be broken off: nobody would let go of it.
  const release = options.keeping === undefined ? undefined : lockFile(options.keeping);
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
      // It is kept now, and whoever told it to stop need not hear what it still says.
      if (reply === 'stop') release?.();
    }
  } finally {
    slices.return(undefined as never);
    release?.();
  }
}

/** `exploreInSlices` in one go, telling `observer` how far it has come. */
export const explore = (
  system: System,
  { observer, ...options }: ExhaustiveOptions & { readonly observer?: Observer } = {},
): ExhaustiveResult => runSlices(exploreInSlices(system, options), observer);
