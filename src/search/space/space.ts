import { Fault, guarded, type State, type System, type Value } from '../../model/index.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { flatten, shapeOf, ShapeChanged, unflatten, type StateShape } from './shape.ts';
import { createTrie, type Trie } from './trie.ts';
import { createValues, type Values } from './values.ts';

/** A row of small numbers, one a field: a state with every value replaced by its number. */
export type Row = ArrayLike<number>;

/**
 * A system as a space of rows. It is learned: a model's function runs once for each distinct local
 * input that it reads, and every later answer is a look-up. Rows of one space can be compared; rows
 * of different spaces cannot.
 */
export interface Space {
  readonly fields: readonly string[];
  readonly initial: readonly (readonly number[])[];
  /**
   * What instance `index` does in the row at `at`: a list of alternating field and value number to
   * write, or undefined when it cannot happen there.
   */
  readonly effect: (index: number, rows: Row, at: number) => readonly number[] | undefined;
  /** A learned question about one state. */
  readonly ask: (question: StateQuestion) => (rows: Row, at: number) => boolean;
  /** A learned question about a step. */
  readonly askStep: (question: StepQuestion) => (before: Row, beforeAt: number, after: Row, afterAt: number) => boolean;
  readonly decode: (rows: Row, at: number) => State;
  /** How many values `field` has taken so far. */
  readonly valuesOf: (field: number) => number;
  readonly counts: () => SpaceCounts;
}

export interface SpaceCounts {
  /** How often a function of the model was run. */
  readonly userRuns: number;
  readonly trieNodes: number;
}

export interface StateQuestion {
  /** Where the question comes from, for errors. */
  readonly where: string;
  readonly test: (state: State) => boolean;
}

export interface StepQuestion {
  readonly where: string;
  readonly test: (before: State, after: State) => boolean;
}

const contradicts = (where: string): Fault =>
  new Fault('UW104', {
    where,
    expected: 'the same result whenever it reads the same values of the state',
    got: 'two runs on states that look the same to it, with different results',
    likely: 'it reads a clock, a random number or a variable outside the state, or keeps a value between runs',
    next: 'move what it reads into the state, or into a choice of the actor',
  });

/** Runs user code with its faults named, but lets a change of shape through: it is no fault. */
const attempt = <T>(where: string, run: () => T): T => {
  let changed: ShapeChanged | undefined;
  const result = guarded(where, () => {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof ShapeChanged)) throw error;
      changed = error;
      return undefined;
    }
  });
  if (changed !== undefined) throw changed;
  return result as T;
};

interface Workshop {
  readonly system: System;
  readonly shape: StateShape;
  readonly values: readonly Values[];
  readonly recorder: Recorder;
  readonly tries: Trie[];
  userRuns: number;
}

const NEVER = 0;

const learnedEffects = (shop: Workshop): Space['effect'] => {
  const { system, shape, values, recorder } = shop;
  const width = shape.fields.length;
  const tries = system.instances.map(() => createTrie(width));
  shop.tries.push(...tries);
  const effects: (readonly number[] | undefined)[] = [undefined];
  const learn = (index: number, rows: Row, at: number): number => {
    const instance = system.instances[index]!;
    const { when, then } = system.model.actions[instance.action]!;
    const where = `model ${system.model.id}, action ${instance.key}`;
    const choice = instance.choice as never;
    const { reads, writes } = attempt(where, () =>
      recorder.record(
        (field) => values[field]!.at(rows[at + field]!),
        (view) => when === undefined || when(view, choice, system.setting),
        (draft) => then(draft as never, choice, system.setting),
      ),
    );
    shop.userRuns += 1;
    const effect = writes && [...writes].flatMap(([field, value]) => [field, values[field]!.idOf(value)]);
    const outcome = effect === undefined ? NEVER : effects.push(effect) - 1;
    if (!tries[index]!.add(reads, (field) => rows[at + field]!, outcome)) throw contradicts(where);
    return outcome;
  };
  return (index, rows, at) => {
    const found = tries[index]!.find(rows, at, rows, at);
    return effects[found >= 0 ? found : learn(index, rows, at)];
  };
};

const learnedQuestion = (
  shop: Workshop,
  where: string,
  test: (before: State, after: State) => boolean,
): ((before: Row, beforeAt: number, after: Row, afterAt: number) => boolean) => {
  const { shape, values, recorder } = shop;
  const width = shape.fields.length;
  const trie = createTrie(width);
  shop.tries.push(trie);
  return (before, beforeAt, after, afterAt) => {
    const found = trie.find(before, beforeAt, after, afterAt);
    if (found >= 0) return found === 1;
    const idOf = (field: number): number =>
      field < width ? before[beforeAt + field]! : after[afterAt + field - width]!;
    const valueOf = (field: number): Value => values[field % width]!.at(idOf(field));
    const { reads, result } = attempt(where, () => recorder.observe(valueOf, (a, b) => Boolean(test(a, b))));
    shop.userRuns += 1;
    if (!trie.add(reads, idOf, result ? 1 : 0)) throw contradicts(where);
    return result;
  };
};

/** A space laid out with the parts in `whole` as single values. Throws ShapeChanged, now or later. */
const layOut = (system: System, whole: ReadonlySet<string>): Space => {
  const shape = shapeOf(system.initial[0]!, whole);
  const values = shape.fields.map(createValues);
  const shop: Workshop = { system, shape, values, recorder: createRecorder(shape), tries: [], userRuns: 0 };
  return {
    fields: shape.fields,
    initial: system.initial.map((state) => flatten(shape, state).map((value, field) => values[field]!.idOf(value))),
    effect: learnedEffects(shop),
    ask: ({ where, test }) => {
      const question = learnedQuestion(shop, where, test);
      return (rows, at) => question(rows, at, rows, at);
    },
    askStep: ({ where, test }) => learnedQuestion(shop, where, test),
    decode: (rows, at) => unflatten(shape, (field) => values[field]!.at(rows[at + field]!)),
    valuesOf: (field) => values[field]!.size(),
    counts: () => ({
      userRuns: shop.userRuns,
      trieNodes: shop.tries.reduce((sum, trie) => sum + trie.nodes(), 0),
    }),
  };
};

/**
 * Runs `use` on the space of `system`. Where a part of the state turns out to change its shape, the
 * space is laid out anew with that part as one value and `use` starts again; each part can do so only
 * once, so this ends.
 */
export function* withSpace<P, R>(system: System, use: (space: Space) => Generator<P, R>): Generator<P, R> {
  const whole = new Set<string>();
  for (;;) {
    try {
      return yield* use(layOut(system, whole));
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
      whole.add(error.path);
    }
  }
}
