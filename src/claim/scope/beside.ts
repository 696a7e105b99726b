import {
  runnable,
  systemOf,
  type AnyModel,
  type Invariant,
  type RunnableModel,
  type Setting,
  type State,
  type System,
} from '../../model/index.ts';
import type { Bringing } from './bringing.ts';

type Given = Setting<object>;
type Action = RunnableModel['actions'][string];

/** A state of the system, and which part was used to reach it: its number, from 1 on, or 0 for none. */
interface Whole {
  readonly used: number;
  readonly inner: State;
}

const wholeOf = (state: unknown): Whole => state as Whole;

/** The setting, which calls `onParameter` with each parameter that a function asks after. */
const listening = ({ defends, parameters }: Given, onParameter: (name: string) => void): Given => {
  const heard = {};
  for (const [name, value] of Object.entries(parameters)) {
    const get = (): unknown => {
      onParameter(name);
      return value;
    };
    Object.defineProperty(heard, name, { enumerable: true, get });
  }
  return { defends, parameters: Object.freeze(heard) };
};

const ownAction = ({ base, setting, name, action }: Own): Action => {
  const { choose, exists: _, needs: __, then, when, ...rest } = action;
  const has = base.instances.some((instance) => instance.action === name);
  return {
    ...rest,
    choose: has && choose !== undefined ? (typeof choose === 'function' ? choose(base.setting) : choose) : {},
    exists: () => has,
    when: (state, choice) => when?.(wholeOf(state).inner, choice, setting) ?? true,
    then: (draft, choice) => then((draft as unknown as { inner: typeof draft }).inner, choice, setting),
  };
};

interface Own {
  readonly base: System;
  readonly setting: Given;
  readonly name: string;
  readonly action: Action;
}

/** Returns the name of the action that stands for instance `index` of part `number`. */
export const broughtName = (number: number, index: number): string => `part ${number} (${index})`;

const broughtAction = (
  { model }: System,
  { instances }: Bringing,
  setting: Given,
  index: number,
  number: number | undefined,
): Action => {
  const { action, choice } = instances[index]!;
  const { then, when } = model.actions[action]!;
  return {
    actor: 'part',
    says: 'does what a part brings',
    when: (state) => {
      const { inner, used } = wholeOf(state);
      const isItsTurn = number === undefined || used === 0 || used === number;
      return isItsTurn && (when?.(inner, choice as never, setting) ?? true);
    },
    then: (draft) => {
      const whole = draft as unknown as { inner: typeof draft; used: number };
      then(whole.inner, choice as never, setting);
      if (number !== undefined) whole.used = number;
    },
  };
};

const innerInvariant = (invariant: Invariant<State, Given>, setting: Given): Invariant<State, Given> => {
  const of = (test: (state: State, setting: Given) => boolean) => (state: State) =>
    test(wholeOf(state).inner, setting);
  const ofStep = (test: (before: State, after: State, setting: Given) => boolean) => (a: State, b: State) =>
    test(wholeOf(a).inner, wholeOf(b).inner, setting);
  if (invariant.kind === 'always') {
    const { given, holds } = invariant;
    return { ...invariant, holds: of(holds), ...(given === undefined ? {} : { given: of(given) }) };
  }
  if (invariant.kind === 'never-step') {
    const { bad, given } = invariant;
    return { ...invariant, bad: ofStep(bad), ...(given === undefined ? {} : { given: ofStep(given) }) };
  }
  throw new TypeError(`${invariant.kind} is not asked beside parts`);
};

/** The manner in which parts stand beside a scenario: all at once, or one at a time, whichever acts first. */
export type Manner = 'all' | 'one';

/**
 * `base` with what parts bring, and what `used` says which of them acted. `onParameter` hears which
 * parameters functions ask after: what they do is what they do in the scenario of a part only if they do not
 * ask after those that the part changes.
 */
export const besideSystem = (
  base: System,
  invariants: readonly string[],
  brought: readonly Bringing[],
  manner: Manner,
  onParameter: (name: string) => void,
): System => {
  const { initial, model } = base;
  const setting = listening(base.setting, onParameter);
  const own = Object.entries(model.actions).map(
    ([name, action]) => [name, ownAction({ base, setting, name, action })] as const,
  );
  const more = brought.flatMap((one, at) => {
    const told = listening(one.setting, onParameter);
    const number = manner === 'one' ? at + 1 : undefined;
    return one.instances.map(
      (_, index) => [broughtName(at + 1, index), broughtAction(base, one, told, index, number)] as const,
    );
  });
  const { accepts: _, interchangeable: __, present: ___, universe: ____, ...rest } = model;
  const beside = {
    ...rest,
    defences: {},
    capabilities: {},
    parameters: {},
    initial: () => initial.map((inner) => ({ used: 0, inner })),
    actions: Object.fromEntries<unknown>([...own, ...more]),
    invariants: Object.fromEntries(
      invariants.map((id) => [id, innerInvariant(model.invariants[id]!, setting)]),
    ),
  };
  return systemOf(runnable(beside as unknown as AnyModel), { without: [], capabilities: [], parameters: {} });
};
