import type { Bound, Verdict } from '../../search/result.ts';
import type { Claim } from '../claim.ts';

/** What comes of switching some defences off, all at once. */
export interface Dropped {
  readonly defences: readonly string[];
  readonly verdict: Verdict['kind'];
  readonly bound?: Bound;
  /** Steps of the attack that there is then; there is none for a `sometimes`, whose witness is gone. */
  readonly steps?: number;
  /** No attack is shorter. One that was found elsewhere and replays may not be the shortest. */
  readonly shortest?: boolean;
}

/** Which defences a claim rests on: found by switching them off. */
export interface Reasons {
  readonly claim: Claim;
  /** What the claim comes out as with the defences that it has; reasons are looked for where it holds. */
  readonly verdict: Verdict['kind'];
  readonly bound?: Bound;
  /** Without any one of these it does not hold. */
  readonly alone: readonly Dropped[];
  /**
   * Of each of these sets one is enough: it holds without any one of them, and not without all. No two sets
   * share a defence.
   */
  readonly oneOf: readonly Dropped[];
  /** It holds without any one of these, and, unless `undecided` says otherwise, without all of them. */
  readonly idle: readonly string[];
  /** No function of the model asked after these in any state or step: without them all is as it is. */
  readonly unasked: readonly string[];
  /** What a limit left open. */
  readonly undecided: readonly Dropped[];
}

/** A claim whose reasons are not those that it declares. */
export interface Mismatch {
  readonly claim: Claim;
  /** Declared, and no reason. */
  readonly wrong: readonly (readonly string[])[];
  /** A reason, and not declared. */
  readonly missing: readonly (readonly string[])[];
}

/** What was found for all claims that were asked about. */
export interface ReasonsRun {
  readonly results: readonly Reasons[];
  readonly mismatches: readonly Mismatch[];
  readonly searches: number;
  /** How often an attack that was known already decided, without a search. */
  readonly replays: number;
  readonly interrupted: boolean;
}
