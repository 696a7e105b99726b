import { isEnabled, type Instance, type State, type System } from '../../model/index.ts';
import { saidOf, takeStep, type AttackStep } from '../attack.ts';
import { groundsOf, type Ground } from './grounds.ts';
import { judgedAt, type Judged } from './judged.ts';

/**
 * A path: one of the initial states, and the numbers of the instances that are taken, in the order of the
 * system.
 */
export interface Path {
  readonly start: number;
  readonly taken: readonly number[];
}

/** The states and steps of a path, as far as it runs. */
export interface Walked {
  /** The states: one more than there are steps. */
  readonly states: readonly State[];
  readonly steps: readonly AttackStep[];
  /** The reason why it ends before its last step. */
  readonly stopped?: string;
}

const refused = (system: System, state: State, instance: Instance, at: number): string => {
  const { action, actor, choice } = instance;
  const text = system.model.present?.step?.(action, choice, state, system.setting);
  return `step ${at} is not possible here: ${actor}: ${text ?? saidOf(system, instance)}`;
};

/** Walks a path from the first step on, until one is not possible. */
export const walk = (system: System, { start, taken }: Path): Walked => {
  const states: State[] = [system.initial[start] ?? system.initial[0]!];
  const steps: AttackStep[] = [];
  for (const number of taken) {
    const state = states.at(-1)!;
    const instance = system.instances[number];
    const at = steps.length + 1;
    if (instance === undefined)
      return { states, steps, stopped: `step ${at} does not exist in this scenario` };
    if (!isEnabled(system, state, instance)) {
      return { states, steps, stopped: refused(system, state, instance, at) };
    }
    const { next, step } = takeStep(system, state, instance);
    states.push(next);
    steps.push(step);
  }
  return { states, steps };
};

/** An enabled instance, and where it leads. */
export interface Way {
  /** The number of its instance. */
  readonly number: number;
  readonly step: AttackStep;
  /** The capability that it needs. */
  readonly needs?: string;
  /** The invariants that it breaks at once. */
  readonly breaks: readonly string[];
}

/** Returns all that can happen at the end of a path, in the order of the system. */
export const waysFrom = (system: System, states: readonly State[]): readonly Way[] => {
  const state = states.at(-1)!;
  const ids = Object.keys(system.model.invariants);
  const broken = (path: readonly State[]): readonly string[] =>
    ids.filter((id) => judgedAt(system, id, path) === 'broken');
  const before = new Set(broken(states));
  return system.instances.flatMap((instance, number): readonly Way[] => {
    if (!isEnabled(system, state, instance)) return [];
    const { next, step } = takeStep(system, state, instance);
    const { needs } = system.model.actions[instance.action]!;
    const breaks = broken([...states, next]).filter((id) => !before.has(id));
    return [{ number, step, breaks, ...(needs === undefined ? {} : { needs }) }];
  });
};

/** The answers of an invariant along a path. */
export interface Judgement {
  readonly id: string;
  readonly says: string;
  /** The answers, by state. */
  readonly along: readonly Judged[];
  /** The first step after which it is broken; 0 for an initial state. */
  readonly brokenAt?: number;
  /** The fields it reads where it is broken first, if that is not after `at`; otherwise after `at`. */
  readonly grounds: readonly Ground[];
}

/** Judges `invariant` along a path that is looked at after `at` steps. */
export const judgementOf = (
  system: System,
  invariant: string,
  states: readonly State[],
  at: number,
): Judgement => {
  const along = states.map((_, place) => judgedAt(system, invariant, states.slice(0, place + 1)));
  const brokenAt = along.indexOf('broken');
  const shown = brokenAt !== -1 && brokenAt <= at ? brokenAt : at;
  return {
    id: invariant,
    says: system.model.invariants[invariant]!.says,
    along,
    ...(brokenAt === -1 ? {} : { brokenAt }),
    grounds: groundsOf(system, invariant, states.slice(0, shown + 1)),
  };
};
