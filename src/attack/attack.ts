import type { Instance, System, Value } from '../model/index.ts';
import { stepOf } from '../model/index.ts';
import { lengthOf, type Onward, type Trace } from '../search/result.ts';
import { instanceOf } from '../search/trace.ts';
import { changesBetween, type Change } from './changes.ts';

/** One step of an attack, told for people and repeatable by machine. */
export interface AttackStep {
  readonly action: string;
  readonly actor: string;
  /** The step as an expert would write it, in the model's own words; in those of its action where it has none. */
  readonly text: string;
  readonly choices: { readonly [name: string]: Value };
  readonly changes: readonly Change[];
}

/** A path that breaks an invariant (or, for a witness, reaches what was asked for). */
export interface Attack {
  /** The steps that it takes; with `onward`, those of the stem. */
  readonly length: number;
  /** Whether every shorter path was looked at and none does the same. */
  readonly shortest: boolean;
  /** What the adversary pays: the sum of the costs of these steps, where they need a capability. */
  readonly cost: number;
  /** Which of the system's initial states it starts in. */
  readonly initial: number;
  /** All steps; those after the first `length` show how it goes on. */
  readonly steps: readonly AttackStep[];
  /** How it goes on, where no way leads back. */
  readonly onward?: Onward;
}

/** A step in the words of its action, for models that tell no step in words of its own: `opens a door (door inner)`. */
const saidOf = ({ model }: System, { action, choice }: Instance): string => {
  const choices = Object.entries(choice).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const { says } = model.actions[action]!;
  return choices.length === 0 ? says : `${says} (${choices.join(', ')})`;
};

/** Tells a trace as an attack by running it step by step. Throws UW503 if it does not run. */
export const attackOf = (system: System, trace: Trace, shortest: boolean): Attack => {
  const { model, setting } = system;
  let state = system.initial[trace.initial]!;
  let cost = 0;
  const length = lengthOf(trace);
  const steps = trace.steps.map((step, index) => {
    const instance = instanceOf(system, step);
    const text = model.present?.step?.(step.action, step.choice, state, setting);
    const next = stepOf(system, state, instance);
    const changes = changesBetween(system, state, next);
    if (index < length && model.actions[step.action]!.needs !== undefined) cost += instance.cost;
    state = next;
    return {
      action: step.action,
      actor: instance.actor,
      text: text ?? saidOf(system, instance),
      choices: step.choice,
      changes,
    };
  });
  const { initial, onward } = trace;
  return { length, shortest, cost, initial, steps, ...(onward === undefined ? {} : { onward }) };
};
