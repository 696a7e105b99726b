import { availableParallelism, totalmem } from 'node:os';
import type { Claim } from '../../../claim/claim.ts';
import type { RunOptions } from '../../../claim/run/run-options.ts';
import { Fault } from '../../../model/index.ts';
import { withBudget } from '../../../search/limits.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { Workspace } from '../../workspace/load-config.ts';
import type { VerifyOptions } from '../verify-options.ts';
import { identityFor } from './likeness.ts';
import { createPool, type Pool } from './pool.ts';

/** The most searches of a run at a time. */
export const MOST_JOBS = 256;

// A run that is through by then needs no other process: starting one takes about as long.
const AFTER_MS = 1000;
const SHARE = 0.75;

/** The options that keep a run to one search at a time. */
const ALONE: readonly (readonly [flag: string, is: (options: VerifyOptions) => boolean])[] = [
  ['--threads', ({ threads }) => threads > 1],
  ['--checkpoint', ({ checkpoint }) => checkpoint !== undefined],
  ['--resume', ({ resume }) => resume !== undefined],
];

/** Checks the number of jobs. Throws UW304 for several searches at a time where there can be but one. */
export const checkJobs = (options: VerifyOptions): void => {
  const [alone] = ALONE.find(([, is]) => is(options)) ?? [];
  if ((options.jobs ?? 1) === 1 || alone === undefined) return;
  throw new Fault('UW304', {
    where: 'option --jobs',
    expected: `one search at a time beside ${alone}`,
    got: String(options.jobs),
    likely: 'both were chosen to save time',
    next: `leave --jobs out, or ${alone}`,
  });
};

/**
 * Returns the number of searches at a time: as many as there are cores, and as fit into the memory with what
 * each may take.
 */
const jobsOf = (options: VerifyOptions, { limits }: RunOptions): number => {
  if (options.jobs !== undefined) return options.jobs;
  if (ALONE.some(([, is]) => is(options))) return 1;
  const eachMb = withBudget(limits).memoryLimitMb;
  const fitting = Math.floor((SHARE * totalmem()) / 2 ** 20 / eachMb);
  return Math.max(1, Math.min(availableParallelism(), fitting, MOST_JOBS));
};

/** The run that a pool is for. */
export interface JobsFor {
  readonly options: VerifyOptions;
  readonly run: RunOptions;
  readonly claims: readonly Claim[];
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
}

/** Makes the pool of processes that make searches of a run beside this one; this one makes searches, too. */
export const poolFor = (
  { claims, options, run, signal, workspace }: JobsFor,
  { err }: Pick<Terminal, 'err'>,
): Pool => {
  const { engine, limits, memory, random, reduce, strategy, threads } = run;
  const sent = {
    ...(engine === undefined ? {} : { engine }),
    ...(limits === undefined ? {} : { limits }),
    ...(memory === undefined ? {} : { memory }),
    ...(random === undefined ? {} : { random }),
    ...(reduce === undefined ? {} : { reduce }),
    ...(strategy === undefined ? {} : { strategy }),
    ...(threads === undefined ? {} : { threads }),
  };
  let told = false;
  return createPool({
    processes: jobsOf(options, run) - 1,
    afterMs: options.jobs === undefined ? AFTER_MS : 0,
    signal,
    start: {
      ...(options.config === undefined ? {} : { config: options.config }),
      claims: claims.map(({ id }) => id),
      options: sent,
    },
    identity: identityFor(claims, sent, workspace.sources),
    identified: workspace.builtInBecause === undefined,
    tell: err,
    onUnusable: (because) => {
      if (!told) err(`a second process makes no searches: ${because.trim()}\n`);
      told = true;
    },
  });
};
