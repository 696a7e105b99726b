import { describe, test } from 'vitest';
import { stackAbove } from '../model/call-site.ts';
import type { Claim, Suite } from '../claim/claim.ts';
import { groupsOf } from '../claim/group.ts';
import type { ClaimResult } from '../claim/result.ts';
import { runClaims } from '../claim/run/run.ts';
import type { Fault } from '../model/fault.ts';
import { shown } from '../model/shown.ts';
import { failureOf } from './failure.ts';
import { metaOf, metaWords } from './meta.ts';
import { checkOptions, checkSuites, DEFAULT_TIMEOUT_MS, runOptionsOf, type TestOptions } from './options.ts';

type Decide = (claim: Claim, cancelled: AbortSignal) => Promise<ClaimResult>;

const resultIn = (results: readonly ClaimResult[], claim: Claim): ClaimResult => {
  const result = results.find((one) => one.claim === claim);
  if (result === undefined) throw new Error(`a run left out the claim ${claim.id}`);
  return result;
};

// The search ends by itself and says so; this much later Vitest ends a test whose search does not.
const GRACE_MS = 10_000;

/**
 * Whether a fault is of something that all claims of a group rest on: an action, the choices, the initial
 * states.
 */
const isOfAll = ({ details }: Fault): boolean =>
  details.where.startsWith('model ') && !details.where.includes(', invariant ');

/**
 * Makes a function that decides claims as they are asked for. Claims about the same states share one search,
 * which the first of them makes. A fault of an invariant may be that of another claim: each is then decided
 * alone.
 */
const createDecide = (claims: readonly Claim[], options: TestOptions, timeoutMs: number): Decide => {
  const running = new Map<readonly Claim[], Promise<readonly ClaimResult[]>>();
  const groups = groupsOf(claims, options.limits ?? {}).map((group) => group.claims);
  const run = async (some: readonly Claim[], cancelled: AbortSignal): Promise<readonly ClaimResult[]> => {
    // `AbortSignal.any` holds a time-out so loosely that a large search's garbage collection takes it away.
    const stop = new AbortController();
    const end = (): void => stop.abort();
    const timer = setTimeout(end, timeoutMs);
    cancelled.addEventListener('abort', end, { once: true });
    try {
      const { results } = await runClaims(some, { ...runOptionsOf(options), signal: stop.signal });
      return results;
    } finally {
      clearTimeout(timer);
      cancelled.removeEventListener('abort', end);
    }
  };
  return async (claim, cancelled) => {
    const group = groups.find((some) => some.includes(claim)) ?? [claim];
    const shared = running.get(group) ?? run(group, cancelled);
    running.set(group, shared);
    const result = resultIn(await shared, claim);
    if (result.fault === undefined || group.length === 1 || isOfAll(result.fault)) return result;
    return resultIn(await run([claim], cancelled), claim);
  };
};

/**
 * Turns suites into tests: one `describe` a suite, one `test` a claim, which fails when the verdict (or the
 * length of the shortest attack) is not the expected one, or not there in time. Claims about the same states
 * are decided by one search, which the first of their tests makes; no other claim waits for it. A failure
 * points at the place where its suite was declared. Throws UW340 and UW201 for options that make no sense.
 */
export const testSuites = (suites: readonly Suite[], options: TestOptions = {}): void => {
  const handedOver = stackAbove(testSuites);
  checkSuites(suites);
  checkOptions(options);
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  for (const { id, says, claims } of suites) {
    const decide = createDecide(claims, options, timeoutMs);
    describe(shown(`${id}: ${says}`), () => {
      for (const claim of claims) {
        const name = shown(`${claim.id}: ${claim.says}`);
        test(name, { timeout: timeoutMs + GRACE_MS }, async ({ annotate, signal, task }) => {
          const result = await decide(claim, signal);
          const finder = { file: task.file.filepath, name: `${claim.id}: ` };
          task.meta.underwatch = metaOf(result, finder);
          // There, each would stand on the page of the run as a notice.
          if (process.env['GITHUB_ACTIONS'] !== 'true')
            await annotate(shown(metaWords(task.meta.underwatch)), 'underwatch');
          const failure = failureOf(result, handedOver, timeoutMs, finder);
          if (failure !== undefined) throw failure;
        });
      }
    });
  }
};
