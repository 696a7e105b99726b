import { produce, setAutoFreeze } from 'immer';

setAutoFreeze(true);

/** A model as its text gives it: its functions are called, and nothing else is known of them. */
export interface PlainModel {
  readonly parameters: object;
  readonly initial: (setting: object) => object | readonly object[];
  readonly actions: { readonly [name: string]: PlainAction };
  readonly invariants: { readonly [name: string]: PlainClaim };
}

type Choices = { readonly [name: string]: { readonly values: readonly unknown[] } };
type Asks = (...states: readonly object[]) => boolean;

interface PlainAction {
  readonly needs?: string;
  readonly exists?: (setting: object) => boolean;
  readonly choose?: Choices | ((setting: object) => Choices);
  readonly when?: (state: object, choice: object, setting: object) => boolean;
  readonly then: (draft: object, choice: object, setting: object) => unknown;
}

/** A claim with the questions of its kind: each is given a state, or two, and the setting. */
export interface PlainClaim {
  readonly kind: 'always' | 'sometimes' | 'never-step' | 'within' | 'no-deadlock' | 'recovers';
  readonly given?: Asks;
  readonly holds?: Asks;
  readonly witness?: Asks;
  readonly bad?: Asks;
  readonly responds?: Asks;
  readonly steps?: number;
  readonly mayEnd?: Asks;
  readonly good?: Asks;
}

/** A scenario, without the types of the library. */
export interface PlainScenario {
  readonly without: readonly string[];
  readonly capabilities: readonly string[];
  readonly parameters: object;
}

/** One thing that can happen. */
export interface Deed {
  readonly name: string;
  readonly choice: object;
  readonly action: PlainAction;
}

/** A model in its circumstances. */
export interface World {
  readonly model: PlainModel;
  readonly setting: object;
  readonly deeds: readonly Deed[];
  readonly initial: readonly object[];
}

/** An error: a model did what no model may do. */
export class NoModel extends Error {}

/**
 * Returns the text that tells a state from any other; the order of keys is part of it. Throws `NoModel` for
 * what is no plain value.
 */
export const keyOf = (value: unknown): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value) && !Object.is(value, -0)) return String(value);
    throw new NoModel(`a state has ${Object.is(value, -0) ? '-0' : value}`);
  }
  if (Array.isArray(value)) {
    const texts: string[] = [];
    for (let at = 0; at < value.length; at += 1) texts.push(keyOf(value[at]));
    return `[${texts.join()}]`;
  }
  if (typeof value !== 'object') throw new NoModel(`a state has ${typeof value}`);
  return `{${Object.entries(value)
    .map(([key, part]) => `${key}:${keyOf(part)}`)
    .join()}}`;
};

const choicesOf = (choices: Choices): readonly object[] => {
  let made: readonly object[] = [{}];
  for (const [name, { values }] of Object.entries(choices))
    made = made.flatMap((choice) => values.map((value) => ({ ...choice, [name]: value })));
  return made;
};

const frozen = <T>(value: T): T => {
  if (value !== null && typeof value === 'object') {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
};

/** Puts a model into its scenario. */
export const worldOf = (model: PlainModel, scenario: PlainScenario): World => {
  const off = new Set(scenario.without);
  const setting = {
    parameters: { ...model.parameters, ...scenario.parameters },
    defends: (defence: string) => !off.has(defence),
  };
  const deeds = Object.entries(model.actions).flatMap(([name, action]) => {
    if (action.needs !== undefined && !scenario.capabilities.includes(action.needs)) return [];
    if (action.exists !== undefined && !action.exists(setting)) return [];
    const choices = typeof action.choose === 'function' ? action.choose(setting) : (action.choose ?? {});
    return choicesOf(choices).map((choice) => ({ name, choice, action }));
  });
  const first = model.initial(setting);
  const initial = (Array.isArray(first) ? (first as readonly object[]) : [first]).map(frozen);
  return { model, setting, deeds, initial };
};

/** Checks an answer: a yes or no; anything else is no model. */
export const asked = (answer: unknown): boolean => {
  if (typeof answer === 'boolean') return answer;
  throw new NoModel(`a question is answered by ${String(answer)}`);
};

/** Whether something can happen in a state. */
export const canHappen = ({ setting }: World, state: object, { action, choice }: Deed): boolean =>
  action.when === undefined || asked(action.when(state, choice, setting));

/** Returns the state after it. */
export const after = ({ setting }: World, state: object, { action, choice }: Deed): object =>
  produce(state, (draft) => {
    if (action.then(draft, choice, setting) !== undefined) throw new NoModel('a recipe returns something');
  });
