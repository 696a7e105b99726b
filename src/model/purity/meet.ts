import { Immer } from 'immer';
import { Fault } from '../fault.ts';
import type { State } from '../model.ts';
import { canonical, isSame } from '../plain/plain.ts';
import { refuseReturned } from '../checks/returned.ts';
import type { Setting } from '../scenario.ts';
import { guarded, isEnabled, stepOf, type Instance, type System } from '../system.ts';
import { differs, keptBy, readsDiffer } from './faults.ts';
import type { Question } from './questions.ts';
import {
  copyOf,
  freezeDeeply,
  childPath,
  rootPath,
  viewOf,
  type PathNode,
  type ViewRun,
} from '../plain/view.ts';

// The drafted state is a copy that nobody else has, and views of frozen objects cannot be made.
const { produce } = new Immer({ autoFreeze: false });

/** The context that functions are run with. */
export interface PurityContext {
  readonly system: System;
  /** The setting, with parameters of its own that are not frozen. */
  readonly setting: Setting<object>;
  readonly places: { readonly [given in 'state' | 'after' | 'parameters' | 'defences']: PathNode };
  /** The part that was still looked at after the run that received it. */
  kept: PathNode | undefined;
}

/** A bench for the functions of `system`. */
export const purityContextFor = (system: System): PurityContext => ({
  system,
  setting: { ...system.setting, parameters: copyOf(system.setting.parameters) },
  places: {
    state: rootPath(''),
    after: rootPath('after '),
    parameters: rootPath('parameters '),
    defences: rootPath('defends '),
  },
  kept: undefined,
});

/** A state, and equal ones with objects of their own: one for views to look at, and a frozen one. */
export interface Copies {
  readonly state: () => State;
  readonly viewed: () => State;
  readonly fresh: () => State;
}

/** The copies of a state, each made when it is needed. */
export const copiesOf = (state: State): Copies => {
  let viewed: State | undefined;
  let fresh: State | undefined;
  return {
    state: () => state,
    viewed: () => (viewed ??= copyOf(state)),
    fresh: () => (fresh ??= freezeDeeply(copyOf(state))),
  };
};

/** The result of a run on views: its answer, unless it threw, and what it read. */
interface Seen {
  readonly answer: string | undefined;
  readonly reads: ReadonlySet<PathNode>;
}

/** A function in a state: how it is run on views, and plainly on one copy of the state or another. */
interface Meeting<T> {
  readonly where: string;
  readonly stateOf: () => State;
  readonly onViews: (run: ViewRun, setting: Setting<object>) => string;
  readonly plainly: (which: 'state' | 'fresh') => T;
  readonly textOf: (result: T) => string;
  readonly isSame: (one: T, other: T) => boolean;
}

/** Runs a function of the model on views. */
const observe = (
  bench: PurityContext,
  { onViews, stateOf, where }: Pick<Meeting<unknown>, 'where' | 'onViews' | 'stateOf'>,
): Seen => {
  const { places, setting } = bench;
  const run: ViewRun = {
    reads: new Set(),
    views: new Map(),
    isOver: false,
    onKept: (place) => {
      bench.kept ??= place;
    },
  };
  const viewed: Setting<object> = {
    parameters: viewOf(run, setting.parameters, places.parameters, 'look'),
    defends: (defence) => {
      run.reads.add(childPath(places.defences, defence));
      return setting.defends(defence);
    },
  };
  let answer: string | undefined;
  try {
    answer = guarded(where, () => onViews(run, viewed), stateOf);
  } catch (error) {
    // The plain run tells what a function throws; one that throws on views only is not looked at.
    if (error instanceof Fault && error.code === 'UW104') throw error;
  }
  run.isOver = true;
  if (bench.kept !== undefined) throw keptBy(where, bench.kept);
  return { answer, reads: run.reads };
};

const isSameSet = <T>(one: ReadonlySet<T>, other: ReadonlySet<T>): boolean =>
  one.size === other.size && [...one].every((item) => other.has(item));

/** A function that was met in a state (or step), and its result there. */
export interface Met<T> {
  readonly first: T;
  /**
   * Runs the function again, on other objects. Throws UW104 where it says something else, or looks at
   * something else.
   */
  readonly again: () => void;
  /** Runs the function once more, without recording its reads. Throws UW104 where it says something else. */
  readonly onceMore: () => void;
}

/** Runs a function: on views first, if it `looks`. */
const meet = <T>(bench: PurityContext, meeting: Meeting<T>, looks: boolean): Met<T> => {
  const { isSame: isEqual, plainly, textOf, where } = meeting;
  const seen = looks ? observe(bench, meeting) : undefined;
  const first = plainly('state');
  const onceMore = (): void => {
    const second = plainly('fresh');
    if (!isEqual(first, second)) throw differs(where, textOf(first), textOf(second));
  };
  return {
    first,
    onceMore,
    again: () => {
      onceMore();
      if (seen === undefined) return;
      const later = observe(bench, meeting);
      if (seen.answer !== later.answer) throw differs(where, String(seen.answer), String(later.answer));
      if (seen.answer !== undefined && !isSameSet(seen.reads, later.reads)) {
        throw readsDiffer(where, seen.reads, later.reads);
      }
    },
  };
};

/** Runs a function whose answer is the same on views. */
const meetAnswer = (
  bench: PurityContext,
  meeting: Omit<Meeting<string>, 'textOf' | 'isSame'>,
  looks: boolean,
): Met<string> => {
  const { onViews, where } = meeting;
  let answer: string | undefined;
  const noted = (run: ViewRun, setting: Setting<object>): string => (answer = onViews(run, setting));
  const met = meet(
    bench,
    { ...meeting, onViews: noted, textOf: String, isSame: (one, other) => one === other },
    looks,
  );
  if (answer === undefined || answer === met.first) return met;
  // A view can be told from a state, which is frozen: that is no impurity as long as each of them is answered
  // alike.
  const [onView, plainly] = [answer, meeting.plainly('state')];
  if (plainly !== met.first) throw differs(where, met.first, plainly);
  observe(bench, { ...meeting, onViews: noted });
  if (answer !== onView) throw differs(where, onView, answer);
  return met;
};

/** Asks whether an action can happen; undefined for one that has no guard. */
export const meetGuard = (
  bench: PurityContext,
  instance: Instance,
  copies: Copies,
  looks: boolean,
): Met<string> | undefined => {
  const { places, system } = bench;
  const { when } = system.model.actions[instance.action]!;
  if (when === undefined) return undefined;
  const onViews = (run: ViewRun, setting: Setting<object>): string =>
    String(
      Boolean(when(viewOf(run, copies.viewed(), places.state, 'look'), instance.choice as never, setting)),
    );
  const plainly = (which: 'state' | 'fresh'): string => String(isEnabled(system, copies[which](), instance));
  const where = `model ${system.model.id}, action ${instance.key}, when`;
  return meetAnswer(bench, { where, stateOf: copies.state, onViews, plainly }, looks);
};

/** Runs an action that is enabled; `first` is the state that it leads to. */
export const meetRecipe = (
  bench: PurityContext,
  instance: Instance,
  copies: Copies,
  looks: boolean,
): Met<State> => {
  const { places, system } = bench;
  const { then } = system.model.actions[instance.action]!;
  const where = `model ${system.model.id}, action ${instance.key}, then`;
  const onViews = (run: ViewRun, setting: Setting<object>): string => {
    produce(copies.viewed(), (draft) => {
      refuseReturned(
        where,
        then(viewOf(run, draft, places.state, 'draft'), instance.choice as never, setting),
      );
    });
    return 'done';
  };
  const plainly = (which: 'state' | 'fresh'): State => stepOf(system, copies[which](), instance);
  return meet(bench, { where, stateOf: copies.state, onViews, plainly, textOf: canonical, isSame }, looks);
};

/** Asks a question of a state (then both are the same), or of a step. */
export const meetQuestion = (
  bench: PurityContext,
  { ask, where }: Question,
  before: Copies,
  after: Copies,
  looks: boolean,
): Met<string> => {
  const { places, system } = bench;
  const onViews = (run: ViewRun, setting: Setting<object>): string =>
    ask(
      viewOf(run, before.viewed(), places.state, 'look'),
      viewOf(run, after.viewed(), places.after, 'look'),
      setting,
    );
  const plainly = (which: 'state' | 'fresh'): string =>
    guarded(
      where,
      () => ask(before[which](), after[which](), system.setting),
      () => before.state(),
    );
  return meetAnswer(bench, { where, stateOf: before.state, onViews, plainly }, looks);
};
