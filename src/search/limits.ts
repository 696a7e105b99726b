import { Fault } from '../model/index.ts';
import { totalmem } from 'node:os';
import { nearestWord } from '../model/text/nearest-word.ts';
import type { Limits } from './result.ts';

const NAMES: { readonly [name in keyof Required<Limits>]: true } = {
  maxDepth: true,
  maxStates: true,
  timeLimitMs: true,
  memoryLimitMb: true,
};

/** Checks a number. Throws UW201 unless `value` is a positive whole number, or not given. */
export const checkWhole = (name: string, value: number | undefined): void => {
  if (value === undefined || (Number.isInteger(value) && value > 0)) return;
  throw new Fault('UW201', {
    where: name,
    expected: 'a whole number from 1 on',
    got: String(value),
    likely: 'a typing error, or a unit: times are in milliseconds, memory is in mebibytes',
    next: 'leave the limit out to search without it',
  });
};

/**
 * Checks limits. Throws UW201 unless every limit that is given is a positive whole number, UW202 for one that
 * does not exist.
 */
export const checkLimits = (limits: Limits = {}): void => {
  if (typeof limits !== 'object' || limits === null) throw unknownLimit(String(limits));
  for (const name of Object.keys(limits)) if (!Object.hasOwn(NAMES, name)) throw unknownLimit(name);
  checkWhole('maxDepth', limits.maxDepth);
  checkWhole('maxStates', limits.maxStates);
  checkWhole('timeLimitMs', limits.timeLimitMs);
  checkWhole('memoryLimitMb', limits.memoryLimitMb);
};

const unknownLimit = (name: string): Fault => {
  const nearest = nearestWord(Object.keys(NAMES), name);
  return new Fault('UW202', {
    where: `limit ${name}`,
    expected: `one of ${Object.keys(NAMES).join(', ')}`,
    got: name,
    likely: `a typing error${nearest === undefined ? '' : ` for ${nearest}`}: a limit that is not known would end no search`,
    next: 'correct the name, or leave the limit out',
  });
};

/** The limits of a search that is given none: an hour, and four gibibytes. */
export const DEFAULT_BUDGET = { timeLimitMs: 3_600_000, memoryLimitMb: 4096 } as const;

// A machine, or a container, that has little is not to be filled.
const SHARE = 0.75;

const machineMb = (): number =>
  Math.floor((SHARE * Math.min(totalmem(), process.constrainedMemory() || Infinity)) / 2 ** 20);

/** Returns the limits of a search, with those of the default budget where none is given. */
export const withBudget = (
  limits: Limits = {},
): Limits & Required<Pick<Limits, 'timeLimitMs' | 'memoryLimitMb'>> => ({
  ...limits,
  timeLimitMs: limits.timeLimitMs ?? DEFAULT_BUDGET.timeLimitMs,
  memoryLimitMb: limits.memoryLimitMb ?? Math.min(DEFAULT_BUDGET.memoryLimitMb, machineMb()),
});
