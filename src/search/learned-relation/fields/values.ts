import { freeze } from 'immer';
import { canonical, type Value } from '../../../model/index.ts';

/** The values one field has taken so far, each with a small number that stands for it. */
export interface Values {
  /** Returns the number of `value`, which has to be plain; a new value gets one. */
  readonly idOf: (value: Value) => number;
  readonly at: (id: number) => Value;
  readonly size: () => number;
  /** All values, by number. */
  readonly all: () => readonly Value[];
}

/** Makes an empty set of values for a field. Numbers are given in the order of first sight. */
export const createValues = (): Values => {
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
        // A function that only looks could otherwise change what every later state shares.
        const id = add(freeze(value, true));
        trees.set(key, id);
        return id;
      }
      const known = primitives.get(value);
      if (known !== undefined) return known;
      const id = add(value);
      primitives.set(value, id);
      return id;
    },
    at: (id) => list[id]!,
    size: () => list.length,
    all: () => list,
  };
};
