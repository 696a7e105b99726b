import type { ExhaustiveOptions, CheckpointOptions } from '../../search/exhaustive/options.ts';
import type { Limits, ReductionKind, SearchResult } from '../../search/result.ts';
import type { Strategy } from '../../search/symbolic/options.ts';
import type { Listening } from './drive.ts';
import type { RandomBudget } from './random.ts';
import type { RandomFigures, SearchSummary } from '../result.ts';

/** What an engine found, and for random search what it needed. */
export interface EngineResult {
  readonly result: SearchResult;
  readonly figures: Pick<
    SearchSummary,
    'because' | 'differentStates' | 'exactStates' | 'lengths' | 'nodes' | 'userRuns'
  >;
  readonly random: { readonly [invariant: string]: RandomFigures };
}

/** How states are told apart, and whether they are linked. */
export type MemoryOptions = Pick<ExhaustiveOptions, 'states' | 'parents'>;

/** What is searched for, and within what. */
export interface SearchOptions {
  readonly invariants: readonly string[];
  readonly limits: Limits;
  readonly threads: number;
  readonly random: Partial<RandomBudget>;
  readonly listening: Listening;
  /** What an exhaustive search holds of the states. */
  readonly memory?: MemoryOptions | undefined;
  /** How a symbolic search gathers states; by levels if not given. */
  readonly strategy?: Strategy;
  /** How an exhaustive search is to be reduced, where that decides what is searched for. */
  readonly reduce?: readonly ReductionKind[];
  /** Where to keep an exhaustive search. */
  readonly checkpoint?: CheckpointOptions | undefined;
}
