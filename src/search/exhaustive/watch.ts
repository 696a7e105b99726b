import type { System } from '../../model/index.ts';
import type { Verdict } from '../result.ts';
import type { Row, Space } from '../space/space.ts';

type StateTest = (row: Row) => boolean;
type StepTest = (before: Row, after: Row) => boolean;

/** One invariant under watch during a search, with its learned tests and what is known of it so far. */
export type Watch = {
  readonly id: string;
  /** Set once the invariant is decided; it is not looked at any more. */
  verdict: Verdict | undefined;
  /** States (steps, for `never-step`) in which the invariant had something to say. */
  antecedents: number;
} & (
  | {
      readonly kind: 'always';
      readonly conditional: boolean;
      readonly given: StateTest;
      readonly holds: StateTest;
    }
  | { readonly kind: 'never-step'; readonly given: StepTest; readonly bad: StepTest }
  | { readonly kind: 'sometimes'; readonly witness: StateTest }
  | {
      readonly kind: 'within';
      readonly given: StateTest;
      readonly responds: StateTest;
      readonly steps: number;
    }
);

/** A watch on steps rather than states. */
export type StepWatch = Extract<Watch, { readonly kind: 'never-step' }>;

const watchOf = (system: System, space: Space, id: string): Watch => {
  const { model, setting } = system;
  const claim = model.invariants[id]!;
  const where = `model ${model.id}, invariant ${id}`;
  const common = { id, verdict: undefined, antecedents: 0 };
  switch (claim.kind) {
    case 'always':
      return {
        ...common,
        kind: 'always',
        conditional: claim.given !== undefined,
        given: space.ask({ where, test: (state) => claim.given?.(state, setting) ?? true }),
        holds: space.ask({ where, test: (state) => claim.holds(state, setting) }),
      };
    case 'never-step':
      return {
        ...common,
        kind: 'never-step',
        given: space.askStep({ where, test: (a, b) => claim.given?.(a, b, setting) ?? true }),
        bad: space.askStep({ where, test: (a, b) => claim.bad(a, b, setting) }),
      };
    case 'sometimes':
      return {
        ...common,
        kind: 'sometimes',
        witness: space.ask({ where, test: (state) => claim.witness(state, setting) }),
      };
    case 'within':
      return {
        ...common,
        kind: 'within',
        given: space.ask({ where, test: (state) => claim.given(state, setting) }),
        responds: space.ask({ where, test: (state) => claim.responds(state, setting) }),
        steps: claim.steps,
      };
  }
};

/** Watches for the named invariants, in the model's order. */
export const watchesOf = (system: System, space: Space, ids: readonly string[]): readonly Watch[] =>
  Object.keys(system.model.invariants)
    .filter((id) => ids.includes(id))
    .map((id) => watchOf(system, space, id));
