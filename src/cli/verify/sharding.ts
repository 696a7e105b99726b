import { existsSync } from 'node:fs';
import type { Claim, Suite } from '../../claim/claim.ts';
import type { ClaimRun } from '../../claim/result.ts';
import { duplicateClaims } from '../../claim/duplicate-claims.ts';
import type { Shard } from '../../claim/shard.ts';
import { Fault } from '../../model/index.ts';
import { parseReport } from '../../report/schema/parse-report.ts';
import { readText } from '../workspace/read-file.ts';

/**
 * The baseline: the report of a project that others are compared with, and that says how long claims take.
 */
export const BASELINE = 'reports/baseline.json';

const MOST_SHARDS = 1000;

/** Reads `2/7`. Throws UW385 for anything else. */
export const shardNumber = (text: string): Shard => {
  const [, index, of] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (shard.index <= shard.of && shard.of <= MOST_SHARDS) return shard;
  throw new Fault('UW385', {
    where: 'option --shard',
    expected: `i/n, with i from 1 to n, and n at most ${MOST_SHARDS}`,
    got: text,
    likely: 'a typing error, or a count that begins with 0',
    next: 'say --shard 1/4 for the first of four',
  });
};

/**
 * Returns how long claims take, by the report that is named, or else by the baseline of the project, where it
 * has one.
 */
export const shardCosts = ({ costs }: { readonly costs?: string }): { readonly [claim: string]: number } => {
  const path = costs ?? BASELINE;
  if (costs === undefined && !existsSync(path)) return {};
  return parseReport(path, readText(path, 'a report')).timing.items;
};

/**
 * Makes a run of some claims, told as in a run of all: others that ask the same question may be in another
 * shard.
 */
export const amongAll = (run: ClaimRun, all: readonly Claim[]): ClaimRun => {
  if (run.results.length === all.length) return run;
  const twice = duplicateClaims(all);
  return {
    ...run,
    results: run.results.map((one) => {
      const { sameAs: _, ...result } = one;
      const sameAs = twice.get(result.claim);
      return sameAs === undefined ? result : { ...result, sameAs };
    }),
  };
};

/** Returns the suites with those of their claims that were run. */
export const suitesOf = (suites: readonly Suite[], claims: readonly Claim[]): readonly Suite[] => {
  const run = new Set(claims);
  return suites
    .map((suite) => ({ ...suite, claims: suite.claims.filter((claim) => run.has(claim)) }))
    .filter((suite) => suite.claims.length > 0);
};
