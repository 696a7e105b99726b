import { searchPlainly } from '../claim/cross-check/plain.ts';
import { explore } from '../search/exhaustive/explore.ts';
import type { ExhaustiveOptions } from '../search/exhaustive/options.ts';
import type { System } from '../model/index.ts';
import { searchRandomly } from '../search/random/campaign.ts';
import type { Verdict } from '../search/result.ts';
import { learnAll } from '../search/learn-all.ts';
import { exploreSymbolically } from '../search/symbolic/explore.ts';
import type { Strategy } from '../search/symbolic/options.ts';

/** The verdicts of a way of searching, by invariant. */
export type Said = { readonly [invariant: string]: Verdict['kind'] };

/** A way of searching: the verdict on each invariant that it decides. */
export type WayOfSearching = (system: System) => Said;

const kindsOf = (verdicts: { readonly [id: string]: { readonly kind: Verdict['kind'] } }): Said =>
  Object.fromEntries(Object.entries(verdicts).map(([id, { kind }]) => [id, kind]));

/** Searches exhaustively for the invariants that can be decided so. */
const exhaustively =
  (options: ExhaustiveOptions, decides: (kind: string) => boolean = () => true): WayOfSearching =>
  (system) => {
    const invariants = Object.entries(system.model.invariants).flatMap(([id, { kind }]) =>
      decides(kind) ? [id] : [],
    );
    return kindsOf(explore(system, { ...options, invariants }).verdicts);
  };

const symbolically =
  (strategy: Strategy): WayOfSearching =>
  (system) =>
    kindsOf(exploreSymbolically(system, { strategy }).verdicts);

const ofStates = (kind: string): boolean => kind === 'always' || kind === 'sometimes';
const notRecovers = (kind: string): boolean => kind !== 'recovers';

const plainly: WayOfSearching = (system) => {
  const invariants = Object.entries(system.model.invariants).flatMap(([id, { kind }]) =>
    kind === 'no-deadlock' || kind === 'recovers' ? [] : [id],
  );
  return kindsOf(searchPlainly(system, { invariants }).answers);
};

/** All ways of looking at all that a system can reach. */
export const WAYS: { readonly [way: string]: WayOfSearching } = {
  'plain stepping': plainly,
  exhaustive: exhaustively({}),
  'element by element': exhaustively({ askFrom: 1e9 }),
  'asking of every array': exhaustively({ askFrom: 1 }),
  fused: exhaustively({ fuseFrom: 2 }),
  threads: exhaustively({ threads: 2, threadsFrom: 1, fuseFrom: 2 }),
  fingerprints: exhaustively({ states: 'fingerprint' }, notRecovers),
  'without links': exhaustively({ parents: false }),
  symmetry: exhaustively({ reduce: ['symmetry'] }, notRecovers),
  'partial order': exhaustively({ reduce: ['partial-order'] }, ofStates),
  levels: symbolically('levels'),
  chaining: symbolically('chaining'),
  saturation: symbolically('saturation'),
  exports: (system) => (learnAll(system), {}),
  random: (system) => kindsOf(searchRandomly(system, { seed: 1, runs: 100, maxDepth: 12 }).verdicts),
};
