import type { Invariant, Setting, State, System } from '../../model/index.ts';
import { pathViolatesOrWitnesses } from '../../search/trace.ts';

/** The answer of an invariant at one place of a path. */
export type Judged =
  /** The invariant is broken here (for `sometimes`: its witness is reached). */
  | 'broken'
  | 'witnessed'
  /** The invariant is asked here, and holds; for `recovers`, a good state is here already. */
  | 'holds'
  /** The antecedent (`given`) is false here: the invariant says nothing. */
  | 'not asked'
  /** A response is owed. */
  | 'waits'
  /** The witness is not reached yet; nothing is broken by that. */
  | 'no witness'
  /** The answer needs a search of all that can be reached from here. */
  | 'needs a search';

const givenAt = (
  claim: Exclude<Invariant<State, Setting<object>>, { readonly kind: 'sometimes' | 'no-deadlock' }>,
  states: readonly State[],
  setting: Setting<object>,
): boolean => {
  const [now, before] = [states.at(-1)!, states.at(-2)];
  if (claim.kind !== 'never-step') return claim.given?.(now, setting) ?? true;
  return before !== undefined && (claim.given?.(before, now, setting) ?? true);
};

const isOwed = (
  claim: Invariant<State, Setting<object>>,
  states: readonly State[],
  setting: Setting<object>,
): boolean => {
  if (claim.kind !== 'within') return false;
  const answered = states.findLastIndex((state) => claim.responds(state, setting));
  return states.slice(answered + 1).some((state) => claim.given(state, setting));
};

/**
 * Returns the states that a path is judged by: a response may be owed since long ago, everything else shows
 * at its end.
 */
const windowOf = (kind: Invariant<State, unknown>['kind'], states: readonly State[]): readonly State[] => {
  if (kind === 'within') return states;
  return states.slice(kind === 'never-step' ? -2 : -1);
};

/** Judges `invariant` at the end of a path, as the searches do. */
export const judgedAt = (system: System, invariant: string, states: readonly State[]): Judged => {
  const { model, setting } = system;
  const claim = model.invariants[invariant]!;
  if (pathViolatesOrWitnesses(system, invariant, windowOf(claim.kind, states))) {
    return claim.kind === 'sometimes' ? 'witnessed' : 'broken';
  }
  switch (claim.kind) {
    case 'sometimes':
      return 'no witness';
    case 'no-deadlock':
      return 'holds';
    case 'within':
      return isOwed(claim, states, setting) ? 'waits' : 'not asked';
    case 'recovers':
      if (!givenAt(claim, states, setting)) return 'not asked';
      return claim.good(states.at(-1)!, setting) ? 'holds' : 'needs a search';
    case 'always':
    case 'never-step':
      return givenAt(claim, states, setting) ? 'holds' : 'not asked';
  }
};
