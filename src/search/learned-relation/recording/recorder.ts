import { produce } from 'immer';
import { withoutProtoWrites } from '../../../model/plain/proto-key.ts';
import { takeSeen } from '../../../model/purity/seen-through.ts';
import type { State, Value } from '../../../model/index.ts';
import { arrayRecorder, type ArrayQueryRecording } from './array-recorder.ts';
import { createDrafting } from './drafting.ts';
import { assume } from '../arrays/element.ts';
import type { StateShape } from '../fields/shape.ts';
import { createLooking, type Notes } from './view.ts';
import { changesOf, seeing, stateAt } from './whole-state.ts';

/**
 * A recorder: it runs a model's functions on views of packed states and notes, in order, which fields they
 * read and write. A view looks like the state, but its fields are accessors, so that only fields that are
 * really looked at are noted: destructuring, iteration, spreading and `JSON.stringify` read through them.
 *
 * A function that sees how views are made, or that throws on them, is run once more, on the state itself:
 * then it may have read all of it.
 *
 * Two views stand side by side, `before` and `after`, for functions of two states; fields of the second are
 * numbered on from the first's.
 */
export interface Recorder {
  /**
   * Runs `read` on views of one state or two whose field values `valueOf` gives; returns the fields read, in
   * order. Queries of arrays that `level` allows are one read each, if the recorder can do that.
   */
  readonly observe: <T>(
    valueOf: (field: number) => Value,
    states: 1 | 2,
    read: (before: State, after: State) => T,
    level?: ArrayQueryLevel,
  ) => Observed<T>;
  /**
   * Runs `when` on a view and, if it says yes, `then` on a draft; returns the reads of both, and the writes.
   */
  readonly record: (
    valueOf: (field: number) => Value,
    when: (view: State) => boolean,
    then: (draft: State) => void,
    level?: ArrayQueryLevel,
  ) => Recorded;
  /**
   * Whether the last run asked something of an array that cannot be one read: whatever it returned does not
   * count.
   */
  readonly isRefused: () => boolean;
}

/**
 * The level of recording of arrays as one read: nothing; what a function that only looks asks of all
 * elements; what a recipe asks of them, too; and what it does to each of them.
 */
export type ArrayQueryLevel = 'nothing' | 'guards' | 'recipes' | 'changes';

/** The options of recording arrays: the highest level, and how many elements they have to have at least. */
export interface ArrayQueryOptions {
  readonly level: ArrayQueryLevel;
  readonly minLength: number;
  /**
   * Whether a function's trie is forgotten as soon as it lacks a value that some field has taken. Otherwise
   * it is extended where that value comes up.
   */
  readonly eager: boolean;
}

/** The result of a function that only looked, and the fields it read. */
export interface Observed<T> {
  readonly reads: readonly number[];
  readonly result: T;
}

/** The reads and writes of an action. */
export interface Recorded {
  readonly reads: readonly number[];
  /** The writes; undefined when `when` said no. */
  readonly writes: ReadonlyMap<number, Value> | undefined;
}

/** Makes a recorder for states of the given shape. */
export const createRecorder = (shape: StateShape, asking?: ArrayQueryRecording): Recorder => {
  const { fields, root } = shape;
  const width = fields.length;
  const notes: Notes = {
    valueOf: () => null,
    reads: [],
    noted: new Uint8Array(2 * width),
    minLength: asking?.minLength ?? 0,
    isRefused: false,
    ...(asking && { assumed: (assumption, field) => assume(assumption, asking.values, field) }),
  };
  const arrays = asking && arrayRecorder(notes, asking);
  const before = createLooking(notes, root, 0);
  const after = createLooking(notes, root, width);
  const drafting = createDrafting(notes, root, before.viewOf);
  const change = arrays?.changeBy(drafting);
  const begin = (valueOf: (field: number) => Value, level: ArrayQueryLevel): void => {
    notes.valueOf = valueOf;
    notes.reads = [];
    notes.noted.fill(0);
    notes.isRefused = false;
    notes.asks = level === 'nothing' ? undefined : arrays?.asker;
    notes.changes = undefined;
    takeSeen();
    for (const { reset } of [before, after, drafting]) reset();
  };
  const stateOf = (valueOf: (field: number) => Value): State => stateAt(shape, valueOf);
  return {
    isRefused: () => notes.isRefused,
    observe: (valueOf, states, read, level = 'nothing') => {
      begin(valueOf, level);
      const result = seeing(
        notes,
        states * width,
        () => read(before.viewOf(root), after.viewOf(root)),
        () => {
          const state = stateOf(valueOf);
          return read(state, states === 1 ? state : stateOf((field) => valueOf(field + width)));
        },
      );
      return { reads: notes.reads, result };
    },
    record: (valueOf, when, then, level = 'nothing') => {
      begin(valueOf, level);
      const writes = seeing(
        notes,
        width,
        () => {
          if (!when(before.viewOf(root))) return undefined;
          if (level === 'guards') notes.asks = undefined;
          if (level === 'changes') notes.changes = change;
          // The result of a recipe is not frozen, as within a step: more of it may be changed.
          produce({}, () => {
            withoutProtoWrites(() => then(drafting.draft()));
          });
          return drafting.writes();
        },
        () => {
          const state = stateOf(valueOf);
          return when(state) ? changesOf(shape, state, valueOf, then) : undefined;
        },
      );
      return { reads: notes.reads, writes };
    },
  };
};
