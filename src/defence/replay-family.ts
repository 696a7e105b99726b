import {
  byName,
  canonical,
  guarded,
  isEnabled,
  stepOf,
  type Instance,
  type State,
  type System,
} from '../model/index.ts';
import type { Trace } from '../search/result.ts';
import type { Family, Sets } from './sets/diagram.ts';

/**
 * The sets of defences under which an attack ends at one step: because its guard refuses, or with nothing
 * broken.
 */
export interface Stopped {
  /** The step, from 1 on. */
  readonly step: number;
  readonly because: 'guard refuses' | 'invariant holds';
  readonly sets: Family;
}

/** The outcome of an attack under every set of defences. */
export interface AttackFamily {
  /** The sets under which it works. */
  readonly works: Family;
  /** The sets under which it does not, by where it ends; together with `works` they are all sets. */
  readonly stopped: readonly Stopped[];
}

/** The outcome of a run, under some sets of defences. */
interface Outcome<T> {
  readonly value: T;
  readonly sets: Family;
}

/** A state on the way, whether the invariant is broken by then, and the sets under which it is reached. */
interface Reached {
  readonly state: State;
  readonly broken: boolean;
  readonly sets: Family;
}

type Front = Map<string, Reached>;

type Defends = (defence: string) => boolean;

/**
 * Runs a pure function of the defences under every set of `sets`: once for each way in which those that it
 * asks after can be on or off. A defence that it does not ask after cannot matter to it.
 */
const underEach = <T>(
  sets: Sets,
  places: ReadonlyMap<string, number>,
  among: Family,
  run: (defends: Defends) => T,
): readonly Outcome<T>[] => {
  const found: Outcome<T>[] = [];
  const open: { readonly answers: ReadonlyMap<string, boolean>; readonly sets: Family }[] = [
    { answers: new Map(), sets: among },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const answers = new Map(next.answers);
    let here = next.sets;
    const value = run((defence) => {
      const known = answers.get(defence);
      if (known !== undefined) return known;
      const place = places.get(defence);
      // A defence that the model does not have is on nowhere off.
      if (place === undefined) return true;
      const on = sets.and(here, sets.with(place, true));
      const off = sets.minus(here, on);
      if (on !== sets.none && off !== sets.none)
        open.push({ answers: new Map(answers).set(defence, false), sets: off });
      const answer = on !== sets.none;
      answers.set(defence, answer);
      here = answer ? on : off;
      return answer;
    });
    found.push({ value, sets: here });
  }
  return found;
};

const put = (front: Front, sets: Sets, reached: Reached): void => {
  const key = `${reached.broken} ${canonical(reached.state)}`;
  const before = front.get(key);
  front.set(key, before === undefined ? reached : { ...reached, sets: sets.or(before.sets, reached.sets) });
};

/** Makes the system as it is where the defences answer so. */
const answering = (system: System, defends: Defends): System => ({
  ...system,
  setting: { parameters: system.setting.parameters, defends },
});

/** Whether the action with this choice exists. */
const isThere = (
  { model, scenario, setting }: System,
  { action: name, choice }: Trace['steps'][number],
): boolean => {
  const action = model.actions[name];
  if (action === undefined) return false;
  if (action.needs !== undefined && !scenario.capabilities.includes(action.needs)) return false;
  if (action.exists?.(setting) === false) return false;
  const choices = typeof action.choose === 'function' ? action.choose(setting) : (action.choose ?? {});
  const names = Object.keys(choices);
  if (names.length !== Object.keys(choice).length) return false;
  return names.every((one) => {
    const wanted = choice[one];
    return (
      wanted !== undefined && choices[one]!.values.some((value) => canonical(value) === canonical(wanted))
    );
  });
};

/** Whether the invariant is broken in a state, or by the step to it. */
const isBroken = (
  { model, setting }: System,
  id: string,
  before: State | undefined,
  state: State,
): boolean => {
  const invariant = model.invariants[id]!;
  if (invariant.kind === 'always')
    return (invariant.given?.(state, setting) ?? true) && !invariant.holds(state, setting);
  if (invariant.kind !== 'never-step' || before === undefined) return false;
  return (invariant.given?.(before, state, setting) ?? true) && invariant.bad(before, state, setting);
};

/** Joins sets that end at the same step for the same reason; in the order of the steps. */
const together = (stopped: readonly Stopped[], sets: Sets): readonly Stopped[] => {
  const byPlace = new Map<string, Stopped>();
  for (const one of stopped) {
    const key = `${one.step} ${one.because}`;
    const before = byPlace.get(key);
    byPlace.set(key, before === undefined ? one : { ...one, sets: sets.or(before.sets, one.sets) });
  }
  return [...byPlace.values()].toSorted((a, b) => a.step - b.step || (a.because < b.because ? -1 : 1));
};

/** The question what becomes of an attack, and where it is replayed. */
export interface FamilyQuestion {
  /** The system, for its capabilities and parameters; its own defences do not matter. */
  readonly system: System;
  readonly invariant: string;
  readonly trace: Trace;
  readonly sets: Sets;
  /** The place of each defence in `sets`. */
  readonly places: ReadonlyMap<string, number>;
  /** The sets of defences that are looked at. */
  readonly among: Family;
}

/** Returns the instance that a step names, whether or not it exists. */
const instanceFor = ({ model }: System, { action, choice }: Trace['steps'][number]): Instance => ({
  action,
  actor: model.actions[action]?.actor ?? '',
  choice,
  cost: 1,
  key: Object.keys(choice).length === 0 ? action : `${action} ${canonical(byName(choice))}`,
});

/**
 * Replays an attack under many sets of defences at once, with the model as it stands and nothing learned, and
 * says under which of them it breaks the invariant, and where it ends under the others. It works only where
 * all of its steps can be taken: what is broken earlier, and cannot go on so, is broken by another attack.
 */
export const attackFamily = ({
  system,
  invariant,
  trace,
  sets,
  places,
  among: all,
}: FamilyQuestion): AttackFamily => {
  const { model } = system;
  const where = `model ${model.id}, an attack on ${invariant} under all defences`;
  const each = <T>(among: Family, run: (under: System) => T): readonly Outcome<T>[] =>
    guarded(where, () => underEach(sets, places, among, (defends) => run(answering(system, defends))));
  const stopped: Stopped[] = [];
  let works = sets.none;
  const refuse = (step: number, because: Stopped['because'], family: Family): void => {
    stopped.push({ step, because, sets: family });
  };
  const arrive = (front: Front, before: Reached | undefined, state: State, among: Family): void => {
    if (before?.broken === true) {
      put(front, sets, { state, broken: true, sets: among });
      return;
    }
    for (const { value, sets: family } of each(among, (under) =>
      isBroken(under, invariant, before?.state, state),
    ))
      put(front, sets, { state, broken: value, sets: family });
  };
  let front: Front = new Map();
  const begins = each(all, ({ setting }) => {
    const first = model.initial(setting);
    return (Array.isArray(first) ? first : [first])[trace.initial] as State | undefined;
  });
  for (const { value, sets: family } of begins) {
    if (value === undefined) refuse(1, 'guard refuses', family);
    else arrive(front, undefined, value, family);
  }
  for (const [index, step] of trace.steps.entries()) {
    const next: Front = new Map();
    const instance = instanceFor(system, step);
    for (const before of front.values()) {
      const { state } = before;
      const outcomes = each(before.sets, (under) =>
        isThere(under, step) && isEnabled(under, state, instance)
          ? stepOf(under, state, instance)
          : undefined,
      );
      for (const { value, sets: family } of outcomes) {
        if (value === undefined) refuse(index + 1, 'guard refuses', family);
        else arrive(next, before, value, family);
      }
    }
    front = next;
  }
  for (const { broken, sets: family } of front.values()) {
    if (broken) works = sets.or(works, family);
    else refuse(trace.steps.length, 'invariant holds', family);
  }
  return { works, stopped: together(stopped, sets) };
};
