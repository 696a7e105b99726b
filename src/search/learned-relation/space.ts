import { Fault, type State, type System, type Value } from '../../model/index.ts';
import { needPureInSlices } from '../../model/purity/check.ts';
import { watchInspection } from '../../model/purity/seen-through.ts';
import { watchingSlices } from '../../model/purity/world.ts';
import type { Progress } from '../result.ts';
import { inOneGo, settingUp, type Paused } from '../set-up.ts';
import { correspondingTo, exchangesIn, sharedValues, type Exchange } from './exchange.ts';
import { createRecorder, type ArrayQueryOptions } from './recording/recorder.ts';
import { stateAt } from './recording/whole-state.ts';
import { flatten, shapeOf, ShapeChanged } from './fields/shape.ts';
import { createForest, type Forest, type ForestMemory } from './tries/forest.ts';
import {
  arrayQueriesIn,
  forgetStale,
  learnedEffects,
  learnedQuestion,
  NEVER,
  recallArrayQueries,
  type ArrayQueriesMemory,
  type LearnedStepQuestion,
  type Row,
  type StepQuestion,
  type LearnContext,
} from './learning.ts';
import { createArrayQueries, type ArrayQueries } from './arrays/array-queries.ts';

export { NEVER, type LearnedStepQuestion, type Row };

/**
 * A space: a system as rows. It is learned: a model's function runs once for each distinct local input that
 * it reads, and every later answer is a look-up. Rows of one space can be compared; rows of different spaces
 * cannot.
 */
export interface Space {
  readonly fields: readonly string[];
  /** The parts of the state that are one value each, because their shape was seen to change. */
  readonly whole: readonly string[];
  /** The arrays whose elements the search may exchange; none unless it asked for it. */
  readonly exchanges: readonly Exchange[];
  readonly initial: readonly (readonly number[])[];
  /**
   * Returns the effect of instance `index` in `row`: a list of alternating field and value number to write,
   * or undefined when it cannot happen there.
   */
  readonly effect: (index: number, row: Row) => readonly number[] | undefined;
  /**
   * Returns the number, for `effectAt`, of what instance `index` does in `row`; NEVER where it cannot happen.
   */
  readonly outcome: (index: number, row: Row) => number;
  readonly effectAt: (outcome: number) => readonly number[];
  /** Returns the changes of arrays after that, by number; none in a space that records none. */
  readonly changesAt: (outcome: number) => readonly number[];
  /** Returns the effects of the outcomes known so far, by number; that of NEVER writes nothing. */
  readonly effects: () => readonly (readonly number[])[];
  /** The tries of the instances, in the system's order, and of all questions. */
  readonly forest: Forest;
  readonly tries: readonly number[];
  /** Makes a learned question about one state. */
  readonly ask: (question: StateQuestion) => LearnedQuestion;
  /** Makes a learned question about a step. */
  readonly askStep: (question: StepQuestion) => LearnedStepQuestion;
  /** Returns the state of a row, frozen as every state is that a model is given. */
  readonly decode: (row: Row) => State;
  /** Returns the row of a state. Throws ShapeChanged for a state of another shape. */
  readonly encode: (state: State) => Row;
  /** Registers a listener to each state in which a function of the model is about to be run. */
  readonly onLearn: (listener: (row: Row) => void) => void;
  /** Returns the values that `field` has taken so far, by number. */
  readonly valuesOf: (field: number) => readonly Value[];
  readonly counts: () => SpaceCounts;
  /** Makes a space of the same layout that has learned nothing yet. */
  readonly another: () => Space;
  /** Returns all that was learned so far. */
  readonly memory: () => SpaceMemory;
  /** The questions about whole arrays, where they are recorded as one read each. */
  readonly arrayQueries: ArrayQueries | undefined;
  /** Forgets what was learned with such questions, where they do not know all values any more. */
  readonly refresh: () => void;
  /**
   * Takes over what another space of the same system, with the same parts whole and the same questions, had
   * learned.
   */
  readonly recall: (memory: SpaceMemory) => void;
}

/** All that was learned of a system. */
export interface SpaceMemory {
  /** The values of each field, by number. */
  readonly values: readonly (readonly Value[])[];
  readonly effects: readonly (readonly number[])[];
  readonly forest: ForestMemory;
  readonly userRuns: number;
  /** The questions about whole arrays, if there are any. */
  readonly asked: ArrayQueriesMemory | undefined;
}

/** The cost of learning a space. */
export interface SpaceCounts {
  /** The number of runs of the model's functions. */
  readonly userRuns: number;
  readonly trieNodes: number;
}

/** A question about a state; its answers are small numbers from 0 on. */
export interface StateQuestion {
  /** The origin of the question, for errors. */
  readonly where: string;
  readonly answer: (state: State) => number;
  /** Whether it is read element by element even where a space asks for whole arrays at once. */
  readonly elementwise?: boolean;
}

/** A question about states, and the trie that has its answers so far. */
export interface LearnedQuestion {
  readonly where: string;
  readonly trie: number;
  readonly answer: (row: Row) => number;
  /** Returns the answer without anything learned. */
  readonly plainly: (state: State) => number;
}

/** The options by which everything is read element by element. */
export const NO_ARRAY_QUERIES: ArrayQueryOptions = { level: 'nothing', minLength: 0, eager: false };

/** Makes the context for learning a system, with the parts in `whole` as single values. */
const contextFor = (
  system: System,
  whole: ReadonlySet<string>,
  exchanges: (fields: readonly string[]) => readonly Exchange[],
  arrayQueries: ArrayQueryOptions,
): LearnContext & { readonly exchanges: readonly Exchange[] } => {
  const shape = shapeOf(system.initial[0]!, whole);
  const found = exchanges(shape.fields);
  const values = sharedValues(shape.fields, found);
  const width = shape.fields.length;
  const store = arrayQueries.level === 'nothing' ? undefined : createArrayQueries(values);
  return {
    exchanges: found,
    system,
    shape,
    values,
    recorder: createRecorder(shape, store && { store, values, minLength: arrayQueries.minLength }),
    forest: createForest(width, store),
    asking: store && {
      store,
      users: new Map(),
      level: arrayQueries.level,
      eager: arrayQueries.eager,
      less: new Map(),
    },
    userRuns: 0,
    onLearn: () => {},
  };
};

// Initial states that are laid out between two pauses.
const INITIAL_STATES = 4096;

/** Maps each initial state. */
function* eachOf<T>(initial: readonly State[], made: (state: State) => T): Paused<readonly T[]> {
  const all: T[] = [];
  for (const state of initial) {
    all.push(made(state));
    if (all.length % INITIAL_STATES === 0) yield;
  }
  return all;
}

/** Lays out a space with the parts in `whole` as single values. Throws ShapeChanged, now or later. */
function* laidOut(
  system: System,
  whole: ReadonlySet<string>,
  exchanged: readonly string[],
  arrayQueries: ArrayQueryOptions,
): Paused<Space> {
  const context = contextFor(system, whole, (fields) => exchangesIn(system, exchanged, fields), arrayQueries);
  const { asking, exchanges, shape, values } = context;
  const { tries, outcome, effects, changes, recall } = learnedEffects(context);
  const numbersOf = (state: State): readonly number[] =>
    flatten(shape, state).map((value, field) => values[field]!.idOf(value));
  const initial = yield* eachOf(system.initial, numbersOf);
  return {
    fields: shape.fields,
    whole: [...whole],
    exchanges,
    initial,
    effect: (index, row) => {
      const found = outcome(index, row);
      if (found === NEVER) return undefined;
      const changed = changes[found]!.flatMap((number) => asking!.store.writesIn(number, (own) => row[own]!));
      return changed.length === 0 ? effects[found]! : [...effects[found]!, ...changed];
    },
    outcome,
    effectAt: (number) => effects[number]!,
    changesAt: (number) => changes[number]!,
    effects: () => effects,
    forest: context.forest,
    tries,
    ask: ({ where, answer, elementwise = false }) => {
      const question = learnedQuestion(context, where, answer, 1, !elementwise);
      return {
        ...question,
        answer: (row) => question.answer(row, row),
        plainly: (state) => question.plainly(state, state),
      };
    },
    askStep: ({ where, answer }) => learnedQuestion(context, where, answer, 2),
    decode: (row) => stateAt(shape, (field) => values[field]!.at(row[field]!)),
    encode: (state) => Uint32Array.from(numbersOf(state)),
    onLearn: (listener) => {
      context.onLearn = listener;
    },
    valuesOf: (field) => values[field]!.all(),
    another: () => inOneGo(laidOut(system, whole, exchanged, arrayQueries)),
    arrayQueries: asking?.store,
    refresh: () => forgetStale(context),
    counts: () => ({
      userRuns: context.userRuns,
      trieNodes: context.forest.nodes(),
    }),
    memory: () => ({
      values: values.map(({ all }) => all()),
      effects,
      forest: context.forest.memory(),
      userRuns: context.userRuns,
      asked: asking && arrayQueriesIn(asking),
    }),
    recall: (memory) => {
      // Numbers are given in the order of first sight, so these get the ones they had.
      memory.values.forEach((list, field) => list.forEach((value) => values[field]!.idOf(value)));
      recall(memory.effects);
      context.forest.recall(memory.forest);
      context.userRuns = memory.userRuns;
      if (asking !== undefined && memory.asked !== undefined) recallArrayQueries(asking, memory.asked);
    },
  };
}

/** The options of a space, as which a system is laid out. */
export interface SpaceOptions {
  /** Parts of the state that are known to change their shape. */
  readonly known?: readonly string[] | undefined;
  /** Arrays of which corresponding fields of the elements number their values together. */
  readonly exchanged?: readonly string[];
  /**
   * The questions about all elements of an array, and changes of each, that are recorded as one read; none if
   * not given.
   */
  readonly arrayQueries?: ArrayQueryOptions;
  /** Whether there is no time left; without it, laying out the space ends only when it is done. */
  readonly isOver?: () => boolean;
}

/**
 * Runs `use` on the space of `system`. Where a part of the state turns out to change its shape, the space is
 * laid out anew with that part as one value and `use` starts again; each part can do so only once, so this
 * ends. Throws UW104 for a system that is not pure, and EndedInSetUp where there is no time to lay it out.
 */
export function* withSpace<R>(
  system: System,
  use: (space: Space) => Generator<Progress, R, 'stop' | undefined>,
  { arrayQueries = NO_ARRAY_QUERIES, exchanged = [], isOver, known = [] }: SpaceOptions = {},
): Generator<Progress, R, 'stop' | undefined> {
  yield* settingUp(needPureInSlices(system), isOver);
  watchInspection();
  const whole = new Set(known);
  for (;;) {
    try {
      const space = yield* settingUp(laidOut(system, whole, exchanged, arrayQueries), isOver);
      return yield* watchingSlices(use(space));
    } catch (error) {
      if (!(error instanceof ShapeChanged) || whole.has(error.path)) throw error;
      if (error.path === '') {
        throw new Fault('UW107', {
          where: `model ${system.model.id}, the state itself`,
          expected: 'the same top-level fields in every state',
          got: 'a state with others',
          likely: 'a field is added or deleted by an action, or missing from an initial state',
          next: 'declare every field from the start; use null for "nothing"',
        });
      }
      for (const path of correspondingTo(system, exchanged, error.path)) whole.add(path);
    }
  }
}

/** Returns how often questions about arrays made it learn anew. */
export const epochOf = ({ arrayQueries }: Space): number => arrayQueries?.epoch() ?? 0;

/** Returns the first instance that leads from `row` to `wanted`, which one does, in the model's fields. */
export const stepOfRow = (space: Space, row: Row, wanted: Row): number =>
  space.tries.findIndex((_, index) => {
    const effect = space.effect(index, row);
    if (effect === undefined) return false;
    const next = Uint32Array.from(row);
    for (let at = 0; at < effect.length; at += 2) next[effect[at]!] = effect[at + 1]!;
    return space.fields.every((__, field) => next[field] === wanted[field]);
  });
