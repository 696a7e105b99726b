interface Statement {
  /** What it claims, in plain English, so that a reviewer can disagree with it. */
  readonly says: string;
  /** Where the claim comes from. */
  readonly source: string;
}

/** In every reachable state: if `given`, then `holds`. */
export interface Always<S, X> extends Statement {
  readonly kind: 'always';
  /** When the claim says anything; a claim whose antecedent never comes true is vacuous. */
  readonly given?: (state: S, setting: X) => boolean;
  readonly holds: (state: S, setting: X) => boolean;
}

/** No reachable step is `bad`; `given` says which steps the claim is about. */
export interface NeverStep<S, X> extends Statement {
  readonly kind: 'never-step';
  readonly given?: (before: S, after: S, setting: X) => boolean;
  readonly bad: (before: S, after: S, setting: X) => boolean;
}

/** Some reachable state is a `witness`: the model can do what it is meant to. */
export interface Sometimes<S, X> extends Statement {
  readonly kind: 'sometimes';
  readonly witness: (state: S, setting: X) => boolean;
}

/** On every path, a state that is `given` is followed by one that `responds`, at most `steps` steps on. */
export interface Within<S, X> extends Statement {
  readonly kind: 'within';
  readonly given: (state: S, setting: X) => boolean;
  readonly responds: (state: S, setting: X) => boolean;
  readonly steps: number;
}

/**
 * In every reachable state something can happen, unless `mayEnd` says that stopping is right there. A step
 * that changes nothing is something, too. Never vacuous: what it asks, it asks of every state.
 */
export interface NoDeadlock<S, X> extends Statement {
  readonly kind: 'no-deadlock';
  readonly mayEnd?: (state: S, setting: X) => boolean;
}

/**
 * From every reachable state (in which `given`, if that is there) a state that is `good` can still be
 * reached: whatever happened, something could put it right. It does not say that anything will.
 */
export interface Recovers<S, X> extends Statement {
  readonly kind: 'recovers';
  /** From which states it must be possible; a claim whose antecedent never comes true is vacuous. */
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
