import { freeze } from 'immer';
import { assertPlain, canonical, type Value } from '../../model/index.ts';

/** The values one field has taken so far, each with a small number that stands for it. */
export interface Values {
  /** The number of `value`, which is given one if it is new. Throws UW103 for a value that is not plain. */
  readonly idOf: (value: Value) => number;
  readonly at: (id: number) => Value;
  readonly size: () => number;
  /** All of them, by number. */
  readonly all: () => readonly Value[];
}

/** An empty set of values for the field at `path`. Numbers are given in the order of first sight. */
export const createValues = (path: string): Values => {
  const list: Value[] = [];
  const primitives = new Map<Value, number>();
  const trees = new Map<string, number>();
  const add = (value: Value): number => list.push(value) - 1;
  return {
    idOf: (value) => {
      if (value !== null && typeof value === 'object') {
        const key = canonical(value);
        const known = trees.get(key);
        if (known !== undefined) return known;
        assertPlain(value, 'the state', path);
        // A function that only looks could otherwise change what every later state shares.
        const id = add(freeze(value, true));
        trees.set(key, id);
        return id;
      }
      const known = primitives.get(value);
      if (known !== undefined) return known;
      assertPlain(value, 'the state', path);
      const id = add(value);
      primitives.set(value, id);
      return id;
    },
    at: (id) => list[id]!,
    size: () => list.length,
    all: () => list,
  };
};
