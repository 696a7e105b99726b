import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import type { RunCache } from '../claim/run/cache/cache.ts';
import type { Suite } from '../claim/claim.ts';
import type { EngineName } from '../claim/engine/engine.ts';
import type { RunOptions } from '../claim/run/run.ts';
import { Fault } from '../model/index.ts';
import { checkLimits } from '../search/limits.ts';
import type { Limits } from '../search/result.ts';
import { checkThreads } from '../search/threads.ts';

/**
 * The options by which suites are decided as tests; exhaustively, on one thread, without limits of their own
 * if nothing is given.
 */
export interface TestOptions {
  readonly engine?: EngineName;
  /** The seed and the number of runs of random search. */
  readonly seed?: number;
  readonly runs?: number;
  /** The limits of every search; they go before those of a claim. */
  readonly limits?: Limits;
  readonly threads?: number;
  /**
   * The time limit of each test, in milliseconds; two minutes if not given. It goes before Vitest's own
   * time-out, and a claim that it leaves undecided fails.
   */
  readonly timeoutMs?: number;
  /**
   * Whether later runs take over what exhaustive searches of one thread found, as long as nothing changes
   * that they depend on; they do if not given, and then it is remembered beneath
   * `node_modules/.cache/underwatch`. A path names another folder.
   */
  readonly cache?: boolean | string;
}

/** The default time limit of a test: Vitest's own five seconds are for tests that do not search. */
export const DEFAULT_TIMEOUT_MS = 120_000;

// The longest delay that timers take.
const MOST_MS = 2 ** 31 - 1;

const ENGINES: { readonly [name in EngineName]: true } = {
  exhaustive: true,
  symbolic: true,
  random: true,
  auto: true,
};

type Check = readonly [expected: string, fits: (value: unknown) => boolean];

const whole = (from: number, to: number): Check => [
  `a whole number from ${from} to ${to}`,
  (value) => Number.isInteger(value) && (value as number) >= from && (value as number) <= to,
];

const CHECKS: { readonly [part in keyof Required<TestOptions>]: Check } = {
  engine: [
    `one of ${Object.keys(ENGINES).join(', ')}`,
    (value) => typeof value === 'string' && Object.hasOwn(ENGINES, value),
  ],
  seed: whole(-(2 ** 31), 2 ** 31 - 1),
  runs: whole(1, Number.MAX_SAFE_INTEGER),
  limits: ['limits by name', (value) => typeof value === 'object' && value !== null && !Array.isArray(value)],
  threads: ['a number of threads', (value) => typeof value === 'number'],
  timeoutMs: whole(1, MOST_MS),
  cache: [
    'true, false or the path of a folder',
    (value) => typeof value === 'boolean' || (typeof value === 'string' && value !== ''),
  ],
};

const LIMITS: { readonly [name in keyof Required<Limits>]: true } = {
  maxDepth: true,
  maxStates: true,
  timeLimitMs: true,
  memoryLimitMb: true,
};

const misread = (where: string, expected: string, got: unknown): Fault =>
  new Fault('UW340', {
    where,
    expected,
    got: typeof got === 'string' ? got : inspect(got, { depth: 1 }),
    likely: 'a typing error, in a file whose types are not checked',
    next: 'see the README on claims as tests: what is not known by its name would be left out',
  });

/**
 * Checks options. Throws UW340 for options that do not exist, or of another kind; UW201 and UW345 for limits
 * and threads that cannot be.
 */
export const checkOptions = (options: TestOptions): void => {
  if (typeof options !== 'object' || options === null)
    throw misread('testSuites', 'options by name', options);
  for (const [name, value] of Object.entries(options) as readonly (readonly [string, unknown])[]) {
    const [expected, fits] = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof TestOptions] : [];
    if (expected === undefined) throw misread('testSuites, options', Object.keys(CHECKS).join(', '), name);
    if (value !== undefined && fits?.(value) !== true)
      throw misread(`testSuites, option ${name}`, expected, value);
  }
  const { limits = {}, threads = 1 } = options;
  checkThreads(threads, 'testSuites, option threads');
  const stray = Object.keys(limits).find((name) => !Object.hasOwn(LIMITS, name));
  if (stray !== undefined) throw misread('testSuites, option limits', Object.keys(LIMITS).join(', '), stray);
  checkLimits(limits);
};

/** Checks suites. Throws UW340 for what is no list of suites. */
export const checkSuites = (suites: readonly Suite[]): void => {
  const isSuite = (one: unknown): boolean =>
    typeof one === 'object' && one !== null && Array.isArray((one as { readonly claims?: unknown }).claims);
  if (!Array.isArray(suites)) throw misread('testSuites', 'a list of suites', typeof suites);
  const stray = suites.findIndex((one) => !isSuite(one));
  if (stray < 0) return;
  throw misread(
    `testSuites, entry ${stray} of the list`,
    'a suite, as `suite` makes one',
    typeof suites[stray],
  );
};

/**
 * Returns the cache of searches; none, if that was not named and there is no folder of packages to keep it
 * in.
 */
const cacheOf = (cache: boolean | string): RunCache | undefined => {
  if (typeof cache === 'string') return { folder: resolve(cache) };
  const modules = resolve('node_modules');
  return cache && existsSync(modules) ? { folder: join(modules, '.cache/underwatch') } : undefined;
};

/** Returns the options of a run that decides claims so. */
export const runOptionsOf = ({
  cache = true,
  engine,
  limits,
  runs,
  seed,
  threads,
}: TestOptions): RunOptions => {
  const remembered = cacheOf(cache);
  return {
    ...(engine === undefined ? {} : { engine }),
    ...(limits === undefined ? {} : { limits }),
    ...(threads === undefined ? {} : { threads }),
    ...(remembered === undefined ? {} : { cache: remembered }),
    random: { ...(runs === undefined ? {} : { runs }), ...(seed === undefined ? {} : { seed }) },
  };
};
