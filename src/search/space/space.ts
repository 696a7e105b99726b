import { Fault, guarded, type State, type System, type Value } from '../../model/index.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { flatten, shapeOf, ShapeChanged, unflatten, type StateShape } from './shape.ts';
import type { Decision } from './decision.ts';
import { createForest, type Forest } from './forest.ts';
import { createValues, type Values } from './values.ts';

/** A row of small numbers, one a field: a state with every value replaced by its number. */
export type Row = Uint32Array;

/**
 * A system as a space of rows. It is learned: a model's function runs once for each distinct local
 * input that it reads, and every later answer is a look-up. Rows of one space can be compared; rows
 * of different spaces cannot.
 */
export interface Space {
  readonly fields: readonly string[];
  readonly initial: readonly (readonly number[])[];
  /**
   * What instance `index` does in `row`: a list of alternating field and value number to write, or
   * undefined when it cannot happen there.
   */
  readonly effect: (index: number, row: Row) => readonly number[] | undefined;
  /** A learned question about one state. */
  readonly ask: (question: StateQuestion) => (row: Row) => boolean;
  /** The same, with what was learned of it so far: outcome 1 for yes, 0 for no. */
  readonly askAndTell: (question: StateQuestion) => AskedQuestion;
  /** A learned question about a step. */
  readonly askStep: (question: StepQuestion) => (before: Row, after: Row) => boolean;
  readonly decode: (row: Row) => State;
  /** The values that `field` has taken so far, by number. */
  readonly valuesOf: (field: number) => readonly Value[];
  /** What was learned of the instances so far. */
  readonly learnedEffects: () => LearnedEffects;
  readonly counts: () => SpaceCounts;
}

/** What learning a space took. */
export interface SpaceCounts {
  /** How often a function of the model was run. */
  readonly userRuns: number;
  readonly trieNodes: number;
}

/** A yes-or-no question about a state. */
export interface StateQuestion {
  /** Where the question comes from, for errors. */
  readonly where: string;
  readonly test: (state: State) => boolean;
}

/** A question about a state while it is being learned. */
export interface AskedQuestion {
  readonly ask: (row: Row) => boolean;
  readonly decision: () => Decision | undefined;
}

/** The effects of all instances, as far as they are known. */
export interface LearnedEffects {
  /** By instance; undefined for one that was never asked about. */
  readonly decisions: readonly (Decision | undefined)[];
  /** By outcome: alternating field and value number to write, or undefined for an instance that cannot happen. */
  readonly effects: readonly (readonly number[] | undefined)[];
}

/** A yes-or-no question about the states before and after a step. */
export interface StepQuestion {
  readonly where: string;
  readonly test: (before: State, after: State) => boolean;
}

const contradicts = (where: string): Fault =>
  new Fault('UW104', {
    where,
    expected: 'the same result whenever it reads the same values of the state',
    got: 'two runs on states that look the same to it, with different results',
    likely:
      'it reads a clock, a random number or a variable outside the state, or keeps a value between runs',
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
  readonly forest: Forest;
  userRuns: number;
}

const NEVER = 0;

const learnedEffects = (shop: Workshop): Pick<Space, 'effect' | 'learnedEffects'> => {
  const { forest, system, values, recorder } = shop;
  const tries = system.instances.map(() => forest.plant());
  const effects: (readonly number[] | undefined)[] = [undefined];
  const learn = (index: number, row: Row): number => {
    const instance = system.instances[index]!;
    const { when, then } = system.model.actions[instance.action]!;
    const where = `model ${system.model.id}, action ${instance.key}`;
    const choice = instance.choice as never;
    const { reads, writes } = attempt(where, () =>
      recorder.record(
        (field) => values[field]!.at(row[field]!),
        (view) => when === undefined || when(view, choice, system.setting),
        (draft) => then(draft as never, choice, system.setting),
      ),
    );
    shop.userRuns += 1;
    const effect = writes && [...writes].flatMap(([field, value]) => [field, values[field]!.idOf(value)]);
    const outcome = effect === undefined ? NEVER : effects.push(effect) - 1;
    if (!forest.add(tries[index]!, reads, (field) => row[field]!, outcome)) throw contradicts(where);
    return outcome;
  };
  return {
    effect: (index, row) => {
      const found = forest.find(tries[index]!, row, row);
      return effects[found >= 0 ? found : learn(index, row)];
    },
    learnedEffects: () => ({ decisions: tries.map(forest.treeOf), effects: [...effects] }),
  };
};

const learnedQuestion = (
  shop: Workshop,
  where: string,
  test: (before: State, after: State) => boolean,
): { readonly trie: number; readonly ask: (before: Row, after: Row) => boolean } => {
  const { forest, shape, values, recorder } = shop;
  const width = shape.fields.length;
  const trie = forest.plant();
  const ask = (before: Row, after: Row): boolean => {
    const found = forest.find(trie, before, after);
    if (found >= 0) return found === 1;
    const idOf = (field: number): number => (field < width ? before[field]! : after[field - width]!);
    const valueOf = (field: number): Value => values[field % width]!.at(idOf(field));
    const { reads, result } = attempt(where, () => recorder.observe(valueOf, (a, b) => test(a, b)));
    shop.userRuns += 1;
    if (!forest.add(trie, reads, idOf, result ? 1 : 0)) throw contradicts(where);
    return result;
  };
  return { trie, ask };
};

/** A space laid out with the parts in `whole` as single values. Throws ShapeChanged, now or later. */
const layOut = (system: System, whole: ReadonlySet<string>): Space => {
  const shape = shapeOf(system.initial[0]!, whole);
  const values = shape.fields.map(createValues);
  const shop: Workshop = {
    system,
    shape,
    values,
    recorder: createRecorder(shape),
    forest: createForest(shape.fields.length),
    userRuns: 0,
  };
  const askAndTell = ({ where, test }: StateQuestion): AskedQuestion => {
    const { trie, ask } = learnedQuestion(shop, where, test);
    return { ask: (row) => ask(row, row), decision: () => shop.forest.treeOf(trie) };
  };
  return {
    fields: shape.fields,
    initial: system.initial.map((state) =>
      flatten(shape, state).map((value, field) => values[field]!.idOf(value)),
    ),
    ...learnedEffects(shop),
    ask: (question) => askAndTell(question).ask,
    askAndTell,
    askStep: ({ where, test }) => learnedQuestion(shop, where, test).ask,
    decode: (row) => unflatten(shape, (field) => values[field]!.at(row[field]!)),
    valuesOf: (field) => Array.from({ length: values[field]!.size() }, (_, id) => values[field]!.at(id)),
    counts: () => ({
      userRuns: shop.userRuns,
      trieNodes: shop.forest.nodes(),
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
