import type { Limits, Verdict } from '../search/result.ts';

/** The expected verdict of a claim; a run fails on any other verdict, in either direction. */
export type Expected = Verdict['kind'];

/** A claim as written in a suite: the names are those of the suite's model, checked by its types. */
export interface ClaimSpec<P, D extends string, I extends string> {
  readonly invariant: I;
  /** Defences switched off. */
  readonly without?: readonly D[];
  /** The adversary's capabilities. An empty list says that no adversary is meant; no list says nothing. */
  readonly capabilities?: readonly string[];
  /**
   * Capabilities of these that never act in this scenario, and are not meant to. A claim is vacuous if any
   * other never acts.
   */
  readonly idle?: readonly string[];
  readonly parameters?: Partial<P>;
  readonly expect: Expected;
  readonly length?: number;
  /** The defences without which a claim that holds would not; of a list one is enough. */
  readonly restsOn?: readonly (D | readonly D[])[];
  readonly says: string;
  readonly source: string;
  readonly limits?: Limits;
  /**
   * Parts outside the claim's scope that are known to change its verdict, by their names in `underwatch
   * scope`, each with the reason why it is left out.
   */
  readonly leavesOut?: { readonly [part: string]: string };
  /**
   * Parts outside the claim's scope that were not tried, by names or patterns of `underwatch scope`, each
   * with the reason. A claim with this, be it `{}`, says that all else leaves its verdict as it is, but for
   * what it leaves out.
   */
  readonly untried?: { readonly [pattern: string]: string };
}
