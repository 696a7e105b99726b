import type { Attack } from '../../attack/attack.ts';
import type { Scenario } from '../../model/index.ts';
import type { Bound, Verdict } from '../../search/result.ts';
import type { Interval } from '../../statistics/interval.ts';

/** The result of a search at one value of a parameter. */
export interface ProbeEntry {
  readonly value: number;
  readonly verdict: Verdict['kind'];
  readonly bound?: Bound;
  readonly states: number;
  readonly transitions: number;
  readonly complete: boolean;
  /** The attack, beside a flip alone: those in between say nothing more. */
  readonly attack?: Attack;
}

/** A threshold: where the verdict on an invariant changes as one parameter grows. */
export interface ThresholdEntry {
  readonly kind: 'threshold';
  readonly model: string;
  readonly scenario: Scenario;
  readonly invariant: string;
  readonly parameter: string;
  readonly from: number;
  readonly to: number;
  /** Every value that was searched, in order. */
  readonly probes: readonly ProbeEntry[];
  /** The flips: the smaller one of each two neighbours with different verdicts. */
  readonly flips: readonly number[];
  readonly everyValue: boolean;
  /** The value that a limit left open. */
  readonly undecided?: number;
  readonly reproduce: string;
}

/** The share of a population, as samples show it. */
export interface PopulationEntry {
  readonly kind: 'population';
  readonly study: string;
  readonly population: string;
  readonly says: string;
  readonly source: string;
  readonly unit: string;
  readonly lower?: number;
  readonly upper: number;
  readonly claimed: { readonly bound: 'atMost' | 'atLeast'; readonly perMillion: number };
  readonly runs: number;
  readonly outside: number;
  readonly confidence: number;
  readonly interval: Interval;
  readonly verdict: 'shown' | 'refuted' | 'open';
  readonly reproduce: string;
}

/** A difference between the answers of two engines. */
export interface DisagreementEntry {
  readonly with: string;
  readonly about: string;
  readonly said: string;
  readonly saidByOther: string;
  readonly maxDepth?: number;
}

/** The results of an engine, beside the others on one model. */
export interface EngineEntry {
  readonly kind: 'engine';
  readonly model: string;
  readonly scenario: Scenario;
  readonly engine: string;
  readonly says: string;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly complete: boolean;
  readonly maxDepth?: number;
  /** The answers by invariant: the verdict, and the length of the attack or the witness. */
  readonly answers: {
    readonly [invariant: string]: { readonly kind: Verdict['kind']; readonly length?: number };
  };
  readonly disagreements: readonly DisagreementEntry[];
  readonly reproduce: string;
}

/** A result of a run that is no claim of a suite, and no question about a board. */
export type OutcomeEntry = ThresholdEntry | PopulationEntry | EngineEntry;
