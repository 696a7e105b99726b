/**
 * A decision over the fields of a state, as it was learned: which field is read first, and for each of
 * its values what comes next, down to the number of an outcome.
 */
export type Decision =
  | { readonly kind: 'leaf'; readonly outcome: number }
  | {
      readonly kind: 'read';
      readonly field: number;
      /** The cases, by value number; undefined where no state that came here has that value. */
      readonly cases: readonly (Decision | undefined)[];
    };
