import type { ExhaustiveOptions, CheckpointOptions } from '../../search/exhaustive/options.ts';
import type { Limits, ReductionKind, SearchResult } from '../../search/result.ts';
import type { Strategy } from '../../search/symbolic/options.ts';
import type { Listening } from './drive.ts';
import type { RandomBudget } from './random.ts';
import type { RandomFigures, SearchSummary } from '../result.ts';

/** The result of an engine, and for random search what it needed. */
export interface EngineResult {
  readonly result: SearchResult;
  readonly figures: Pick<
    SearchSummary,
    'because' | 'differentStates' | 'exactStates' | 'lengths' | 'nodes' | 'userRuns'
  >;
  readonly random: { readonly [invariant: string]: RandomFigures };
}

/** The memory of a search: how states are told apart, and whether they are linked. */
export type MemoryOptions = Pick<ExhaustiveOptions, 'states' | 'parents'>;

/** The goals and limits of a search. */
export interface SearchOptions {
  readonly invariants: readonly string[];
  readonly limits: Limits;
  readonly threads: number;
  readonly random: Partial<RandomBudget>;
  readonly listening: Listening;
  /** The memory of states in an exhaustive search. */
  readonly memory?: MemoryOptions | undefined;
  /** The order in which a symbolic search gathers states; by levels if not given. */
  readonly strategy?: Strategy;
  /** The reductions of an exhaustive search, used where they decide what is searched for. */
  readonly reduce?: readonly ReductionKind[];
  /** The checkpoint of an exhaustive search. */
  readonly checkpoint?: CheckpointOptions | undefined;
}
