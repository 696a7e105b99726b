import type { Draft } from 'immer';
import type { Choice, Choices } from './domain.ts';
import type { Setting } from './scenario.ts';

/**
 * An action: one thing that can happen, with who does it, what it takes, when it is possible, and what it
 * changes. `when` and `then` are pure: they look at the state, the choice and the setting and at nothing
 * else. Hardware that may behave in several ways has an action whose actor is the hardware and whose choice
 * says which way it went.
 */
export interface Action<S, X, C extends Choices = Choices> {
  /** The actor: `adversary`, `hypervisor`, `hardware`, `firmware`, `bmc`, `verifier` … */
  readonly actor: string;
  /** The action in a sentence, for people who read traces. */
  readonly says: string;
  /** The adversary capability that it needs: without that it never happens. */
  readonly needs?: string;
  /** The cost to the adversary, in steps; 1 if not given. */
  readonly cost?: number;
  /**
   * Whether the setting has this action at all: hardware that is not there does nothing. Always, if not
   * given.
   */
  readonly exists?: (setting: X) => boolean;
  /** The choices of its actor. */
  readonly choose?: C | ((setting: X) => C);
  /** The guard: whether the action can happen now; always if not given. */
  readonly when?: (state: S, choice: Choice<C>, setting: X) => boolean;
  /** The effect, as an immer recipe: mutate the draft, return nothing. */
  readonly then: (draft: Draft<S>, choice: Choice<C>, setting: X) => void | undefined;
}

/** An action whose choices only its own functions know; models and engines hold it. */
// Functions take their arguments contravariantly, so a list of actions with different choices needs
// one common view of them; the engine hands each action only choices out of its own domains.
export type AnyAction<S, X> = Omit<Action<S, X>, 'choose' | 'when' | 'then'> & {
  readonly choose?: Choices | ((setting: X) => Choices);
  readonly when?: (state: S, choice: never, setting: X) => boolean;
  readonly then: (draft: Draft<S>, choice: never, setting: X) => void | undefined;
};

/**
 * Declares an action of a model whose state and setting are known; its choices are inferred from its domains.
 */
export type DeclareAction<S, X> = <const C extends Choices>(action: Action<S, X, C>) => AnyAction<S, X>;

/** The parts of a model that say what its actions work on. */
export interface ModelBase<S, P, D extends string> {
  readonly defences: { readonly [K in D]: string };
  readonly parameters: P;
  readonly initial: (setting: Setting<P, D>) => S | readonly S[];
}

/**
 * Fixes the state and the setting that actions work on: by their types, `actionOf<State, Setting>()`, or as
 * the base of a model has them, `actionOf({ defences, parameters, initial })`.
 */
interface ActionOf {
  <S, X>(): DeclareAction<S, X>;
  <S, P extends object, D extends string>(base: ModelBase<S, P, D>): DeclareAction<S, Setting<P, D>>;
}

/** Fixes a model's state and setting, and infers the choices of each action from its domains. */
export const actionOf: ActionOf =
  () =>
  (action: object): never =>
    action as never;
