import type { Bound, Verdict } from '../../search/result.ts';
import type { Claim } from '../claim.ts';

/** The result of switching some defences off, all at once. */
export interface Dropped {
  readonly defences: readonly string[];
  readonly verdict: Verdict['kind'];
  readonly bound?: Bound;
  /** The length of the attack that there is then; there is none for a `sometimes`, whose witness is gone. */
  readonly steps?: number;
  /** Whether no attack is shorter. One that was found elsewhere and replays may not be the shortest. */
  readonly shortest?: boolean;
}

/** The defences that a claim rests on, found by switching them off. */
export interface Reasons {
  readonly claim: Claim;
  /** The verdict with the defences that the claim has; reasons are looked for where it holds. */
  readonly verdict: Verdict['kind'];
  readonly bound?: Bound;
  /** The defences without any one of which it does not hold. */
  readonly alone: readonly Dropped[];
  /**
   * Sets of which one defence is enough: the claim holds without any one of them, and not without all. No two
   * sets share a defence.
   */
  readonly oneOf: readonly Dropped[];
  /**
   * Defences without any one of which it holds; without all of them, too, unless `undecided` says otherwise.
   */
  readonly idle: readonly string[];
  /**
   * Defences that no function of the model asked after in any state or step: without them all, nothing
   * changes.
   */
  readonly unasked: readonly string[];
  /** The sets that a limit left open. */
  readonly undecided: readonly Dropped[];
}

/** A mismatch: a claim whose reasons are not those that it declares. */
export interface Mismatch {
  readonly claim: Claim;
  /** Defences that are declared, and are no reason. */
  readonly wrong: readonly (readonly string[])[];
  /** Defences that are a reason, and not declared. */
  readonly missing: readonly (readonly string[])[];
}

/** The reasons of all claims that were asked about. */
export interface ReasonsRun {
  readonly results: readonly Reasons[];
  readonly mismatches: readonly Mismatch[];
  readonly searches: number;
  /** The number of decisions by a known attack, without a search. */
  readonly replays: number;
  readonly interrupted: boolean;
}
