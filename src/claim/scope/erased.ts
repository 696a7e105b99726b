import {
  canonical,
  integers,
  runnable,
  stepOf,
  systemOf,
  type AnyAction,
  type AnyModel,
  type Instance,
  type Scenario,
  type State,
  type System,
  type Value,
} from '../../model/index.ts';

/** A part with the instances that it brings. */
export interface Bringing {
  readonly id: string;
  readonly instances: readonly Instance[];
}

const stepsTo = (path: string): readonly string[] => path.split('.');

/** Returns the value at a dotted path. */
const valueAt = (state: State, path: string): Value =>
  stepsTo(path).reduce<Value>((value, step) => (value as { readonly [name: string]: Value })[step]!, state);

/** Writes the value at a dotted path of a draft. */
const writeAt = (draft: object, path: string, value: Value): void => {
  const steps = stepsTo(path);
  const last = steps.at(-1)!;
  const holder = steps.slice(0, -1).reduce<object>((part, step) => part[step as keyof object], draft);
  (holder as { [name: string]: Value })[last] = value;
};

const withValues = (state: State, paths: readonly string[], values: readonly Value[]): State => {
  const copy = structuredClone(state);
  paths.forEach((path, index) => writeAt(copy, path, values[index]!));
  return copy;
};

/**
 * The most values of its fields that a part goes through; one that has more is not proved to be irrelevant.
 */
const MOST_VALUES = 64;

/**
 * Finds what the instances of a part write in a state, and the values that follow step by step; undefined for
 * too many.
 */
export const writtenBy = (
  system: System,
  { instances }: Bringing,
  unread: readonly string[],
):
  | {
      readonly paths: readonly string[];
      readonly others: boolean;
      readonly values: readonly (readonly Value[])[];
    }
  | undefined => {
  const first = system.initial[0]!;
  const can = (state: State, instance: Instance): boolean =>
    system.model.actions[instance.action]!.when?.(state, instance.choice as never, system.setting) !== false;
  const after = (state: State): readonly State[] =>
    instances.filter((instance) => can(state, instance)).map((instance) => stepOf(system, state, instance));
  const paths = unread.filter((path) =>
    after(first).some((state) => valueAt(state, path) !== valueAt(first, path)),
  );
  const others = after(first).some(
    (state) =>
      canonical(
        withValues(
          state,
          paths,
          paths.map((path) => valueAt(first, path)),
        ),
      ) !== canonical(first),
  );
  const valuesIn = (state: State): readonly Value[] => paths.map((path) => valueAt(state, path));
  const known = new Map([[canonical(valuesIn(first)), valuesIn(first)]]);
  for (const values of known.values()) {
    if (known.size > MOST_VALUES) return undefined;
    for (const state of after(withValues(first, paths, values)))
      known.set(canonical(valuesIn(state)), valuesIn(state));
  }
  return { paths, others, values: [...known.values()] };
};

/** A part as an erased system has it. */
export interface Erased extends Bringing {
  readonly paths: readonly string[];
  readonly values: readonly (readonly Value[])[];
}

type Acting = AnyAction<State, never>;

/**
 * An instance of a part as an action that happens with every value that the part's own fields may have by
 * then, and leaves them as they were at first: what it does to all else, whatever they hold. Values that were
 * not expected stay, and so does the field take a second value.
 */
const erasedAction = (
  system: System,
  { paths, values }: Erased,
  { action, actor, choice }: Instance,
): Acting => {
  const original = system.model.actions[action]!;
  const first = system.initial[0]!;
  const expected = new Set(values.map((tuple) => canonical(tuple)));
  const set = (draft: object, tuple: readonly Value[]): void =>
    paths.forEach((path, index) => writeAt(draft, path, tuple[index]!));
  return {
    actor,
    says: original.says,
    choose: { held: integers(0, values.length - 1) },
    then: (draft: object, { held }: { readonly held: number }, setting: never) => {
      set(draft, values[held]!);
      if (original.when?.(draft as State, choice as never, setting) !== false)
        original.then(draft as never, choice as never, setting);
      const left = paths.map((path) => valueAt(draft as State, path));
      if (expected.has(canonical(left)))
        set(
          draft,
          paths.map((path) => valueAt(first, path)),
        );
    },
  };
};

/** Returns the name of the action that stands for instance `index` of a part. */
export const actionName = (part: string, index: number): string => `${part} (${index})`;

/**
 * `base` with all that `parts` bring, and without the values of the fields that only they read: it reaches
 * whatever `base` with the parts does, as far as the other fields go. `scenario` is the one with the parts.
 */
export const erasedSystem = (
  base: System,
  scenario: Scenario,
  asked: readonly string[],
  parts: readonly Erased[],
): System => {
  const { instances, model, setting } = base;
  const extended = systemOf(model, scenario);
  const own = Object.entries(model.actions).map(([name, action]) => {
    const choose = typeof action.choose === 'function' ? action.choose(setting) : (action.choose ?? {});
    const exists = instances.some((instance) => instance.action === name);
    const { needs: _, ...rest } = action;
    return [name, { ...rest, choose: exists ? choose : {}, exists: () => exists }] as const;
  });
  const brought = parts.flatMap((part) =>
    part.instances.map(
      (instance, index) => [actionName(part.id, index), erasedAction(extended, part, instance)] as const,
    ),
  );
  const { interchangeable: __, ...rest } = model;
  const erased = {
    ...rest,
    actions: Object.fromEntries<unknown>([...own, ...brought]),
    invariants: Object.fromEntries(asked.map((id) => [id, model.invariants[id]])),
  };
  return systemOf(runnable(erased as unknown as AnyModel), scenario);
};
