import { produce } from 'immer';
import type { State, Value } from '../../model/index.ts';
import { createDrafting } from './drafting.ts';
import type { StateShape } from './shape.ts';
import { assume, Refused, testElement, type AskArray, type VirtualStore } from './virtual.ts';
import type { Values } from './values.ts';
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
  /**
   * Runs `read` on views of states whose field values `valueOf` gives; returns the fields read, in order. With `asks`,
   * questions about all elements of an array are one read each, if the recorder can do that; throws Refused where
   * one cannot be.
   */
  readonly observe: <T>(
    valueOf: (field: number) => Value,
    read: (before: State, after: State) => T,
    asks?: boolean,
  ) => Observed<T>;
  /** Runs `when` on a view and, if it says yes, `then` on a draft; returns the reads of both, and the writes. */
  readonly record: (
    valueOf: (field: number) => Value,
    when: (view: State) => boolean,
    then: (draft: State) => void,
    asks?: boolean,
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

/** What it takes to record questions about arrays: the values that fields have taken, and where questions are kept. */
export interface Asking {
  readonly values: readonly Values[];
  readonly store: VirtualStore;
}

/** Records questions about arrays as reads, numbered on from those of two rows. */
const askingFor = (notes: Notes, width: number, { store, values }: Asking): AskArray => {
  return (branch, self, kind, test) => {
    const parts = [...branch.parts.values()];
    const tryOne = (index: number): ReturnType<typeof testElement> =>
      testElement(parts[index]!, values, (assumption) => {
        notes.assumption = assumption;
        try {
          return Boolean(test(Reflect.get(self, index), index, self));
        } catch {
          // The test does not expect a combination that perhaps never comes up.
          throw new Refused();
        } finally {
          notes.assumption = undefined;
        }
      });
    const elements = parts.map((_, index) => tryOne(index));
    // Nor may it come to something else in another order.
    for (let index = parts.length - 1; index >= 0; index -= 1) {
      if (JSON.stringify(tryOne(index)) !== JSON.stringify(elements[index])) throw new Refused();
    }
    const number = store.numberOf({ kind, elements });
    const read = 2 * width + number;
    if (!notes.reads.includes(read)) notes.reads.push(read);
    return store.valueIn(number, (field) => values[field]!.idOf(notes.valueOf(field)));
  };
};

/** A recorder for states of the given shape. */
export const createRecorder = ({ fields, root }: StateShape, asking?: Asking): Recorder => {
  const notes: Notes = {
    valueOf: () => null,
    reads: [],
    noted: new Uint8Array(2 * fields.length),
    ...(asking && { assumed: (assumption, field) => assume(assumption, asking.values, field) }),
  };
  const ask = asking && askingFor(notes, fields.length, asking);
  const before = createLooking(notes, root, 0);
  const after = createLooking(notes, root, fields.length);
  const drafting = createDrafting(notes, root, before.viewOf);
  const begin = (valueOf: (field: number) => Value, asks: boolean): void => {
    notes.valueOf = valueOf;
    notes.reads = [];
    notes.noted.fill(0);
    notes.asks = asks ? ask : undefined;
    for (const { reset } of [before, after, drafting]) reset();
  };
  return {
    observe: (valueOf, read, asks = false) => {
      begin(valueOf, asks);
      const result = read(before.viewOf(root), after.viewOf(root));
      return { reads: notes.reads, result };
    },
    record: (valueOf, when, then, asks = false) => {
      begin(valueOf, asks);
      if (!when(before.viewOf(root))) return { reads: notes.reads, writes: undefined };
      notes.asks = undefined;
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
