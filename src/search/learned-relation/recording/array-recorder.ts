import { canonical, type Value } from '../../../model/index.ts';
import type { Drafting } from './drafting.ts';
import { FIRST_ARRAY_QUERY } from '../tries/forest-view.ts';
import { NotRecordable, tryElement, wayIn, type Assumption, type ElementPaths } from '../arrays/element.ts';
import type { Asker, Aside, ChangeArray, Test } from '../arrays/methods.ts';
import type { BranchShape, Shape } from '../fields/shape.ts';
import type { Values } from '../fields/values.ts';
import type { Notes } from './view.ts';
import type { ElementChange, ArrayQuery, ArrayQueryStore } from '../arrays/array-queries.ts';

/**
 * The means of recording questions about arrays: the values that fields have taken, and a place for
 * questions.
 */
export interface ArrayQueryRecording {
  readonly values: readonly Values[];
  readonly store: ArrayQueryStore;
  readonly minLength: number;
}

/** A recorder of questions about arrays, and of changes of them, as one read each. */
export interface ArrayRecorder {
  readonly asker: Asker;
  readonly changeBy: (drafting: Drafting) => ChangeArray;
}

/**
 * Runs a function of one element with an assumption about it. Throws Refused where it throws: it does not
 * expect that.
 */
const assuming = <T>(notes: Notes, assumption: Assumption, run: () => T): T => {
  notes.assumption = assumption;
  try {
    return run();
  } catch {
    throw new NotRecordable();
  } finally {
    notes.assumption = undefined;
  }
};

/**
 * Tries a function of one element on each, forwards and backwards: its result may not depend on the order.
 */
const tryAll = <T>(
  branch: BranchShape,
  tryOne: (part: Shape, index: number) => ElementPaths<T>,
): readonly ElementPaths<T>[] => {
  const parts = [...branch.parts.values()];
  const elements = parts.map(tryOne);
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    if (JSON.stringify(tryOne(parts[index]!, index)) !== JSON.stringify(elements[index]))
      throw new NotRecordable();
  }
  return elements;
};

/** Runs a function on a state without noting its reads, and without asking for anything as a whole. */
const asideOf =
  (notes: Notes) =>
  <T>(run: () => T): Aside<T> => {
    const { asks, changes, noted, reads } = notes;
    const looked: number[] = [];
    Object.assign(notes, { reads: looked, asks: undefined, changes: undefined });
    try {
      const result = run();
      const note = (): void => {
        for (const field of looked) {
          if (noted[field] === 0) notes.reads.push(field);
          noted[field] = 1;
        }
      };
      return { result, note };
    } finally {
      Object.assign(notes, { reads, asks, changes });
      for (const field of looked) noted[field] = 0;
    }
  };

/**
 * Returns the writes that a change of every element is known to make, element by element, where the fields
 * have the values of this run.
 */
const expectedOf = (notes: Notes, values: readonly Values[], elements: readonly ElementChange[]): string =>
  JSON.stringify(
    elements.map((ways) =>
      (wayIn(ways, (field) => values[field]!.idOf(notes.valueOf(field)))?.answer ?? []).map(
        ([field, value]) => `${field} ${canonical(value)}`,
      ),
    ),
  );

/** Returns the writes to every element. */
const foundIn = (drafting: Drafting, branch: BranchShape): string =>
  JSON.stringify(
    [...branch.parts.values()].map((part) =>
      drafting
        .written(part)
        .map(([field, value]: readonly [number, Value]) => `${field} ${canonical(value)}`),
    ),
  );

/**
 * Makes a recorder of questions about arrays, and of changes of them, as reads that are numbered on from
 * those of two rows. Only functions whose text proves what they look at come here. If one of them is still
 * refused, the run continues element by element.
 */
export const arrayRecorder = (notes: Notes, { store, values }: ArrayQueryRecording): ArrayRecorder => {
  const note = (read: ArrayQuery): number => {
    const number = store.numberOf(read, (used) => notes.reads.includes(FIRST_ARRAY_QUERY + used));
    notes.reads.push(FIRST_ARRAY_QUERY + number);
    return number;
  };
  const refuse = (): void => {
    notes.isRefused = true;
  };
  const unlessRefused = <T>(run: () => T): T | undefined => {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof NotRecordable)) throw error;
      refuse();
      return undefined;
    }
  };
  const aside = asideOf(notes);
  const runOn = (run: Test, self: object, index: number): unknown =>
    run(Reflect.get(self, index), index, self);
  const asker: Asker = {
    aside,
    refuse,
    ask: (branch, self, kind, test) => {
      const elements = unlessRefused(() =>
        tryAll(branch, (part, index) =>
          tryElement(
            part,
            values,
            (assumption) => assuming(notes, assumption, () => Boolean(runOn(test, self, index))),
            String,
          ),
        ),
      );
      if (elements === undefined) return undefined;
      return store.valueIn(note({ kind, elements }), (field) => values[field]!.idOf(notes.valueOf(field)));
    },
  };
  const changeBy =
    (drafting: Drafting): ChangeArray =>
    (branch, self, change) => {
      const elements = unlessRefused(() =>
        tryAll(branch, (part, index) =>
          tryElement(
            part,
            values,
            (assumption) =>
              assuming(notes, assumption, () => drafting.trial(part, () => runOn(change, self, index))),
            (writes) => JSON.stringify(writes),
          ),
        ),
      );
      const changeAll = (): void => (self as readonly unknown[]).forEach(change);
      if (elements === undefined) {
        changeAll();
        return;
      }
      note({ kind: 'each', elements });
      aside(changeAll);
      if (expectedOf(notes, values, elements) !== foundIn(drafting, branch)) refuse();
      drafting.seal(branch);
    };
  return { asker, changeBy };
};
