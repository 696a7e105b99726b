import {
  canonical,
  runnable,
  type AnyModel,
  type Choice,
  type Choices,
  type Invariant,
  type OnDefence,
  type RunnableModel,
  type Scenario,
  type Setting,
  type State,
  type Value,
} from '../model/index.ts';

/** Several variants of a scenario in one system, each with other defences switched off. */
export interface Variants {
  readonly model: RunnableModel;
  /** Returns the name, in that model, of an invariant as it is asked of one variant. */
  readonly nameOf: (invariant: string, variant: number) => string;
}

type Given = Setting<object>;
type Action = RunnableModel['actions'][string];

/** A state of the system: which variant it belongs to, what is off there, and the state of the model. */
interface Whole {
  readonly variant: number;
  readonly off: { readonly [defence: string]: boolean };
  readonly inner: State;
}

const wholeOf = (state: unknown): Whole => state as Whole;

/** Returns the setting in which `drop` is off, too. */
const settingWithout = ({ defends, parameters }: Given, drop: readonly string[]): Given => ({
  parameters,
  defends: (defence) => defends(defence) && !drop.includes(defence),
});

/**
 * Returns the setting that holds in a state. It looks up what is off where a function asks, so that the other
 * functions learn once for all variants.
 */
const settingIn =
  (switched: ReadonlySet<string>) =>
  ({ defends, parameters }: Given, { off }: Whole): Given => ({
    parameters,
    defends: (defence) => defends(defence) && !(switched.has(defence) && off[defence] === true),
  });

type SettingIn = ReturnType<typeof settingIn>;

/** Whether a variant lets the actor choose so; undefined where every variant does. */
type Allows = (choice: Choice) => ((variant: number) => boolean) | undefined;

const actionIn = (action: Action, inState: SettingIn, allows: Allows): Action => {
  const { exists, when, then, choose: _, ...rest } = action;
  return {
    ...rest,
    when: (state, choice, given) => {
      const whole = wholeOf(state);
      const allowed = allows(choice);
      if (allowed !== undefined && !allowed(whole.variant)) return false;
      const setting = inState(given, whole);
      return exists?.(setting) !== false && (when?.(whole.inner, choice, setting) ?? true);
    },
    then: (draft, choice, given) => {
      const whole = draft as unknown as { inner: typeof draft } & Whole;
      return then(whole.inner, choice, inState(given, whole));
    },
  };
};

const invariantIn = (
  invariant: Invariant<State, Given>,
  variant: number,
  inState: SettingIn,
): Invariant<State, Given> => {
  const isHere = (state: State): boolean => wholeOf(state).variant === variant;
  const of =
    (test: ((state: State, setting: Given) => boolean) | undefined, otherwise: boolean) =>
    (state: State, given: Given): boolean => {
      const whole = wholeOf(state);
      return test === undefined ? otherwise : test(whole.inner, inState(given, whole));
    };
  const here =
    (test: ((state: State, setting: Given) => boolean) | undefined, otherwise: boolean) =>
    (state: State, given: Given): boolean =>
      isHere(state) && of(test, otherwise)(state, given);
  switch (invariant.kind) {
    case 'always':
      return { ...invariant, given: here(invariant.given, true), holds: of(invariant.holds, true) };
    case 'never-step': {
      const asked =
        (test: typeof invariant.given) =>
        (before: State, after: State, given: Given): boolean => {
          const setting = inState(given, wholeOf(before));
          return isHere(before) && (test?.(wholeOf(before).inner, wholeOf(after).inner, setting) ?? true);
        };
      return { ...invariant, given: asked(invariant.given), bad: asked(invariant.bad) };
    }
    case 'sometimes':
      return { ...invariant, witness: here(invariant.witness, false) };
    case 'within':
      return { ...invariant, given: here(invariant.given, false), responds: of(invariant.responds, false) };
    case 'no-deadlock':
      return {
        ...invariant,
        mayEnd: (state, given) => !isHere(state) || of(invariant.mayEnd, false)(state, given),
      };
    case 'recovers':
      return { ...invariant, given: here(invariant.given, true), good: of(invariant.good, false) };
  }
};

const textOf = (value: unknown): string => canonical(value as Value);

/**
 * Returns the choices that an action offers its actor in some variant, and in which; undefined where variants
 * name other choices.
 */
const choicesOf = (
  { choose, exists }: Action,
  settings: readonly Given[],
): { readonly choices: Choices | undefined; readonly allows: Allows } | undefined => {
  const everywhere: Allows = () => undefined;
  if (typeof choose !== 'function') return { choices: choose, allows: everywhere };
  const all = settings.map((setting) => (exists?.(setting) === false ? undefined : choose(setting)));
  const there = all.filter((choices) => choices !== undefined);
  const [first] = there;
  if (first === undefined) return { choices: undefined, allows: everywhere };
  if (there.every((choices) => textOf(choices) === textOf(first)))
    return { choices: first, allows: everywhere };
  const names = Object.keys(first);
  if (there.some((choices) => textOf(Object.keys(choices)) !== textOf(names))) return undefined;
  const valuesOf = (name: string): Choices[string] => {
    const values = new Map(
      there.flatMap((choices) => choices[name]!.values.map((value) => [textOf(value), value] as const)),
    );
    return { values: [...values.values()] };
  };
  const known = all.map((choices) =>
    names.map((name) => new Set((choices?.[name]?.values ?? []).map(textOf))),
  );
  return {
    choices: Object.fromEntries(names.map((name) => [name, valuesOf(name)])),
    allows: (choice) => {
      const isIn = (variant: number): boolean =>
        names.every((name, at) => known[variant]![at]!.has(textOf(choice[name])));
      return all.every((choices, variant) => choices === undefined || isIn(variant)) ? undefined : isIn;
    },
  };
};

/**
 * The model as a system of its variants in `scenario`: which defences are off is chosen at the start and
 * stays. The behaviour of a function that asks after no defence is learned once for all of them. Undefined
 * where the variants differ in more than answers and values: in the names of what an actor may choose.
 * `onDefence` hears what is asked while it is made; what is asked later a system hears.
 */
export const variantsOf = (
  anyModel: AnyModel,
  scenario: Scenario,
  drops: readonly (readonly string[])[],
  invariants: readonly string[],
  onDefence?: OnDefence,
): Variants | undefined => {
  const model = runnable(anyModel);
  const given: Given = {
    parameters: { ...model.parameters, ...scenario.parameters },
    defends: (defence) => {
      onDefence?.(defence);
      return !scenario.without.includes(defence);
    },
  };
  const settings = drops.map((drop) => settingWithout(given, drop));
  const switched = [...new Set(drops.flat())];
  const inState = settingIn(new Set(switched));
  const actions: { [name: string]: Action } = {};
  for (const [name, action] of Object.entries(model.actions)) {
    if (settings.every((setting) => action.exists?.(setting) === false)) continue;
    const found = choicesOf(action, settings);
    if (found === undefined) return undefined;
    const { allows, choices } = found;
    actions[name] = {
      ...actionIn(action, inState, allows),
      ...(choices === undefined ? {} : { choose: choices }),
    };
  }
  const nameOf = (invariant: string, variant: number): string => `${invariant} (${variant})`;
  const { present: _p, interchangeable: _i, ...rest } = model;
  return {
    nameOf,
    model: {
      ...rest,
      initial: (base) =>
        drops.flatMap((drop, variant) => {
          const first = model.initial(settingWithout(base, drop));
          const off = Object.fromEntries(switched.map((defence) => [defence, drop.includes(defence)]));
          return (Array.isArray(first) ? first : [first]).map((inner): State => ({ variant, off, inner }));
        }),
      actions,
      invariants: Object.fromEntries(
        invariants.flatMap((id) =>
          drops.map((_, variant) => [
            nameOf(id, variant),
            invariantIn(model.invariants[id]!, variant, inState),
          ]),
        ),
      ),
    },
  };
};
