import type { Choice, Model, RunnableModel, Setting, State } from 'underwatch/model';

/** The effect of a step, without types: a defect replaces it. */
export type AnyThen = (draft: never, choice: never, setting: never) => void;

/** Returns `model` with one action done wrong: `spoil` gets the action's result, and returns another one. */
export const mutantOf = <S, P extends object, D extends string, A extends string, I extends string>(
  model: Model<S, P, D, A, I>,
  action: A,
  spoil: (original: AnyThen) => AnyThen,
): RunnableModel => {
  const whole = model as unknown as RunnableModel;
  const original = whole.actions[action];
  if (original === undefined) throw new RangeError(`no action ${action}`);
  return {
    ...whole,
    actions: { ...whole.actions, [action]: { ...original, then: spoil(original.then) as never } },
  };
};

/** The effect of `original` with the named defences off: a mechanism that is there and does nothing. */
export const ignoring =
  (...defences: readonly string[]) =>
  (original: AnyThen): AnyThen =>
  (draft, choice, setting) => {
    const { defends, ...rest } = setting as Setting<object>;
    const weaker = { ...rest, defends: (name: string) => !defences.includes(name) && defends(name) };
    (original as (draft: State, choice: Choice, setting: Setting<object>) => void)(draft, choice, weaker);
  };
