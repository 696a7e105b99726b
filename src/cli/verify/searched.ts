import type { Claim } from '../../claim/claim.ts';
import { RANDOM_DEFAULTS } from '../../claim/engine/random.ts';
import type { ClaimRun } from '../../claim/result.ts';
import type { RunCheckpointOptions } from '../../claim/run/run-checkpoint.ts';
import { runClaims, type RunOptions, type RunProgress } from '../../claim/run/run.ts';
import type { Limits } from '../../search/result.ts';
import { interruptible } from '../interrupt.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Workspace } from '../workspace/load-config.ts';
import { poolFor } from './jobs/jobs.ts';
import type { VerifyOptions } from './verify-options.ts';

/** Returns the limits that were asked for. */
export const limitsOf = ({ maxDepth, maxStates, timeLimitMs, memoryLimitMb }: VerifyOptions): Limits => ({
  ...(maxDepth === undefined ? {} : { maxDepth }),
  ...(maxStates === undefined ? {} : { maxStates }),
  ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
  ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }),
});

const runOptionsOf = (options: VerifyOptions): RunOptions => ({
  engine: options.engine,
  limits: limitsOf(options),
  memory: { states: options.states, parents: options.parents },
  random: {
    seed: options.seed,
    runs: options.runs ?? RANDOM_DEFAULTS.runs,
    ...(options.path === undefined ? {} : { path: options.path }),
  },
  probeRuns: options.probeRuns,
  threads: options.threads,
  ...(options.strategy === undefined ? {} : { strategy: options.strategy }),
  ...(options.reduce === undefined ? {} : { reduce: options.reduce }),
});

/** The searches of a run, and their options. */
export interface Searching {
  readonly claims: readonly Claim[];
  readonly workspace: Workspace;
  readonly options: VerifyOptions;
  readonly checkpoint: RunCheckpointOptions | undefined;
  /** The first line, where something else is verified than one might think. */
  readonly instead: string | undefined;
}

/**
 * Decides claims, with as many processes as the options say, until they are decided or the user interrupts.
 * `hadStray`: code of the configuration failed in another process where nobody waited for it.
 */
export const searched = async (
  { claims, instead, checkpoint, options, workspace }: Searching,
  terminal: Terminal,
  onProgress: (at: RunProgress) => void,
): Promise<{ readonly part: ClaimRun; readonly hadStray: boolean }> =>
  interruptible(
    () => terminal.err('\nstopping at the next slice of the search; once more to stop at once\n'),
    async (signal) => {
      if (instead !== undefined) terminal.err(`${instead}\n`);
      const run = runOptionsOf(options);
      const { close, workers } = poolFor({ options, run, claims, workspace, signal }, terminal);
      const kept = checkpoint === undefined ? {} : { checkpoint };
      const running = runClaims(claims, { ...run, ...kept, signal, workers, onProgress });
      const [ended] = await Promise.allSettled([running]);
      const hadStray = await close();
      if (ended.status === 'rejected') throw ended.reason;
      return { part: ended.value, hadStray };
    },
  );
