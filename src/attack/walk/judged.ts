import type { Invariant, Setting, State, System } from '../../model/index.ts';
import { pathViolatesOrWitnesses } from '../../search/trace.ts';

/** What an invariant says at one place of a path. */
export type Judged =
  /** It is broken here (for `sometimes`: its witness is reached). */
  | 'broken'
  | 'witnessed'
  /** It is asked here, and holds; of `recovers`, that a good state is here already. */
  | 'holds'
  /** What it is asked under (`given`) is not so here: it says nothing. */
  | 'not asked'
  /** A response is owed. */
  | 'waits'
  /** No witness yet; nothing is broken by that. */
  | 'no witness'
  /** What can be reached from here would have to be searched. */
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

/** What a path is judged by: a response may be owed since long ago, everything else shows at its end. */
const windowOf = (kind: Invariant<State, unknown>['kind'], states: readonly State[]): readonly State[] => {
  if (kind === 'within') return states;
  return states.slice(kind === 'never-step' ? -2 : -1);
};

/** What `invariant` says at the end of a path, as the searches judge it. */
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
