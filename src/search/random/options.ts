import { Fault, type System } from '../../model/index.ts';
import { needInvariants, needOptions, type OptionKind } from '../check-options.ts';
import { checkLimits, checkWhole } from '../limits.ts';

/** The goals and the budget of random search. */
export interface RandomOptions {
  /** The invariants to look at; all of the model's if not given. */
  readonly invariants?: readonly string[];
  /** The seed: a signed 32-bit whole number. The same seed gives the same result. */
  readonly seed: number;
  /** The number of runs, unless every invariant is decided before. */
  readonly runs: number;
  /** The number of steps in the longest run. */
  readonly maxDepth: number;
  /** The time limit: the search ends after the run in which it passes; a finding is still shrunk. */
  readonly timeLimitMs?: number;
  /**
   * The memory that learned and remembered data may add to the process, in MiB; that of the default budget if
   * not given.
   */
  readonly memoryLimitMb?: number;
}

/** Checks that the model has an invariant of that name. Throws UW202 if not. */
export const needInvariant = (system: System, invariant: string): void => needInvariants(system, [invariant]);

const needSeed = (seed: number): void => {
  if (seed === Math.trunc(seed) && Math.abs(seed + 0.5) < 2 ** 31) return;
  throw new Fault('UW202', {
    where: 'the seed of a random search',
    expected: 'a whole number from -2147483648 to 2147483647',
    got: String(seed),
    likely: 'a time stamp, or a number cut short by a shell',
    next: 'use the seed that was printed with the finding, or any number in that range',
  });
};

const OPTIONS: { readonly [name in keyof Required<RandomOptions>]: OptionKind } = {
  invariants: 'anything',
  seed: 'anything',
  runs: 'anything',
  maxDepth: 'anything',
  timeLimitMs: 'anything',
  memoryLimitMb: 'anything',
};

/** Checks the options. Throws UW201 for a limit and UW202 for a name or a seed that makes no sense. */
export const checkOptions = (system: System, options: RandomOptions): void => {
  needOptions('a random search', OPTIONS, options);
  const { runs, maxDepth, memoryLimitMb, timeLimitMs } = options;
  checkLimits({
    maxDepth,
    ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }),
    ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
  });
  // `runs` is a budget rather than a limit of the search; the same numbers make sense for it.
  checkWhole('runs', runs);
  needSeed(options.seed);
  needInvariants(system, options.invariants);
};
