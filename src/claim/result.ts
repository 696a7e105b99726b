import type { Attack } from '../attack/attack.ts';
import type { Fault } from '../model/index.ts';
import type { Bound, SearchResult, Verdict } from '../search/result.ts';
import type { Claim } from './claim.ts';

/** What random search needed to break a claim, or that it did not within its budget. */
export interface RandomFigures {
  readonly found: boolean;
  /** Runs it was given, each from an initial state. */
  readonly runs: number;
  /** Steps it took until it had the attack; until the budget was spent, if it found none. */
  readonly steps: number;
  /** Length of the attack as generated, and after shrinking. */
  readonly firstLength?: number;
  readonly shrunkLength?: number;
  /** What repeats the finding in one run. */
  readonly seed: number;
  readonly path?: string;
  /** Without a finding: the failure probability of one run is at most this, with 95 % confidence. */
  readonly failureProbabilityAtMost?: number;
}

/** What a run says of one claim. */
export interface ClaimResult {
  readonly claim: Claim;
  readonly verdict: Verdict['kind'];
  /** What left it unresolved: a bound of the search, or the fault that ended it. */
  readonly bound?: Bound;
  readonly fault?: Fault;
  readonly states: number;
  readonly transitions: number;
  readonly complete: boolean;
  /** States (steps, for `never-step`) in which the invariant had something to say. */
  readonly antecedents: number;
  /** The path that breaks it, for `violated`; a `sometimes` without witness has none. */
  readonly attack?: Attack;
  /** The path that shows it, for a `sometimes` that holds. */
  readonly witness?: Attack;
  readonly random?: RandomFigures;
  readonly asExpected: boolean;
  readonly unexpectedBecause?: string;
  /** Time of the search that decided it; claims decided by one search share it. */
  readonly durationMs: number;
}

/** One search of a run, and the claims that it decided. */
export interface SearchSummary extends Pick<
  SearchResult,
  'engine' | 'states' | 'transitions' | 'depth' | 'complete' | 'warnings'
> {
  readonly model: string;
  readonly claims: readonly string[];
  /** How often functions of the model were run; the rest was looked up. */
  readonly userRuns?: number;
}

/** A run: every claim it was given, in that order, each with a result. */
export interface ClaimRun {
  readonly results: readonly ClaimResult[];
  readonly searches: readonly SearchSummary[];
  /** Whether it was stopped before it was through; what it had not decided is `unresolved`. */
  readonly interrupted: boolean;
}
