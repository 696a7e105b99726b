import { enabledIn, guarded, type Invariant, type State, type System } from '../../../model/index.ts';
import type { Run } from '../run.ts';

/** The result of one run for one invariant. */
export interface Sighting {
  /** The number of steps after which it was broken (for `sometimes`: its witness reached), if it was. */
  readonly at: number | undefined;
  /** The number of states (steps, for `never-step`) until then in which it had something to say. */
  readonly antecedents: number;
}

/** The answer of an invariant about one more state of a run. */
type Look = 'silent' | 'speaks' | 'decided';

const isStuck = (system: System, { states }: Run): boolean => enabledIn(system, states.at(-1)!).length === 0;

/**
 * Makes a function that looks at the states of one run in their order. A response is owed until it comes, so
 * it remembers.
 */
const looker = (
  system: System,
  claim: Invariant<State, object>,
  run: Run,
  isLost: (state: State) => boolean,
): ((index: number) => Look) => {
  const { setting } = system;
  const { states } = run;
  switch (claim.kind) {
    case 'always':
      return (index) => {
        if (!(claim.given?.(states[index]!, setting) ?? true)) return 'silent';
        return claim.holds(states[index]!, setting) ? 'speaks' : 'decided';
      };
    case 'never-step':
      return (index) => {
        if (index === 0) return 'silent';
        const before = states[index - 1]!;
        const after = states[index]!;
        if (!(claim.given?.(before, after, setting) ?? true)) return 'silent';
        return claim.bad(before, after, setting) ? 'decided' : 'speaks';
      };
    case 'sometimes':
      return (index) => (claim.witness(states[index]!, setting) ? 'decided' : 'silent');
    case 'within': {
      let waited = 0;
      return (index) => {
        const state = states[index]!;
        if (claim.responds(state, setting)) waited = 0;
        else if (waited > 0 || claim.given(state, setting)) waited += 1;
        if (waited === 0) return 'silent';
        // A run that ran out of depth may still respond; one from which nothing can happen never does.
        const never = index === states.length - 1 && isStuck(system, run);
        return waited > claim.steps || never ? 'decided' : 'speaks';
      };
    }
    case 'no-deadlock':
      return (index) => {
        // Something happened in every state but the last.
        if (index < states.length - 1 || !isStuck(system, run)) return 'silent';
        return claim.mayEnd?.(states[index]!, setting) === true ? 'speaks' : 'decided';
      };
    case 'recovers':
      // One path, however long, does not tell that no other leads to a good state.
      return (index) => {
        if (!(claim.given?.(states[index]!, setting) ?? true)) return 'silent';
        return isLost(states[index]!) ? 'decided' : 'speaks';
      };
  }
};

/**
 * Whether a run by itself can decide `invariant`: `recovers` is about all paths from a state, and a run is
 * one of them.
 */
export const isForRuns = ({ model }: System, invariant: string): boolean =>
  model.invariants[invariant]!.kind !== 'recovers';

/**
 * Finds the first place where `run` decides `invariant`; a `recovers` is decided in a state that `isLost`.
 * Throws UW106 if the invariant throws.
 */
export const sightingOf = (
  system: System,
  invariant: string,
  run: Run,
  isLost: (state: State) => boolean = () => false,
): Sighting => {
  const { model } = system;
  let at = 0;
  const lookAtAll = (): Sighting => {
    const look = looker(system, model.invariants[invariant]! as Invariant<State, object>, run, isLost);
    let antecedents = 0;
    for (; at < run.states.length; at += 1) {
      const seen = look(at);
      if (seen !== 'silent') antecedents += 1;
      if (seen === 'decided') return { at, antecedents };
    }
    return { at: undefined, antecedents };
  };
  return guarded(`model ${model.id}, invariant ${invariant}`, lookAtAll, () => run.states[at]!);
};
