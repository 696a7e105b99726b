interface Statement {
  /** The claim in plain English, so that a reviewer can disagree with it. */
  readonly says: string;
  /** The source of the claim. */
  readonly source: string;
}

/** A safety property of states: in every reachable state, if `given`, then `holds`. */
export interface Always<S, X> extends Statement {
  readonly kind: 'always';
  /** The antecedent: when the claim says anything. A claim whose antecedent never comes true is vacuous. */
  readonly given?: (state: S, setting: X) => boolean;
  readonly holds: (state: S, setting: X) => boolean;
}

/** A safety property of steps: no reachable step is `bad`. `given` says which steps the claim is about. */
export interface NeverStep<S, X> extends Statement {
  readonly kind: 'never-step';
  readonly given?: (before: S, after: S, setting: X) => boolean;
  readonly bad: (before: S, after: S, setting: X) => boolean;
}

/**
 * A reachability property: some reachable state is a `witness`, so that the model can do what it is meant to.
 */
export interface Sometimes<S, X> extends Statement {
  readonly kind: 'sometimes';
  readonly witness: (state: S, setting: X) => boolean;
}

/**
 * Bounded response: on every path, a `given` state is followed by one that `responds` within `steps` steps.
 */
export interface Within<S, X> extends Statement {
  readonly kind: 'within';
  readonly given: (state: S, setting: X) => boolean;
  readonly responds: (state: S, setting: X) => boolean;
  readonly steps: number;
}

/**
 * Freedom from deadlock: in every reachable state something can happen, unless `mayEnd` says that stopping is
 * right there. A step that changes nothing counts, too. Never vacuous, since it asks about every state.
 */
export interface NoDeadlock<S, X> extends Statement {
  readonly kind: 'no-deadlock';
  readonly mayEnd?: (state: S, setting: X) => boolean;
}

/**
 * Recoverability: from every reachable state (in which `given`, if that is there) a `good` state can still be
 * reached. It does not say that one will be reached.
 */
export interface Recovers<S, X> extends Statement {
  readonly kind: 'recovers';
  /**
   * The antecedent: the states from which it must be possible. A claim whose antecedent never comes true is
   * vacuous.
   */
  readonly given?: (state: S, setting: X) => boolean;
  readonly good: (state: S, setting: X) => boolean;
}

/** A claim about a model, of one of six kinds. */
export type Invariant<S, X> =
  | Always<S, X>
  | NeverStep<S, X>
  | Sometimes<S, X>
  | Within<S, X>
  | NoDeadlock<S, X>
  | Recovers<S, X>;
