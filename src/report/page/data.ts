import type { Change } from '../../attack/changes.ts';
import type { Scenario, Value } from '../../model/index.ts';
import type { ErrorEntry, PlatformEntry, RunEntry, StopEntry } from '../report.ts';
import type { ClaimStatus } from '../status/claim-status.ts';

/** A step as the page draws it: from one lane to another. */
export interface PageStep {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly action: string;
  readonly choices: { readonly [name: string]: Value };
  readonly changes: readonly Change[];
  /** The line of the model that says what the step does. */
  readonly place?: string;
}

/** A path as the page plays it. */
export interface PageAttack {
  /** `10 steps, shortest`. */
  readonly words: string;
  /** The index of the initial state that it starts in. */
  readonly initial: number;
  readonly lanes: readonly string[];
  /** Numbers of `steps` in the document: many attacks have steps in common. */
  readonly steps: readonly number[];
  /** The number of steps until no way leads back, and the continuation, where the path has one. */
  readonly onward?: { readonly stem: number; readonly remarks: readonly string[] };
  /** The command that plays it again. */
  readonly replay: string;
}

/** A claim as the page shows it. */
export interface PageClaim {
  readonly id: string;
  readonly suite: string;
  readonly model: string;
  readonly status: ClaimStatus;
  /** `violated in 10 steps, shortest`. */
  readonly words: string;
  readonly says: string;
  readonly source: string;
  readonly invariant: string;
  readonly invariantSays: string;
  /** The line of the model that asks it. */
  readonly place?: string;
  readonly expected: string;
  readonly scope: string;
  readonly without: readonly string[];
  readonly capabilities: readonly string[];
  /** Parameters that the scenario sets; their values are those of `texts` in the document. */
  readonly parameters: readonly (readonly [name: string, text: number])[];
  readonly notes: readonly string[];
  readonly unexpectedBecause?: string;
  readonly error?: ErrorEntry;
  readonly states: number;
  readonly transitions: number;
  readonly complete: boolean;
  readonly durationMs: number;
  readonly attack?: PageAttack;
  /** Defences that are off and stop the attack, each alone. */
  readonly stops: readonly StopEntry[];
  readonly witness?: PageAttack;
  readonly reproduce: string;
}

/** A board as the page shows it: all that the report has, with attacks that can be played. */
export interface PageBoard extends Omit<PlatformEntry, 'answers'> {
  readonly answers: readonly PageAnswer[];
}

/** A question about a board as the page shows it. */
export interface PageAnswer {
  readonly id: string;
  readonly words: string;
  readonly verdict: 'holds' | 'violated' | 'unresolved' | 'vacuous' | 'depends';
  readonly says: string;
  readonly source: string;
  readonly states: number;
  /** `closed by SMI_LOCK`, and the like. */
  readonly notes: readonly string[];
  readonly attack?: PageAttack;
  /** The subject of its attack, with the scenario. */
  readonly subject?: PageSubject;
  readonly reproduce: string;
}

/** A model in a scenario, and the invariant that is asked about. */
export interface PageSubject {
  readonly model: string;
  readonly scenario: Scenario;
  readonly invariant?: string;
}

/** All that the page shows; a function of the report alone. */
export interface PageData {
  readonly tool: string;
  readonly command: RunEntry['command'] | 'explore';
  /** `exhaustive search, seed 1`. */
  readonly how: string;
  readonly interrupted?: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly states: number;
  readonly searches: number;
  readonly suites: readonly { readonly id: string; readonly says: string }[];
  readonly claims: readonly PageClaim[];
  readonly boards: readonly PageBoard[];
  /** Values of parameters, each once. */
  readonly texts: readonly string[];
  /** The reason why nothing can be tried here: the models are not in the page. */
  readonly modelsAbsent?: string;
  /** The model that is to be explored. */
  readonly explored?: PageSubject;
  /** The steps of all attacks, each once. */
  readonly steps: readonly PageStep[];
}
