import { produce } from 'immer';
import type { State, Value } from '../../model/index.ts';
import { FIRST_QUESTION } from './forest-view.ts';
import { createDrafting, type Drafting } from './drafting.ts';
import type { BranchShape, Shape, StateShape } from './shape.ts';
import { assume, Refused, tryElement, type Assumption, type ElementWays } from './element.ts';
import type { AskArray, ChangeArray, Test } from './methods.ts';
import type { VirtualRead, VirtualStore } from './virtual.ts';
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
   * Runs `read` on views of states whose field values `valueOf` gives; returns the fields read, in order. What
   * `asks` says of arrays is one read each, if the recorder can do that; throws Refused where it cannot be.
   */
  readonly observe: <T>(
    valueOf: (field: number) => Value,
    read: (before: State, after: State) => T,
    asks?: Asks,
  ) => Observed<T>;
  /** Runs `when` on a view and, if it says yes, `then` on a draft; returns the reads of both, and the writes. */
  readonly record: (
    valueOf: (field: number) => Value,
    when: (view: State) => boolean,
    then: (draft: State) => void,
    asks?: Asks,
  ) => Recorded;
}

/**
 * What is recorded of arrays as one read: nothing; what a function that only looks asks of all elements; what a recipe
 * asks of them, too; and what it does to each of them.
 */
export type Asks = 'nothing' | 'guards' | 'recipes' | 'changes';

/** What is recorded of arrays at most, and how many elements they have to have at least. */
export interface AskOptions {
  readonly most: Asks;
  readonly fewest: number;
  /**
   * Whether what was learned is forgotten as soon as it lacks a value that some field has taken. Otherwise it is
   * extended where that value comes up.
   */
  readonly eager: boolean;
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
  readonly fewest: number;
}

/** Runs a function of one element with an assumption about it. Throws Refused where it throws: it does not expect that. */
const assuming = <T>(notes: Notes, assumption: Assumption, run: () => T): T => {
  notes.assumption = assumption;
  try {
    return run();
  } catch {
    throw new Refused();
  } finally {
    notes.assumption = undefined;
  }
};

/** Tries a function of one element on each, forwards and backwards: it may not come to something else in another order. */
const tryAll = <T>(
  branch: BranchShape,
  tryOne: (part: Shape, index: number) => ElementWays<T>,
): readonly ElementWays<T>[] => {
  const parts = [...branch.parts.values()];
  const elements = parts.map(tryOne);
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    if (JSON.stringify(tryOne(parts[index]!, index)) !== JSON.stringify(elements[index])) throw new Refused();
  }
  return elements;
};

/** Records what is asked of arrays, and done to them, as reads that are numbered on from those of two rows. */
const askingFor = (
  notes: Notes,
  { store, values }: Asking,
): { readonly question: AskArray; readonly changeBy: (drafting: Drafting) => ChangeArray } => {
  const note = (read: VirtualRead): number => {
    const number = store.numberOf(read);
    if (!notes.reads.includes(FIRST_QUESTION + number)) notes.reads.push(FIRST_QUESTION + number);
    return number;
  };
  const runOn = (run: Test, self: object, index: number): unknown =>
    run(Reflect.get(self, index), index, self);
  return {
    question: (branch, self, kind, test) => {
      const elements = tryAll(branch, (part, index) =>
        tryElement(
          part,
          values,
          (assumption) => assuming(notes, assumption, () => Boolean(runOn(test, self, index))),
          String,
        ),
      );
      return store.valueIn(note({ kind, elements }), (field) => values[field]!.idOf(notes.valueOf(field)));
    },
    changeBy: (drafting) => (branch, self, change) => {
      const elements = tryAll(branch, (part, index) =>
        tryElement(
          part,
          values,
          (assumption) =>
            assuming(notes, assumption, () => drafting.trial(part, () => runOn(change, self, index))),
          (writes) => JSON.stringify(writes),
        ),
      );
      note({ kind: 'each', elements });
      drafting.seal(branch);
    },
  };
};

/** A recorder for states of the given shape. */
export const createRecorder = ({ fields, root }: StateShape, asking?: Asking): Recorder => {
  const notes: Notes = {
    valueOf: () => null,
    reads: [],
    noted: new Uint8Array(2 * fields.length),
    fewest: asking?.fewest ?? 0,
    ...(asking && { assumed: (assumption, field) => assume(assumption, asking.values, field) }),
  };
  const ask = asking && askingFor(notes, asking);
  const before = createLooking(notes, root, 0);
  const after = createLooking(notes, root, fields.length);
  const drafting = createDrafting(notes, root, before.viewOf);
  const change = ask?.changeBy(drafting);
  const begin = (valueOf: (field: number) => Value, asks: Asks): void => {
    notes.valueOf = valueOf;
    notes.reads = [];
    notes.noted.fill(0);
    notes.asks = asks === 'nothing' ? undefined : ask?.question;
    notes.changes = undefined;
    for (const { reset } of [before, after, drafting]) reset();
  };
  return {
    observe: (valueOf, read, asks = 'nothing') => {
      begin(valueOf, asks);
      const result = read(before.viewOf(root), after.viewOf(root));
      return { reads: notes.reads, result };
    },
    record: (valueOf, when, then, asks = 'nothing') => {
      begin(valueOf, asks);
      if (!when(before.viewOf(root))) return { reads: notes.reads, writes: undefined };
      if (asks === 'guards') notes.asks = undefined;
      if (asks === 'changes') notes.changes = change;
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
