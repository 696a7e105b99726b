import type { Judgement, Path, Way } from '../../../attack/walk/walk.ts';
import type { StepExplanation } from '../../../attack/why/why.ts';
import type { Scenario, Value } from '../../../model/index.ts';
import type { PageStep } from '../data.ts';
import type { RegisterPart } from './register-parts.ts';

/** A step as a report has it, with the data that takes it again. */
export interface Choosing {
  readonly action: string;
  readonly choices: { readonly [name: string]: Value };
}

/** A field that is a register: its parts, and its number at each place of a path. */
export interface RegisterHistory {
  readonly says?: string;
  readonly parts: readonly RegisterPart[];
  readonly numbers: readonly number[];
}

/** A field and its value at each place of a path, from before the first step on. */
export interface FieldHistory {
  readonly path: string;
  /** `chipset` of `chipset.SMI_EN`. */
  readonly owner: string;
  readonly name: string;
  readonly hidden: boolean;
  /** One more than there are steps. */
  readonly values: readonly string[];
  readonly register?: RegisterHistory;
}

/** A step that can happen, as the page shows it. */
export interface WayText extends Omit<Way, 'step'> {
  readonly step: PageStep;
}

/**
 * A field that an invariant reads, as text; `otherwise` is a value with which, all else equal, it would hold.
 */
export interface GroundText {
  readonly field: string;
  readonly value: string;
  readonly otherwise?: string;
}

/** The answers of an invariant along a path, as the page shows them. */
export interface JudgementText extends Omit<Judgement, 'grounds'> {
  readonly grounds: readonly GroundText[];
}

/** A situation: a place of a path, with how one got there, what can happen, and what the invariants say. */
export interface Situation {
  readonly steps: readonly PageStep[];
  readonly fields: readonly FieldHistory[];
  readonly ways: readonly WayText[];
  readonly judgements: readonly JudgementText[];
  /** The reason why the path ends before its last step. */
  readonly stopped?: string;
}

/** Explanations of the steps of a path, or why there are none. */
export type Whys =
  | { readonly kind: 'told'; readonly steps: readonly StepExplanation[] }
  | { readonly kind: 'refused'; readonly because: string };

/** Names of a model's parts, each with what it says. */
export interface Named {
  readonly name: string;
  readonly says: string;
}

/** A session: a model in a scenario that runs in the page. */
export interface Session {
  readonly says: string;
  readonly starts: number;
  readonly defences: readonly Named[];
  readonly capabilities: readonly Named[];
  readonly invariants: readonly Named[];
  /** Returns the number of a step's instance; none where the scenario has no such instance. */
  readonly numberOf: (step: Choosing) => number | undefined;
  readonly stepOf: (number: number) => Choosing | undefined;
  /** Explains each step of a path that breaks an invariant, or shows it. */
  readonly why: (invariant: string, path: Path) => readonly StepExplanation[];
  /** Returns the situation after `at` steps of a path. `first` is the invariant that matters most. */
  readonly look: (path: Path, at: number, first?: string) => Situation;
}

/** The result of starting a model: a session, or why there is none. */
export type Opened =
  | { readonly kind: 'open'; readonly session: Session }
  | { readonly kind: 'refused'; readonly because: string };

/** The runner of models in a page. */
export interface Runner {
  /** The models that are in the page, by id. */
  readonly models: readonly string[];
  readonly open: (model: string, scenario: Partial<Scenario>) => Opened;
}
