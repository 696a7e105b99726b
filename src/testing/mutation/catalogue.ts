import { groupsOf } from '../../claim/group.ts';
import type { Claim, Suite } from '../../claim/claim.ts';
import type { Worlds } from './world.ts';

/** Claims that one search decides, and the module that declares them. */
export interface Search {
  /** The module to load for them. */
  readonly module: string;
  readonly suite: string;
  readonly claims: readonly string[];
}

/** The catalogue of a project's claims, and of the modules that make them. */
export interface Catalogue {
  readonly searches: readonly Search[];
}

const isSuite = (value: unknown): value is Suite =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  'claims' in value &&
  Array.isArray(value.claims);

/** Returns the suites that a module exports, by themselves or in lists. */
const suitesOf = (exports: { readonly [name: string]: unknown }): readonly Suite[] =>
  Object.values(exports)
    .flatMap((value): readonly unknown[] => (Array.isArray(value) ? value : [value]))
    .filter(isSuite);

/**
 * Returns the searches behind all claims that `index` exports in suites. Each suite is taken from the module
 * that needs the fewest others, so that a mutant runs what its claims need and no more.
 */
export const catalogueOf = (index: string, worlds: Worlds): Catalogue => {
  const suites = suitesOf(worlds.original.load(index));
  const modules = worlds
    .closureOf(index)
    .map((path) => ({ path, size: worlds.closureOf(path).length }))
    .toSorted((a, b) => a.size - b.size || (a.path < b.path ? -1 : 1));
  const moduleOf = (suite: Suite): string =>
    modules.find(({ path }) => suitesOf(worlds.original.load(path)).includes(suite))!.path;
  return {
    searches: suites.flatMap((suite) => {
      const module = moduleOf(suite);
      return groupsOf(suite.claims, {}).map(({ claims }) => ({
        module,
        suite: suite.id,
        claims: claims.map(({ id }) => id),
      }));
    }),
  };
};

/** Returns the claims of a search as they are in a world. Claims that are no longer there are left out. */
export const claimsIn = (
  { module, suite, claims }: Search,
  load: (path: string) => { readonly [name: string]: unknown },
): readonly Claim[] => {
  const found = suitesOf(load(module)).find(({ id }) => id === suite);
  return claims.flatMap((wanted) => found?.claims.find(({ id }) => id === wanted) ?? []);
};
