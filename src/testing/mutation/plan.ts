import { posix } from 'node:path';
import type { Catalogue, Search } from './catalogue.ts';
import type { Closures } from './child.ts';
import type { Footprint } from './cover.ts';
import type { Trial } from './examine.ts';
import { nameOf, rankOf, type Mutant } from './mutant.ts';

/** A subject: the files of one folder, which are scored together. */
export interface Subject {
  readonly model: string;
  readonly files: readonly string[];
}

/** The files that only tell, or only name what others define. */
const TOLD = /(^|\/)(present|index)\.ts$/;

/** Returns the folders below `within` whose files some claim needs. */
export const subjectsOf = (within: string, closures: Closures): readonly Subject[] => {
  const files = [...new Set(Object.values(closures).flat())]
    .filter((file) => file.startsWith(`${within}/`) && !TOLD.test(file))
    .toSorted();
  const folders = [...new Set(files.map((file) => posix.dirname(file)))];
  return folders.map((folder) => ({
    model: posix.relative(within, folder),
    files: files.filter((file) => posix.dirname(file) === folder),
  }));
};

/**
 * Returns `count` of the mutants, the same for the same seed; all of them in their order if there are no
 * more.
 */
export const sampled = (
  mutants: readonly Mutant[],
  count: number | undefined,
  seed: number,
): readonly Mutant[] => {
  if (count === undefined || mutants.length <= count) return mutants;
  const ranked = mutants.map((mutant) => ({ mutant, rank: rankOf(seed, nameOf(mutant)) }));
  const chosen = new Set(
    ranked
      .toSorted((a, b) => a.rank - b.rank)
      .slice(0, count)
      .map(({ mutant }) => mutant),
  );
  return mutants.filter((mutant) => chosen.has(mutant));
};

/** A search with what it is known to run. */
export interface Known {
  readonly search: Search;
  readonly footprint: Footprint;
}

/** Returns the searches that need one of `files`. */
export const searchesFor = (
  { searches }: Catalogue,
  closures: Closures,
  files: readonly string[],
): readonly Search[] =>
  searches.filter(({ module }) => closures[module]!.some((file) => files.includes(file)));

/** The factor by which a changed search may become larger before it is ended. */
const GROWTH = 4;
const ROOM_STATES = 20_000;

/**
 * The cost of a search besides its transitions, in transitions: to set it up, and to load what its claims
 * need.
 */
const SET_UP = 1000;
const A_MODULE = 100;

/**
 * Returns the searches that run the code that `mutant` changes, those first that cost least, as long as
 * together they stay within `budget` transitions. Others would come out as they did.
 */
export const trialsFor = (
  mutant: Mutant,
  known: readonly Known[],
  closures: Closures,
  budget: number,
): readonly Trial[] => {
  const site = `${mutant.site.start}-${mutant.site.end}`;
  const reaching = known
    .filter(({ footprint }) => footprint.ran[mutant.file]?.includes(site))
    .map(({ search, footprint }) => ({
      trial: {
        ...search,
        states: footprint.states,
        transitions: footprint.transitions,
        maxStates: GROWTH * footprint.states + ROOM_STATES,
      },
      cost: footprint.transitions + SET_UP + A_MODULE * closures[search.module]!.length,
    }))
    .toSorted((a, b) => a.cost - b.cost);
  let spent = 0;
  return reaching.flatMap(({ trial, cost }, index) => {
    spent += cost;
    return index === 0 || spent <= budget ? [trial] : [];
  });
};
