import type { Scenario } from '../model/index.ts';
import type { Bound, Trace } from '../search/result.ts';

/** A set of defences that is enough, with what it costs, and how it is known that nothing gets through. */
export interface SufficientSet {
  readonly defences: readonly string[];
  readonly cost: number;
  /** Whether every smaller set was decided, and lets an attack through; false where a limit left one open. */
  readonly minimal: boolean;
  /** Attacks whose invariant holds only because what it speaks of never happens. */
  readonly vacuousFor: readonly string[];
  /** An attack that works without it, for each defence of the set. */
  readonly without: readonly { readonly defence: string; readonly attack?: WorkingAttack }[];
}

/**
 * A set that is not enough: an attack works under it. With any one, or any several, further defences it is
 * enough.
 */
export interface InsufficientSet {
  readonly defences: readonly string[];
  /** The defences that are not in it. */
  readonly lacks: readonly string[];
  readonly attack: WorkingAttack;
}

/**
 * An attack that works under a set of defences: its claim, and its index among the known attacks of the
 * claim.
 */
export interface WorkingAttack {
  readonly id: string;
  readonly known: number;
}

/** The sets that are enough, of those defences that can be switched on. */
export interface SufficientSets {
  /** The sets, cheapest first, then smallest. Empty where none is enough. */
  readonly sets: readonly SufficientSet[];
  /** Whether all of them are listed, and each is minimal: nothing was left open. */
  readonly complete: boolean;
  /** Maximal sets that are not enough, each with all sets that contain it decided. */
  readonly insufficient: readonly InsufficientSet[];
  /**
   * The maximal sets that are not enough of which a larger one may not be enough either: too many to decide,
   * or a limit.
   */
  readonly insufficientOpen: readonly (readonly string[])[];
  /** Set if there are more maximal sets that are not enough than are listed. */
  readonly insufficientMore?: true;
  /** The sets that are larger than one that is enough, and still let an attack through. */
  readonly harmful: readonly { readonly defences: readonly string[]; readonly attack: WorkingAttack }[];
  /**
   * Defences in every set that is enough; in none; in some, not in all. Nothing is said where sets may be
   * missing.
   */
  readonly essential: readonly string[];
  readonly useless: readonly string[];
  readonly alternatives: readonly string[];
  /**
   * The exchangeable pairs, of which one is enough: a set that is enough has one where another has the other.
   */
  readonly exchangeable: readonly (readonly [string, string])[];
}

/** An attack that is known to work under some defences. */
export interface KnownTrace {
  readonly trace: Trace;
  readonly shortest: boolean;
  /** The defences that were on where it was found. */
  readonly on: readonly string[];
}

/** The effect of one defence on one attack, alone. */
export interface SingleDefence {
  readonly defence: string;
  readonly verdict: 'open' | 'holds' | 'undecided';
  /** The step at which the attack itself ends; undefined where it still works. */
  readonly endsAt?: number;
  readonly because?: 'guard refuses' | 'invariant holds';
}

/** A known attack, and what can be done about it. */
export interface AttackRow {
  readonly id: string;
  readonly invariant: string;
  readonly scenario: Scenario;
  /** The verdict in its own scenario: `open`, or the claim is no longer true. */
  readonly verdict: 'open' | 'holds' | 'undecided';
  readonly bound?: Bound;
  /** All attacks that came up; the first is that of its own scenario. */
  readonly known: readonly KnownTrace[];
  /** The results of each defence that can be switched on, switched on alone. */
  readonly alone: readonly SingleDefence[];
  readonly enough: SufficientSets;
}

/** The findings about attacks on one model and its defences. */
export interface DefenceReport {
  readonly model: string;
  readonly defences: readonly string[];
  /** The base from which the sets are counted: what each attack's scenario has on, or nothing. */
  readonly from: 'scenario' | 'nothing';
  readonly attacks: readonly AttackRow[];
  /** Attacks that some set stops, taken together. */
  readonly together: SufficientSets;
  /** Attacks that were taken together; the others are stopped by no set, or were not decided. */
  readonly stopped: readonly string[];
  readonly unstoppable: readonly string[];
  readonly matrix?: Matrix;
  readonly searches: number;
  readonly interrupted: boolean;
}

/** A cell of the matrix. */
export interface MatrixCell extends SingleDefence {
  readonly set: 'alone on' | 'alone off';
  /** The index, among the known attacks in its row, of one that works. */
  readonly attack?: number;
}

/** An attack, and what becomes of it: all attacks that came up, the first being that of its own scenario. */
export interface MatrixRow {
  readonly id: string;
  readonly known: readonly KnownTrace[];
  readonly cells: readonly MatrixCell[];
}

/** Attacks by defences: each defence alone on, and alone off, of all that the model has. */
export interface Matrix {
  readonly rows: readonly MatrixRow[];
}
