import { produce } from 'immer';
import type { State, Value } from '../../model/index.ts';
import { createDrafting } from './drafting.ts';
import type { StateShape } from './shape.ts';
import { createLooking, type Notes } from './view.ts';

/**
 * Runs a model's functions on views of packed states and notes, in order, which fields they read and
 * which they wrote. A view looks like the state, but its fields are accessors, so only what is really
 * looked at is noted: destructuring, iteration, spreading and `JSON.stringify` read through them too.
 *
 * Two views stand side by side, `before` and `after`, for functions of two states; fields of the
 * second are numbered on from the first's.
 */
export interface Recorder {
  /** Runs `read` on views of states whose field values `valueOf` gives; returns the fields read, in order. */
  readonly observe: <T>(
    valueOf: (field: number) => Value,
    read: (before: State, after: State) => T,
  ) => Observed<T>;
  /** Runs `when` on a view and, if it says yes, `then` on a draft; returns the reads of both, and the writes. */
  readonly record: (
    valueOf: (field: number) => Value,
    when: (view: State) => boolean,
    then: (draft: State) => void,
  ) => Recorded;
}

/** What a function that only looked returned, and which fields it read. */
export interface Observed<T> {
  readonly reads: readonly number[];
  readonly result: T;
}

/** What an action read and wrote. */
export interface Recorded {
  readonly reads: readonly number[];
  /** Undefined when `when` said no. */
  readonly writes: ReadonlyMap<number, Value> | undefined;
}

/** A recorder for states of the given shape. */
export const createRecorder = ({ fields, root }: StateShape): Recorder => {
  const notes: Notes = { valueOf: () => null, reads: [], noted: new Uint8Array(2 * fields.length) };
  const before = createLooking(notes, root, 0);
  const after = createLooking(notes, root, fields.length);
  const drafting = createDrafting(notes, root, before.viewOf);
  const begin = (valueOf: (field: number) => Value): void => {
    notes.valueOf = valueOf;
    notes.reads = [];
    notes.noted.fill(0);
    for (const { reset } of [before, after, drafting]) reset();
  };
  return {
    observe: (valueOf, read) => {
      begin(valueOf);
      const result = read(before.viewOf(root), after.viewOf(root));
      return { reads: notes.reads, result };
    },
    record: (valueOf, when, then) => {
      begin(valueOf);
      if (!when(before.viewOf(root))) return { reads: notes.reads, writes: undefined };
      let returned: unknown;
      // As within a step: what a recipe produces on the way is not frozen, since more of it may be changed.
      produce({}, () => {
        returned = then(drafting.draft());
      });
      if (returned !== undefined) throw new TypeError('a recipe changes its draft and returns nothing');
      const writes = drafting.writes();
      return { reads: notes.reads, writes };
    },
  };
};
