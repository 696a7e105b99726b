import { Fault, type System } from '../model/index.ts';
import { exploreInSlices } from '../search/exhaustive/explore.ts';
import type { Limits, SearchResult } from '../search/result.ts';
import { drive, type Listening } from './drive.ts';
import type { RandomFigures } from './result.ts';

/** What random search may spend. */
export interface RandomBudget {
  readonly seed: number;
  readonly runs: number;
  /** Repeats one finding in one run. */
  readonly path: string;
}

/** What an engine found, and for random search what it needed. */
export interface Found {
  readonly result: SearchResult;
  readonly userRuns?: number;
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
  return { result, userRuns: result.userRuns, random: {} };
};

/** Runs a search with the engine named. Throws UW202 for one that this version does not have. */
export const searchWith = async (
  engine: 'exhaustive' | 'random',
  system: System,
  options: SearchOptions,
): Promise<Found> => {
  if (engine === 'exhaustive') return exhaustively(system, options);
  throw new Fault('UW202', {
    where: `model ${system.model.id}`,
    expected: 'the exhaustive engine',
    got: `the ${engine} engine`,
    likely: 'it is not part of this version',
    next: 'search exhaustively',
  });
};
