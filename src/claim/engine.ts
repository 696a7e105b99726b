import type { System } from '../model/index.ts';
import { exploreInSlices } from '../search/exhaustive/explore.ts';
import type { Limits, SearchResult } from '../search/result.ts';
import { drive, type Listening } from './drive.ts';
import { randomly, repeated, type RandomBudget } from './random.ts';
import type { RandomFigures, SearchSummary } from './result.ts';

/** What an engine found, and for random search what it needed. */
export interface Found {
  readonly result: SearchResult;
  readonly figures: Pick<SearchSummary, 'userRuns' | 'lengths'>;
  readonly random: { readonly [invariant: string]: RandomFigures };
}

/** What is searched for, and within what. */
export interface SearchOptions {
  readonly invariants: readonly string[];
  readonly limits: Limits;
  readonly random: Partial<RandomBudget>;
  readonly listening: Listening;
}

const exhaustively = async (
  system: System,
  { invariants, limits, listening }: SearchOptions,
): Promise<Found> => {
  const result = await drive(exploreInSlices(system, { invariants, limits }), listening);
  return { result, figures: { userRuns: result.userRuns }, random: {} };
};

/** Runs a search with the engine named; a random one with a path only repeats what was found there. */
export const searchWith = async (
  engine: 'exhaustive' | 'random',
  system: System,
  options: SearchOptions,
): Promise<Found> => {
  if (engine === 'exhaustive') return exhaustively(system, options);
  return options.random.path === undefined
    ? randomly(system, options)
    : repeated(system, options, options.random.path);
};
