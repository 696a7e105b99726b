import type { EngineName } from '../claim/engine/engine.ts';
import type { Attack } from '../attack/attack.ts';
import type { Mitigation, Finding, LockReading, RegisterReading, UnknownReading } from '../audit/auditor.ts';
import type { Plan } from '../audit/closing/plan.ts';
import type { RandomFigures, SearchSummary } from '../claim/result.ts';
import type { InertPower, Vacuity } from '../claim/vacuity/vacuity.ts';
import type { Scenario } from '../model/index.ts';
import type { OutcomeEntry } from './outcomes/outcome.ts';
import type { Bound, Limits, ReductionKind, Verdict } from '../search/result.ts';

/** The data of a fault. */
export interface ErrorEntry {
  readonly code: string;
  readonly message: string;
  readonly where: string;
  readonly expected: string;
  readonly got: string;
  readonly likely: string;
  readonly next: string;
}

/** The shard of a divided run: `index` of `of`, and all claims of the run in their order. */
export interface ShardEntry {
  readonly index: number;
  readonly of: number;
  readonly order: readonly string[];
}

/** The run, as far as it decides the result; nothing of the machine it ran on. */
export interface RunEntry {
  readonly command: 'verify' | 'audit' | 'threshold' | 'study' | 'cross-check';
  readonly engine: EngineName;
  readonly seed: number;
  readonly limits: Limits;
  /**
   * The number of runs of random search: for each search as an engine, against each known attack as a probe.
   */
  readonly runs?: number;
  readonly probeRuns?: number;
  /** The way states were told apart, if not exactly. */
  readonly states?: 'fingerprint';
  /** The requested reductions, if any; their effect stands with each search. */
  readonly reduce?: readonly ReductionKind[];
  /** Whether the run was stopped: what it had not decided is `unresolved`. */
  readonly interrupted: boolean;
  readonly shard?: ShardEntry;
}

/**
 * The reason why a claim never had a chance to fail: its antecedent, its adversary's capabilities, or that it
 * names nobody who acts.
 */
export interface VacuityEntry {
  readonly kind: Vacuity['kind'];
  readonly says: string;
  /** The capabilities that never act, each with the reason. */
  readonly inert?: readonly InertPower[];
}

/**
 * A defence that is off, and with which this attack does not work. That says nothing of other attacks;
 * `claims` do.
 */
export interface StopEntry {
  readonly defence: string;
  readonly says: string;
  /** The step that is the first to come out otherwise, or not to be possible. */
  readonly partsAt: number;
  /** The text of that step with the defence on. */
  readonly text?: string;
  /** The step that is the first not to be possible; without it all are, and nothing is broken. */
  readonly refusedAt?: number;
  /** The claims that ask whether another attack gets through then, and expect that none does. */
  readonly claims?: readonly string[];
}

/** One claim and its result. */
export interface ClaimEntry {
  readonly id: string;
  readonly suite: string;
  readonly model: string;
  readonly invariant: string;
  readonly scenario: Scenario;
  /** Capabilities that the claim says never act in its scenario. */
  readonly idle?: readonly string[];
  /** The scenario in one line: what a verdict is about. */
  readonly scope: string;
  /**
   * The claim's statement about what is outside of that: what was not tried, and what changes its verdict.
   */
  readonly outside?: string;
  readonly says: string;
  readonly source: string;
  /** The sentence of the invariant that the claim is about. */
  readonly invariantSays: string;
  readonly expected: Verdict['kind'];
  readonly expectedLength?: number;
  readonly verdict: Verdict['kind'];
  /** The cause of an unresolved verdict: a bound, or a fault. */
  readonly bound?: Bound;
  readonly error?: ErrorEntry;
  readonly asExpected: boolean;
  readonly unexpectedBecause?: string;
  /** The reason why it never had a chance to fail. */
  readonly vacuity?: VacuityEntry;
  /** Other claims of the run that ask the same: about the same model and invariant in the same scenario. */
  readonly sameAs?: readonly string[];
  /** A note on what could not happen, or was not seen to, where that may explain the verdict or its worth. */
  readonly note?: string;
  readonly states: number;
  readonly transitions: number;
  readonly complete: boolean;
  /** The probability, at most, that a state was missed, where states were told apart by fingerprints. */
  readonly missedAtMost?: number;
  readonly antecedents: number;
  readonly attack?: Attack;
  /** The defences that are off and would stop the attack, each alone. */
  readonly stops?: readonly StopEntry[];
  readonly witness?: Attack;
  readonly random?: RandomFigures;
  /** The command that repeats it. */
  readonly reproduce: string;
}

/** A question about a board and its answer. */
export interface AnswerEntry {
  readonly id: string;
  /** The model that it is about, where that is not the board's. */
  readonly model?: string;
  readonly invariant: string;
  readonly says: string;
  readonly source: string;
  readonly verdict: Verdict['kind'] | 'depends';
  /** The reason why it is unresolved. */
  readonly because?: string;
  /** The deciding unknowns: turning one over alone changes the answer. */
  readonly decidedBy: readonly string[];
  /** The values of the deciding unknowns under which an attack exists. */
  readonly brokenWhen: readonly { readonly [unknown: string]: boolean }[];
  readonly states: number;
  readonly transitions: number;
  readonly complete: boolean;
  /** A shortest attack over all values of the unknowns, and the values it needs. */
  readonly attack?: Attack;
  readonly attackWhen?: { readonly [unknown: string]: boolean };
  readonly attackScenario?: Scenario;
  /** Single settings with which no attack is left; with which one is; for which neither is known. */
  readonly closedBy: readonly string[];
  readonly notClosedBy: readonly string[];
  readonly undecidedBy: readonly string[];
  /** Sets of settings with which no attack is left, where no single one does it. */
  readonly closedTogether: readonly (readonly string[])[];
  /** The reason why an attack on it is by design, where what that rests on holds. */
  readonly accepted?: string;
  readonly reproduce: string;
}

/** A board: its readings, and what follows from them. */
export interface PlatformEntry {
  readonly name: string;
  readonly chipset?: string;
  readonly registers: readonly RegisterReading[];
  readonly locks: readonly LockReading[];
  readonly unknown: readonly UnknownReading[];
  readonly findings: readonly Finding[];
  readonly model?: string;
  readonly settings: readonly Mitigation[];
  /** Plans of changes, those that close most first; one for each side of the board that has attacks. */
  readonly plans: readonly Plan[];
  readonly answers: readonly AnswerEntry[];
  /** The reason why it could not be audited, or not be searched. */
  readonly error?: ErrorEntry;
}

/** A line of a source file; its path is that from the folder of the run. */
export interface PlaceEntry {
  readonly file: string;
  readonly line: number;
}

/** The places of a model's functions: guards and effects of actions, and what invariants ask. */
export interface SourcesEntry {
  readonly actions: {
    readonly [action: string]: { readonly guard?: PlaceEntry; readonly effect?: PlaceEntry };
  };
  readonly invariants: { readonly [invariant: string]: PlaceEntry };
}

/** A suite, as its claims name it. */
export interface SuiteEntry {
  readonly id: string;
  readonly says: string;
}

/** The timing: all figures that differ between two runs of the same thing, and nothing else. */
export interface TimingEntry {
  readonly startedAt: string;
  readonly durationMs: number;
  /** The numbers, by claim or by board. */
  readonly items: { readonly [id: string]: number };
}

/** A kept attack, which was run before anything was searched. */
export interface CorpusEntry {
  /** The attack's file, from the folder of the run. */
  readonly file: string;
  readonly claim: string;
  readonly length: number;
  readonly outcome: 'works' | 'harmless' | 'refused';
  /** The reason why it does not work any more. */
  readonly because?: string;
  /** The length of a shorter attack that the run found, which answers the same question. */
  readonly shorter?: number;
}

/** The report: the document that a run leaves; equal for equal seed and version but for `timing`. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly run: RunEntry;
  readonly claims: readonly ClaimEntry[];
  readonly searches: readonly SearchSummary[];
  readonly platforms?: readonly PlatformEntry[];
  /** The results of thresholds, studies and cross-checks. */
  readonly outcomes?: readonly OutcomeEntry[];
  /** The attacks that the project keeps against these claims. */
  readonly corpus?: readonly CorpusEntry[];
  /** The suites of the claims, in their order. */
  readonly suites?: readonly SuiteEntry[];
  /** The places, by model, of the functions that attacks, witnesses and claims are about. */
  readonly sources?: { readonly [model: string]: SourcesEntry };
  readonly timing: TimingEntry;
}
