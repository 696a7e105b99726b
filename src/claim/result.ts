import type { Attack } from '../attack/attack.ts';
import type { Fault } from '../model/index.ts';
import type { ActionCount, Bound, Reduction, Verdict } from '../search/result.ts';
import type { Claim } from './claim.ts';
import type { Vacuity } from './vacuity/vacuity.ts';

/** The figures of random search: what it needed to break a claim, or that it did not within its budget. */
export interface RandomFigures {
  readonly found: boolean;
  /** The number of runs it was given. */
  readonly runs: number;
  /** The number of steps until it had the attack; until the budget was spent, if it found none. */
  readonly steps: number;
  /** The length of the attack as generated, and after shrinking. */
  readonly firstLength?: number;
  readonly shrunkLength?: number;
  /** The seed that repeats the finding. */
  readonly seed: number;
  readonly path?: string;
  /**
   * The probability, at most, that a run which begins anew finds a violation, with 95 % confidence, where
   * there is no finding. Not there for what one run cannot find.
   */
  readonly failureProbabilityAtMost?: number;
  /**
   * The number of runs that began anew, on which that rests, where there is no finding. The others go on from
   * what was found before them.
   */
  readonly freshRuns?: number;
}

/** A run's result for one claim. */
export interface ClaimResult {
  readonly claim: Claim;
  readonly verdict: Verdict['kind'];
  /** The cause of an unresolved verdict: a bound of the search, or the fault that ended it. */
  readonly bound?: Bound;
  readonly fault?: Fault;
  /**
   * The reason why it never had a chance to fail: of a vacuous claim, and of one that random search left open
   * though no search can save it.
   */
  readonly vacuity?: Vacuity;
  readonly states: number;
  readonly transitions: number;
  readonly complete: boolean;
  /** The probability, at most, that a state was missed, for states told apart by fingerprints. */
  readonly missedAtMost?: number;
  /**
   * The number of states (steps, for `never-step`; states in which nothing can happen, for `no-deadlock`) in
   * which the invariant had something to say.
   */
  readonly antecedents: number;
  /** The path that breaks it, for `violated`; a `sometimes` without witness has none. */
  readonly attack?: Attack;
  /** The path that shows it, for a `sometimes` that holds. */
  readonly witness?: Attack;
  readonly random?: RandomFigures;
  readonly asExpected: boolean;
  readonly unexpectedBecause?: string;
  /** A note on what could not happen, or was not seen to, where that may explain the verdict or its worth. */
  readonly note?: string;
  /** The ids of other claims of the run that ask the same of the same model in the same scenario. */
  readonly sameAs?: readonly string[];
  /** The time of the search that decided it, in milliseconds; claims decided by one search share it. */
  readonly durationMs: number;
  /** Set if an earlier run made that search, and its model still behaves the same. */
  readonly recalled?: true;
}

/** The counts of an action: how often it was possible, was tried by random search, and changed the state. */
export interface ActionFigures extends ActionCount {
  readonly tried?: number;
}

/** One search of a run, and the claims that it decided. */
export interface SearchSummary {
  readonly engine: 'exhaustive' | 'random' | 'symbolic';
  readonly model: string;
  readonly claims: readonly string[];
  /** The number of states: different ones for an exhaustive search, visited ones for a random one. */
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly complete: boolean;
  /** The probability, at most, that a state was missed, for states told apart by fingerprints. */
  readonly missedAtMost?: number;
  /** The reductions of the search, if any: the counts are of what was left to search. */
  readonly reduced?: readonly Reduction[];
  /** Warnings of the search about its health, for its reader. */
  readonly warnings: readonly string[];
  readonly actions: { readonly [action: string]: ActionFigures };
  /** The number of runs of the model's functions; the rest was looked up. */
  readonly userRuns?: number;
  /** The exact number of states where `states` is only near it: from 2^53 on. */
  readonly exactStates?: string;
  /** The number of nodes in the diagram of all reachable states, for a symbolic search. */
  readonly nodes?: number;
  /** The engines chosen one after the other, and why, where that was left to the search. */
  readonly because?: readonly string[];
  /** The number of different states that random runs came by; not there where some were forgotten. */
  readonly differentStates?: number;
  /**
   * The number of random runs by length: how many took at most `upTo` steps and more than the entry before.
   */
  readonly lengths?: readonly { readonly upTo: number; readonly runs: number }[];
}

/** A run: every claim it was given, in that order, each with a result. */
export interface ClaimRun {
  readonly results: readonly ClaimResult[];
  readonly searches: readonly SearchSummary[];
  /** Whether it was stopped before its end; what it had not decided is `unresolved`. */
  readonly interrupted: boolean;
}
