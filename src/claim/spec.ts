import type { Limits, Verdict } from '../search/result.ts';

/** What a claim is expected to come out as; a run fails on any other verdict, in either direction. */
export type Expected = Verdict['kind'];

/** A claim as written in a suite: the names are those of the suite's model, checked by its types. */
export interface ClaimSpec<P, D extends string, I extends string> {
  readonly invariant: I;
  /** Defences switched off. */
  readonly without?: readonly D[];
  /**
   * What the adversary can do. An empty list says that none is meant; to say nothing at all is no such
   * statement.
   */
  readonly capabilities?: readonly string[];
  /**
   * Capabilities of these that never act in this scenario, and are not meant to. A claim is vacuous if any
   * other never acts.
   */
  readonly idle?: readonly string[];
  readonly parameters?: Partial<P>;
  readonly expect: Expected;
  readonly length?: number;
  /** For a claim that holds: the defences without which it would not; of a list one is enough. */
  readonly restsOn?: readonly (D | readonly D[])[];
  readonly says: string;
  readonly source: string;
  readonly limits?: Limits;
  /**
   * What is outside its scope and known to change its verdict, by the name that `underwatch scope` has for
   * it, and why.
   */
  readonly leavesOut?: { readonly [part: string]: string };
  /**
   * What is outside its scope and was not tried, by names that `underwatch scope` has for it or patterns of
   * them, and why. A claim with this, be it `{}`, says that all else leaves its verdict as it is, but for
   * what it leaves out.
   */
  readonly untried?: { readonly [pattern: string]: string };
}
