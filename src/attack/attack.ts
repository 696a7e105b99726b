import type { Instance, State, System, Value } from '../model/index.ts';
import { stepOf } from '../model/index.ts';
import { lengthOf, type Onward, type Trace } from '../search/result.ts';
import { instanceOf } from '../search/trace.ts';
import { changesBetween, type Change } from './changes.ts';

/** A step of an attack, told for people and repeatable by machine. */
export interface AttackStep {
  readonly action: string;
  readonly actor: string;
  /**
   * The step's text as an expert would write it, in the model's own words; in those of its action where it
   * has none.
   */
  readonly text: string;
  readonly choices: { readonly [name: string]: Value };
  readonly changes: readonly Change[];
}

/** An attack: a path that breaks an invariant (or, for a witness, reaches what was asked for). */
export interface Attack {
  /** The number of its steps; with `onward`, of those of the stem. */
  readonly length: number;
  /** Whether the search looked at every shorter path and found none that does the same. */
  readonly shortest: boolean;
  /** The adversary's cost: the sum of the costs of these steps, where they need a capability. */
  readonly cost: number;
  /** The index of the initial state that it starts in. */
  readonly initial: number;
  /** All steps; those after the first `length` show how the path continues. */
  readonly steps: readonly AttackStep[];
  /** The way the path continues once no way leads back. */
  readonly onward?: Onward;
}

/**
 * Writes a step in the words of its action, for models that have no words of their own for steps: `opens a
 * door (door inner)`.
 */
export const saidOf = ({ model }: System, { action, choice }: Instance): string => {
  const choices = Object.entries(choice).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const { says } = model.actions[action]!;
  return choices.length === 0 ? says : `${says} (${choices.join(', ')})`;
};

/** A step as it is told, and the state that it leads to. */
export interface NarratedStep {
  readonly step: AttackStep;
  readonly next: State;
}

/** Takes a step that is enabled in `state`, and tells it. */
export const takeStep = (system: System, state: State, instance: Instance): NarratedStep => {
  const { action, actor, choice } = instance;
  const text = system.model.present?.step?.(action, choice, state, system.setting);
  const next = stepOf(system, state, instance);
  const changes = changesBetween(system, state, next);
  return { next, step: { action, actor, text: text ?? saidOf(system, instance), choices: choice, changes } };
};

/** Makes an attack from a trace by running it step by step. Throws UW503 if it does not run. */
export const attackOf = (system: System, trace: Trace, shortest: boolean): Attack => {
  const { model } = system;
  let state = system.initial[trace.initial]!;
  let cost = 0;
  const length = lengthOf(trace);
  const steps = trace.steps.map((step, index) => {
    const instance = instanceOf(system, step);
    const { next, step: told } = takeStep(system, state, instance);
    if (index < length && model.actions[step.action]!.needs !== undefined) cost += instance.cost;
    state = next;
    return { ...told, choices: step.choice };
  });
  const { initial, onward } = trace;
  return { length, shortest, cost, initial, steps, ...(onward === undefined ? {} : { onward }) };
};
