import { guarded, type State, type System, type Value } from '../../model/index.ts';
import { refuseReturned } from '../../model/checks/returned.ts';
import { attempt, contradicts } from './recording/attempt.ts';
import { FIRST_ARRAY_QUERY, type Forest } from './tries/forest.ts';
import type { ArrayQueryLevel, Recorder } from './recording/recorder.ts';
import { unflatten, type StateShape } from './fields/shape.ts';
import type { Values } from './fields/values.ts';
import type { ArrayQueryMemory, ArrayQueryStore } from './arrays/array-queries.ts';

/** A row of small numbers, one a field: a state with every value replaced by its number. */
export type Row = Uint32Array;

/** A question about the states before and after a step. */
export interface StepQuestion {
  readonly where: string;
  readonly answer: (before: State, after: State) => number;
}

/** A question about steps, and the trie that has its answers so far. */
export interface LearnedStepQuestion {
  readonly where: string;
  readonly trie: number;
  readonly answer: (before: Row, after: Row) => number;
  /** Returns the answer without anything learned. */
  readonly plainly: (before: State, after: State) => number;
}

/** The context of learning. */
export interface LearnContext {
  readonly system: System;
  readonly shape: StateShape;
  readonly values: readonly Values[];
  readonly recorder: Recorder;
  readonly forest: Forest;
  userRuns: number;
  /** A listener to the state in which a function is about to be run. */
  onLearn: (row: Row) => void;
  /**
   * The questions about arrays that are recorded as one read, and the tries that have such; undefined if they
   * are not to be recorded so.
   */
  readonly asking: ArrayQueryContext | undefined;
}

/** Questions about arrays that are recorded as one read. */
export interface ArrayQueryContext {
  readonly store: ArrayQueryStore;
  /** The tries that a question is in, by question. */
  readonly users: Map<number, Set<number>>;
  /** The most that may be recorded of arrays as one read. */
  readonly level: ArrayQueryLevel;
  /**
   * Whether a trie that lacks a value is forgotten at once, and not first extended where that value comes up.
   */
  readonly eager: boolean;
  /** The level at which a trie's reads were found to be recordable, where it is less than that. */
  readonly less: Map<number, ArrayQueryLevel>;
}

/** All that is known of the questions about arrays. */
export interface ArrayQueriesMemory {
  readonly arrayQueries: ArrayQueryMemory;
  readonly users: readonly (readonly [question: number, tries: readonly number[]])[];
  readonly less: readonly (readonly [trie: number, level: ArrayQueryLevel])[];
}

/** Returns the knowledge of `asking`. */
export const arrayQueriesIn = ({ store, users, less }: ArrayQueryContext): ArrayQueriesMemory => ({
  arrayQueries: store.memory(),
  users: [...users].map(([question, tries]) => [question, [...tries]]),
  less: [...less],
});

/** Gives the knowledge of another to `asking`, which knows nothing yet. */
export const recallArrayQueries = (asking: ArrayQueryContext, memory: ArrayQueriesMemory): void => {
  asking.store.recall(memory.arrayQueries);
  for (const [question, tries] of memory.users) asking.users.set(question, new Set(tries));
  for (const [trie, level] of memory.less) asking.less.set(trie, level);
};

/**
 * Numbers the fields of two rows: those of the second are numbered on, and after them come questions about
 * the first.
 */
const idsIn = ({ asking, shape }: LearnContext, before: Row, after: Row): ((field: number) => number) => {
  const width = shape.fields.length;
  return (field) => {
    if (field < width) return before[field]!;
    if (field < FIRST_ARRAY_QUERY || asking === undefined) return after[field - width]!;
    return asking.store.valueIn(field - FIRST_ARRAY_QUERY, (own) => before[own]!);
  };
};

/** The next lower level, for what was refused. */
const LESS: { readonly [level in ArrayQueryLevel]: ArrayQueryLevel } = {
  changes: 'recipes',
  recipes: 'guards',
  guards: 'nothing',
  nothing: 'nothing',
};

/**
 * Lowers the level at which the function of a trie asks about whole arrays, for good; what is known of it is
 * forgotten.
 */
const askLess = ({ asking, forest }: LearnContext, trie: number, level: ArrayQueryLevel): void => {
  asking!.less.set(trie, LESS[level]);
  forest.forget(trie);
  asking!.store.nextEpoch();
};

/**
 * Runs a function of the model, and records its reads. As long as it is refused, it runs again with less
 * recorded of whole arrays, whatever it threw or returned.
 */
const recorded = <T>(
  context: LearnContext,
  trie: number,
  highest: ArrayQueryLevel,
  run: (level: ArrayQueryLevel) => T,
): T => {
  const { asking, recorder } = context;
  context.userRuns += 1;
  if (asking === undefined) return run('nothing');
  for (;;) {
    const level = asking.less.get(trie) ?? highest;
    try {
      const result = run(level);
      if (!recorder.isRefused()) return result;
    } catch (error) {
      if (!recorder.isRefused()) throw error;
    }
    askLess(context, trie, level);
  }
};

/** Forgets what was learned with questions about arrays whose elements have had other values since. */
export const forgetStale = ({ asking, forest }: LearnContext): void => {
  if (asking === undefined) return;
  for (const [number, tries] of asking.users) {
    if (!asking.store.isStale(number)) continue;
    for (const trie of tries) forest.forget(trie);
    asking.users.delete(number);
    asking.store.nextEpoch();
  }
};

/** Notes which questions about arrays a trie has, after forgetting those that are not up to date any more. */
const noteUsers = (context: LearnContext, trie: number, reads: readonly number[]): void => {
  const { asking } = context;
  if (asking === undefined || !asking.eager) return;
  forgetStale(context);
  for (const read of reads) {
    const number = read - FIRST_ARRAY_QUERY;
    if (number < 0) continue;
    const users = asking.users.get(number) ?? new Set();
    asking.users.set(number, users.add(trie));
  }
};

/** The outcome of an instance that cannot happen. */
export const NEVER = 0;

/** The learned effects of instances. */
export interface Learned {
  readonly tries: readonly number[];
  readonly outcome: (index: number, row: Row) => number;
  readonly effects: readonly (readonly number[])[];
  /** The changes of arrays that come after an outcome's effect, by their numbers among the questions. */
  readonly changes: readonly (readonly number[])[];
  readonly recall: (effects: readonly (readonly number[])[]) => void;
}

/** Returns the changes of arrays among the reads. */
const changesIn = ({ asking }: LearnContext, reads: readonly number[]): readonly number[] =>
  reads
    .map((read) => read - FIRST_ARRAY_QUERY)
    .filter((number) => number >= 0 && asking?.store.at(number).kind === 'each');

/** Returns the learned effects of the system's instances. */
export const learnedEffects = (context: LearnContext): Learned => {
  const { forest, shape, system, values, recorder } = context;
  const tries = system.instances.map(() => forest.plant());
  const effects: (readonly number[])[] = [[]];
  const changes: (readonly number[])[] = [[]];
  const known = new Map<string, number>();
  /** Returns the number of an effect; equal effects have one number. */
  const numberOf = (writes: ReadonlyMap<number, Value>, reads: readonly number[]): number => {
    const effect: number[] = [];
    for (const [field, value] of writes) effect.push(field, values[field]!.idOf(value));
    const changed = changesIn(context, reads);
    const key = changed.length === 0 ? effect.join() : `${effect.join()} ${changed.join()}`;
    const number = known.get(key) ?? effects.push(effect) - 1;
    if (number === changes.length) changes.push(changed);
    known.set(key, number);
    return number;
  };
  const learn = (index: number, row: Row): number => {
    context.onLearn(row);
    const instance = system.instances[index]!;
    const { when, then } = system.model.actions[instance.action]!;
    const where = `model ${system.model.id}, action ${instance.key}`;
    const choice = instance.choice as never;
    const trie = tries[index]!;
    const valueOf = (field: number): Value => values[field]!.at(row[field]!);
    const { reads, writes } = recorded(context, trie, context.asking?.level ?? 'nothing', (level) =>
      attempt(
        where,
        () =>
          recorder.record(
            valueOf,
            (view) => when === undefined || when(view, choice, system.setting),
            (draft) => refuseReturned(`${where}, then`, then(draft as never, choice, system.setting)),
            level,
          ),
        () => unflatten(shape, valueOf),
      ),
    );
    const outcome = writes === undefined ? NEVER : numberOf(writes, reads);
    noteUsers(context, trie, reads);
    if (!forest.add(trie, reads, idsIn(context, row, row), outcome)) throw contradicts(where);
    return outcome;
  };
  return {
    tries,
    effects,
    changes,
    outcome: (index, row) => {
      const found = forest.find(tries[index]!, row, row);
      return found >= 0 ? found : learn(index, row);
    },
    recall: (earlier) => {
      earlier.forEach((effect, number) => {
        effects[number] = effect;
        changes[number] = [];
        if (number !== NEVER) known.set(effect.join(), number);
      });
    },
  };
};

/**
 * Makes a question, with its answers so far. If it is about one state, it may ask for all elements of an
 * array at once.
 */
export const learnedQuestion = (
  context: LearnContext,
  where: string,
  ask: (before: State, after: State) => number,
  states: 1 | 2,
  asks = false,
): LearnedStepQuestion => {
  const { forest, shape, values, recorder } = context;
  const width = shape.fields.length;
  const trie = forest.plant();
  const answer = (before: Row, after: Row): number => {
    const found = forest.find(trie, before, after);
    if (found >= 0) return found;
    context.onLearn(before);
    const idOf = idsIn(context, before, after);
    const valueOf = (field: number): Value => values[field % width]!.at(idOf(field));
    const { reads, result } = recorded(context, trie, asks ? 'guards' : 'nothing', (whole) =>
      attempt(
        where,
        () => recorder.observe(valueOf, states, (a, b) => ask(a, b), whole),
        () => unflatten(shape, valueOf),
      ),
    );
    noteUsers(context, trie, reads);
    if (!forest.add(trie, reads, idOf, result)) throw contradicts(where);
    return result;
  };
  const plainly = (a: State, b: State): number =>
    guarded(
      where,
      () => ask(a, b),
      () => a,
    );
  return { where, trie, answer, plainly };
};
