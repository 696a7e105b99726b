import type { Value } from './domain.ts';
import { Fault } from './fault.ts';
import type { Invariant } from './invariant.ts';
import { runnable, type AnyModel, type State } from './model.ts';
import { acceptedBy, checkParameters } from './parameters.ts';
import { canonical } from './plain.ts';
import type { Setting } from './scenario.ts';
import { enabledIn, guarded, isEnabled, stepOf, type System } from './system.ts';

const incomplete = (where: string, expected: string, got: string): Fault =>
  new Fault('UW101', {
    where,
    expected,
    got,
    likely: 'the field was left out or left empty',
    next: 'fill it in: traces and reports are read by people who do not know the model',
  });

const needText = (where: string, value: unknown, what: string): void => {
  if (typeof value !== 'string' || value.trim() === '') {
    throw incomplete(where, what, value === undefined ? 'nothing' : JSON.stringify(value));
  }
};

/** Checks what can be seen without running the model: UW101 for parts that are missing, UW105 for capabilities that are not declared and defaults that are not accepted. */
export const checkModel = (anyModel: AnyModel): void => {
  const model = runnable(anyModel);
  needText('a model', model.id, 'an id');
  needText(`model ${model.id}`, model.says, 'a sentence that says what it is');
  for (const [name, action] of Object.entries(model.actions)) {
    const where = `model ${model.id}, action ${name}`;
    needText(where, action.actor, 'an actor');
    needText(where, action.says, 'a sentence that says what it is');
    if (typeof action.then !== 'function') throw incomplete(where, 'an effect `then`', typeof action.then);
    if (action.needs !== undefined && !Object.hasOwn(model.capabilities, action.needs)) {
      throw new Fault('UW105', {
        where: `${where}, needs`,
        expected: `one of the model's capabilities: ${Object.keys(model.capabilities).join(', ')}`,
        got: action.needs,
        likely: 'a typing error, or a capability that is not declared',
        next: 'declare it under `capabilities`, with a sentence',
      });
    }
  }
  for (const name of Object.keys(acceptedBy(model))) {
    if (Object.hasOwn(model.parameters, name)) continue;
    throw incomplete(`model ${model.id}, accepts`, `a default for ${name} under \`parameters\``, 'none');
  }
  checkParameters(model, model.parameters as { readonly [name: string]: Value });
  for (const [name, invariant] of Object.entries(model.invariants)) {
    needText(`model ${model.id}, invariant ${name}`, invariant.says, 'a sentence that says what it claims');
    needText(`model ${model.id}, invariant ${name}`, invariant.source, 'a source');
  }
};

/** Runs `run` while the clock and the dice stand at fixed places, so that looking at them shows. */
const withWorldAt = <T>(instant: number, run: () => T): T => {
  const { now } = Date;
  const { random } = Math;
  const performanceNow: unknown = Reflect.get(performance, 'now');
  Date.now = () => instant;
  Math.random = () => (instant % 97) / 97;
  performance.now = () => instant;
  try {
    return run();
  } finally {
    Date.now = now;
    Math.random = random;
    Reflect.set(performance, 'now', performanceNow);
  }
};

const impure = (where: string, first: string, second: string): Fault =>
  new Fault('UW104', {
    where,
    expected: 'the same result whenever it is run on the same state',
    got: `${first.slice(0, 200)} and then ${second.slice(0, 200)}`,
    likely: 'it reads a clock, a random number, or a variable outside the state',
    next: 'move what it reads into the state, or into a choice of the actor',
  });

/** What an invariant asks of a single state, if it asks anything of it alone. */
const questionOf = (
  invariant: Invariant<State, Setting<object>>,
): ((state: State, setting: Setting<object>) => boolean) | undefined => {
  switch (invariant.kind) {
    case 'always':
      return invariant.holds;
    case 'no-deadlock':
      return invariant.mayEnd;
    case 'recovers':
      return invariant.good;
    case 'never-step':
    case 'sometimes':
    case 'within':
      return undefined;
  }
};

/**
 * Runs every action of the first `maxStates` states twice, with another clock and other dice, and
 * throws UW104 if a result differs. A sample, not a proof; searches go on sampling as they run.
 */
export const checkPurity = (system: System, maxStates = 64): void => {
  const { model, setting } = system;
  const seen = new Set(system.initial.map((state) => canonical(state)));
  const queue: State[] = [...system.initial];
  for (let head = 0; head < queue.length && head < maxStates; head += 1) {
    const state = queue[head]!;
    for (const instance of system.instances) {
      const where = `model ${model.id}, action ${instance.key}`;
      const run = (): string =>
        isEnabled(system, state, instance) ? canonical(stepOf(system, state, instance)) : 'not enabled';
      const first = withWorldAt(1_000_003, run);
      const second = withWorldAt(2_000_029, run);
      if (first !== second) throw impure(where, first, second);
    }
    for (const [name, invariant] of Object.entries(model.invariants)) {
      const ask = questionOf(invariant);
      if (ask === undefined) continue;
      const where = `model ${model.id}, invariant ${name}`;
      const run = (): string => guarded(where, () => String(ask(state, setting)));
      const first = withWorldAt(1_000_003, run);
      const second = withWorldAt(2_000_029, run);
      if (first !== second) throw impure(where, first, second);
    }
    for (const instance of enabledIn(system, state)) {
      const next = stepOf(system, state, instance);
      const key = canonical(next);
      if (!seen.has(key)) {
        seen.add(key);
        queue.push(next);
      }
    }
  }
};
