import type { Limits, Progress, ReductionKind } from '../../search/result.ts';
import type { Strategy } from '../../search/symbolic/options.ts';
import type { RunCache } from './cache/cache.ts';
import type { EngineName } from '../engine/engine.ts';
import type { RunCheckpointOptions } from './run-checkpoint.ts';
import type { RandomBudget } from '../engine/random.ts';
import type { MemoryOptions } from '../engine/searching.ts';
import type { SearchWorker } from './search-worker.ts';

/** The progress of a run: which search it is in, and how far that one is. */
export interface RunProgress {
  readonly phase: 'search' | 'probe';
  /** The first claim of the search in progress; the others of its group are decided with it. */
  readonly claim: string;
  /** The number of claims decided and asked for; while probing, of searches made and to make. */
  readonly done: number;
  readonly total: number;
  readonly search: Progress;
  /**
   * The number of states of all other searches of the run: those that are through, and those that others are
   * at.
   */
  readonly statesBeside: number;
}

/** The options of a run of claims; exhaustive and without limits if nothing is given. */
export interface RunOptions {
  readonly engine?: EngineName;
  /** The limits of every search; they go before those of a claim. */
  readonly limits?: Limits;
  /**
   * The number of threads of an exhaustive search; the results are the same for any number. One if not given.
   */
  readonly threads?: number;
  /** The memory of states in an exhaustive search; all of them, exactly, if nothing is given. */
  readonly memory?: MemoryOptions;
  /**
   * The order in which a symbolic search gathers states: by levels if not given, or by saturation where
   * `auto` chose it.
   */
  readonly strategy?: Strategy;
  /** The reductions of an exhaustive search, where they can decide its claims; none if nothing is given. */
  readonly reduce?: readonly ReductionKind[];
  /** The budget of random search, as an engine. */
  readonly random?: Partial<RandomBudget>;
  /**
   * The number of runs of random search against each known attack, after an exhaustive search; 0 for none.
   */
  readonly probeRuns?: number;
  /** The signal that ends the run early: what is decided stays, the rest is `unresolved`. */
  readonly signal?: AbortSignal;
  /** The checkpoint: where to keep the run while it goes on, and what to continue from. */
  readonly checkpoint?: RunCheckpointOptions;
  /** @deprecated The name of `checkpoint` before version 0.3. */
  readonly keeping?: RunCheckpointOptions;
  /** The cache of exhaustive searches' results for later runs; a run with a checkpoint takes no cache. */
  readonly cache?: RunCache;
  /**
   * @internal Who makes searches beside this thread; nobody if not given. The results are the same with any
   * number of them. A run that is kept or remembered makes its searches itself.
   */
  readonly workers?: readonly SearchWorker[];
  readonly onProgress?: (progress: RunProgress) => void;
}
