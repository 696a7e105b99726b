import { Immer, type Draft } from 'immer';
import type { Choice, Choices } from './domain.ts';
import { answeringModel } from './checks/answers.ts';
import { checkChoices } from './checks/domains.ts';
import { Fault } from './fault.ts';
import { framesOf, placeOf } from './frames.ts';
import { runnable, type AnyModel, type RunnableModel, type State } from './model.ts';
import { checkParameters } from './checks/parameters.ts';
import { NotPlain } from './plain/not-plain.ts';
import { assertPlain, byName, canonical } from './plain/plain.ts';
import { withoutProtoWrites } from './plain/proto-key.ts';
import { askedIn, asModel, keptIn } from './watchdog/outside-access.ts';
import { freezeDeeply } from './plain/view.ts';
import { refuseReturned } from './checks/returned.ts';
import { told } from './text/state-text.ts';
import { tooMany } from './too-many.ts';
import { running } from './watchdog/running.ts';
import type { Scenario, Setting } from './scenario.ts';
import { checkStructure } from './checks/structure.ts';

/**
 * An instance: one action with one choice of values. A search tries it in a state, and a trace is made of
 * them.
 */
export interface Instance {
  readonly action: string;
  readonly actor: string;
  readonly choice: Choice;
  readonly cost: number;
  /** The key, `action` or `action {"choice":…}`: unique in its system, stable between runs. */
  readonly key: string;
}

/** A system: a model in a scenario, with all that can happen, in a fixed order, and where it starts. */
export interface System {
  readonly model: RunnableModel;
  readonly scenario: Scenario;
  readonly setting: Setting<object>;
  readonly instances: readonly Instance[];
  readonly initial: readonly State[];
}

// A private immer: freezing is wanted here, whatever the user set for the immer of their own code.
const immer = new Immer({ autoFreeze: true });

/** Every combination of the values of `choices`, the first domain changing slowest. */
const combinations = (choices: Choices): readonly Choice[] =>
  Object.entries(choices).reduce<readonly Choice[]>(
    (partial, [name, domain]) =>
      partial.flatMap((choice) => domain.values.map((value) => ({ ...choice, [name]: value }))),
    [{}],
  );

/** The most combinations of an action's choices. */
const MOST_COMBINATIONS = 100_000;

const needFew = (where: string, choices: Choices): void => {
  const sizes = Object.values(choices).map(({ values }) => values.length);
  const count = sizes.reduce((product, size) => product * size, 1);
  if (count <= MOST_COMBINATIONS) return;
  const got = `${sizes.join(' times ')} combinations`;
  throw tooMany(where, MOST_COMBINATIONS, got);
};

const instancesOf = (
  model: RunnableModel,
  scenario: Scenario,
  setting: Setting<object>,
): readonly Instance[] =>
  Object.entries(model.actions).flatMap(([name, action]) => {
    if (action.needs !== undefined && !scenario.capabilities.includes(action.needs)) return [];
    if (action.exists?.(setting) === false) return [];
    const choices = typeof action.choose === 'function' ? action.choose(setting) : (action.choose ?? {});
    checkChoices(`model ${model.id}, action ${name}`, choices);
    needFew(`model ${model.id}, action ${name}`, choices);
    return freezeDeeply(combinations(choices)).map((choice) => ({
      action: name,
      actor: action.actor,
      choice,
      cost: action.cost ?? 1,
      key: Object.keys(choice).length === 0 ? name : `${name} ${canonical(byName(choice))}`,
    }));
  });

const unknownName = (where: string, got: string, known: readonly string[]): Fault =>
  new Fault('UW105', {
    where,
    expected: known.length === 0 ? 'none, for the model has none' : `one of ${known.join(', ')}`,
    got,
    likely: 'a typing error, or a name of another version of the model',
    next: 'run `underwatch list --models` for the names',
  });

const isListOfNames = (value: unknown): boolean =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');

/** Checks a scenario, where types may not have been checked. Throws UW105 for what is none. */
const needScenario = ({ id }: RunnableModel, scenario: Scenario): void => {
  const { capabilities, parameters, without } = (scenario ?? {}) as Partial<Scenario>;
  const isObject = typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters);
  if (isListOfNames(without) && isListOfNames(capabilities) && isObject) return;
  throw new Fault('UW105', {
    where: `model ${id}, the scenario`,
    expected: 'lists of names `without` and `capabilities`, and an object `parameters`',
    got: scenario === undefined ? 'nothing' : JSON.stringify(scenario),
    likely: 'a part is no list',
    next: 'leave out the parts of which there is nothing to say',
  });
};

/** A listener, called with a defence whenever a function of the model asks after it. */
export type OnDefence = (defence: string) => void;

const settingOf = (
  model: RunnableModel,
  scenario: Scenario,
  onDefence: OnDefence | undefined,
): Setting<object> => {
  needScenario(model, scenario);
  const check = (what: string, names: readonly string[], known: object): void => {
    for (const name of names) {
      if (!Object.hasOwn(known, name)) {
        throw unknownName(`model ${model.id}, ${what} of the scenario`, name, Object.keys(known));
      }
    }
  };
  const parts = { without: true, capabilities: true, parameters: true };
  check('a part', Object.keys(scenario), parts);
  check('a defence', scenario.without, model.defences);
  check('a capability', scenario.capabilities, model.capabilities);
  check('a parameter', Object.keys(scenario.parameters), model.parameters);
  const [byDefault, given]: readonly unknown[] = [model.parameters, scenario.parameters];
  assertPlain(byDefault, `model ${model.id}, parameters`);
  assertPlain(given, `model ${model.id}, parameters of the scenario`);
  checkParameters(model, scenario.parameters);
  const off = new Set(scenario.without);
  return freezeDeeply({
    parameters: { ...model.parameters, ...scenario.parameters },
    defends: (defence: string) => {
      onDefence?.(defence);
      return !off.has(defence);
    },
  });
};

// A model without initial states has no reachable ones, so that anything would hold.
const startsNowhere = (model: RunnableModel): Fault =>
  new Fault('UW101', {
    where: `model ${model.id}, initial`,
    expected: 'at least one initial state',
    got: 'none',
    likely: 'the initial states are computed from a scenario parameter that leaves none',
    next: 'give the model a state to start in',
  });

const checkInitial = (model: RunnableModel, state: unknown): void => {
  const where = `model ${model.id}, initial state`;
  if (typeof state !== 'object' || state === null) {
    throw new Fault('UW114', {
      where,
      expected: 'an object whose fields are what the model speaks of, or a list of such objects',
      got: state === null ? 'null' : `a value of type ${typeof state}`,
      likely: '`initial` returns nothing, or one value instead of a field that holds it',
      next: 'return an object: `initial: () => ({ count: 0 })`',
    });
  }
  assertPlain(state, where);
};

/** The default scenario: every defence is on, and nobody attacks. */
const EVERYTHING_ON: Scenario = { without: [], capabilities: [], parameters: {} };

/**
 * Puts a model into a scenario; parts that the scenario leaves out have their defaults: defences on, no
 * capabilities, parameters as the model has them. `onDefence` hears which defences its functions ask after.
 * Throws UW101 for a model that starts nowhere, UW102 for a choice without values, UW103 for an initial
 * state, a choice or a parameter that is not plain, UW113 for a choice that is no domain, UW114 for a state
 * that is no object, UW118 for choices with too many combinations, UW105 for names that the model does not
 * have and values that its parameters do not take.
 */
export const systemOf = (
  anyModel: AnyModel,
  given: Partial<Scenario> = {},
  onDefence?: OnDefence,
): System => {
  checkStructure(anyModel);
  const scenario: Scenario = { ...EVERYTHING_ON, ...given };
  const model = answeringModel(runnable(anyModel));
  const setting = settingOf(model, scenario, onDefence);
  const where = `model ${model.id}, initial state and choices`;
  const first = guarded(where, () => model.initial(setting));
  const initial = Array.isArray(first) ? (first as readonly State[]) : [first as State];
  if (initial.length === 0) throw startsNowhere(model);
  for (const state of initial) checkInitial(model, state);
  freezeDeeply(initial);
  const instances = guarded(where, () => instancesOf(model, scenario, setting));
  return { model, scenario, setting, instances, initial };
};

/**
 * Describes what was thrown, and by which line of the user's. It may be no error, and may not bear being
 * looked at.
 */
const thrownText = (error: unknown): string => {
  const [frame] = framesOf(error);
  const at = frame === undefined ? '' : `, at ${placeOf(frame)}`;
  try {
    return `${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}${at}`;
  } catch {
    return `something that has no text${at}`;
  }
};

const thrownIn = (where: string, error: unknown, stateOf?: () => State): Fault => {
  if (error instanceof Fault) return error;
  if (error instanceof NotPlain) return error.faultAt(where);
  const details = {
    where,
    expected: 'a function that handles whatever it is given',
    got: thrownText(error),
    likely: `a state the function does not expect${stateOf === undefined ? '' : ` (this is ${told(stateOf())})`}, or a write outside the draft`,
    next: 'let the function handle it, or keep the action from it with `when`',
  };
  return new Fault('UW106', details, { cause: error });
};

/**
 * Runs user code and turns what it throws into a fault that names the place, and the state it was given if
 * there is one.
 */
export const guarded = <T>(where: string, run: () => T, stateOf?: () => State): T => {
  let result: T;
  try {
    result = asModel(() => running(where, run, stateOf));
  } catch (error) {
    throw askedIn(where) ?? keptIn(where, error) ?? thrownIn(where, error, stateOf);
  }
  const asked = askedIn(where);
  if (asked !== undefined) throw asked;
  return result;
};

/** Whether `instance` can happen in `state`. */
export const isEnabled = (system: System, state: State, instance: Instance): boolean => {
  const { when } = system.model.actions[instance.action]!;
  if (when === undefined) return true;
  const where = `model ${system.model.id}, action ${instance.key}, when`;
  return guarded(
    where,
    () => when(state, instance.choice as never, system.setting),
    () => state,
  );
};

/**
 * Runs a recipe on `state` with immer. Reports a state that is too deep, or holds itself, since immer does
 * not end on one.
 */
const produced = (state: State, where: string, recipe: (draft: Draft<State>) => void): State => {
  try {
    return withoutProtoWrites(() => immer.produce(state, recipe));
  } catch (error) {
    if (error instanceof RangeError) {
      const draft = immer.createDraft(state);
      recipe(draft);
      assertPlain(draft, where);
    }
    throw error;
  }
};

/** Returns the state after `instance` has happened in `state`, in which it must be enabled. */
export const stepOf = (system: System, state: State, instance: Instance): State => {
  const { then } = system.model.actions[instance.action]!;
  const where = `model ${system.model.id}, action ${instance.key}, then`;
  const next = guarded(
    where,
    () =>
      produced(state, where, (draft) => {
        refuseReturned(where, then(draft, instance.choice as never, system.setting));
      }),
    () => state,
  );
  if (next !== state) assertPlain(next, where, state);
  return next;
};

/** Returns the instances that are enabled in `state`, in the system's order. */
export const enabledIn = (system: System, state: State): readonly Instance[] =>
  system.instances.filter((instance) => isEnabled(system, state, instance));
