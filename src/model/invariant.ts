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

/** A claim about a model, of one of four kinds. */
export type Invariant<S, X> = Always<S, X> | NeverStep<S, X> | Sometimes<S, X> | Within<S, X>;
