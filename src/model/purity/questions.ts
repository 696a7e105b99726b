import type { Invariant } from '../invariant.ts';
import type { State } from '../model.ts';
import type { Setting } from '../scenario.ts';
import type { System } from '../system.ts';

/** A question of an invariant about a state, or about the states before and after a step, as text. */
export interface Question {
  readonly where: string;
  readonly of: 'state' | 'step';
  readonly ask: (before: State, after: State, setting: Setting<object>) => string;
}

type Asking = Pick<Question, 'of' | 'ask'>;

const SILENT = 'not given';

const askingOf = (claim: Invariant<State, Setting<object>>): Asking => {
  switch (claim.kind) {
    case 'always':
      return {
        of: 'state',
        ask: (state, _, setting) =>
          (claim.given?.(state, setting) ?? true) ? String(claim.holds(state, setting)) : SILENT,
      };
    case 'never-step':
      return {
        of: 'step',
        ask: (before, after, setting) =>
          (claim.given?.(before, after, setting) ?? true)
            ? String(claim.bad(before, after, setting))
            : SILENT,
      };
    case 'sometimes':
      return { of: 'state', ask: (state, _, setting) => String(claim.witness(state, setting)) };
    case 'within':
      return {
        of: 'state',
        ask: (state, _, setting) =>
          claim.responds(state, setting) ? 'responds' : String(claim.given(state, setting)),
      };
    case 'no-deadlock':
      return { of: 'state', ask: (state, _, setting) => String(claim.mayEnd?.(state, setting)) };
    case 'recovers':
      return {
        of: 'state',
        ask: (state, _, setting) =>
          `${String(claim.given?.(state, setting))}, good: ${String(claim.good(state, setting))}`,
      };
  }
};

/** The questions of a system's invariants. */
export const questionsOf = ({ model }: System): readonly Question[] =>
  Object.entries(model.invariants).map(([name, claim]) => ({
    where: `model ${model.id}, invariant ${name}`,
    ...askingOf(claim),
  }));
