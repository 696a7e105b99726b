import type { Limits, Progress, ReductionKind } from '../../search/result.ts';
import type { Strategy } from '../../search/symbolic/options.ts';
import type { RunCache } from './cache/cache.ts';
import type { EngineName } from '../engine/engine.ts';
import type { RunCheckpointOptions } from './run-checkpoint.ts';
import type { RandomBudget } from '../engine/random.ts';
import type { MemoryOptions } from '../engine/searching.ts';
import type { SearchWorker } from './search-worker.ts';

/** How far a run has come: which search it is in, and how far that one is. */
export interface RunProgress {
  readonly phase: 'search' | 'probe';
  /** The first claim of the search in progress; the others of its group are decided with it. */
  readonly claim: string;
  /** Claims decided and asked for; while probing, searches made and to make. */
  readonly done: number;
  readonly total: number;
  readonly search: Progress;
  /** States of all other searches of the run: those that are through, and those that others are at. */
  readonly statesBeside: number;
}

/** How to run claims; exhaustively and without limits if nothing is given. */
export interface RunOptions {
  readonly engine?: EngineName;
  /** Limits for every search; they go before those of a claim. */
  readonly limits?: Limits;
  /** Threads for an exhaustive search; the results are the same for any number. One if not given. */
  readonly threads?: number;
  /** What an exhaustive search holds of the states; all of them, exactly, if nothing is given. */
  readonly memory?: MemoryOptions;
  /** How a symbolic search gathers states: by levels if not given, or by saturation where `auto` chose it. */
  readonly strategy?: Strategy;
  /**
   * How an exhaustive search is to be reduced, where that can decide its claims; it is not if nothing is
   * given.
   */
  readonly reduce?: readonly ReductionKind[];
  /** What random search may spend, as an engine. */
  readonly random?: Partial<RandomBudget>;
  /** Runs of random search measured against each known attack, after an exhaustive search; 0 for none. */
  readonly probeRuns?: number;
  /** Ends the run early: what is decided stays, the rest is `unresolved`. */
  readonly signal?: AbortSignal;
  /** Where to keep the run while it goes on, and what to go on with. */
  readonly checkpoint?: RunCheckpointOptions;
  /** @deprecated The name of `checkpoint` before version 0.3. */
  readonly keeping?: RunCheckpointOptions;
  /** Where to remember what exhaustive searches found, for later runs; a run that is kept takes no cache. */
  readonly cache?: RunCache;
  /**
   * @internal Who makes searches beside this thread; nobody if not given. The results are the same with any
   * number of them. A run that is kept or remembered makes its searches itself.
   */
  readonly workers?: readonly SearchWorker[];
  readonly onProgress?: (progress: RunProgress) => void;
}
