/** The outcome of an attack that is replayed with one of its steps left out, or in another system. */
export type ReplayOutcome =
  | { readonly kind: 'works' }
  /** All steps are possible, and break nothing. */
  | { readonly kind: 'harmless' }
  /** Step `step` is not possible: its guard refuses or, without `guard`, the scenario has no such step. */
  | { readonly kind: 'refused'; readonly step: number; readonly guard?: true };
