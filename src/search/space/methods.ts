import type { BranchShape } from './shape.ts';
import type { ArrayQuestion } from './virtual.ts';

/** Names of array methods that are recorded as a whole. */
export const METHODS = ['some', 'every', 'find', 'findIndex', 'filter'] as const;
/** One of them. */
export type Method = (typeof METHODS)[number];

/** Whether `name` is one of them. */
export const isMethod = (name: PropertyKey): name is Method =>
  (METHODS as readonly PropertyKey[]).includes(name);

/** Asks a question about an array: records the read and returns the number that it is answered with. */
export type AskArray = (branch: BranchShape, self: object, kind: ArrayQuestion['kind'], test: Test) => number;
/** Changes all elements of an array, each by what it is itself: records the change as one read. */
export type ChangeArray = (branch: BranchShape, self: object, change: Test) => void;
/** A test, or a change, as a model gives it to a method of an array. */
export type Test = (element: unknown, index: number, array: unknown) => unknown;

/** What `filter` returns: asked for its length, it is a count; asked for anything else, it is read in full. */
const filtered = (count: () => number, all: () => readonly unknown[]): unknown => {
  let known: readonly unknown[] | undefined;
  return new Proxy([], {
    get: (_, name) => {
      if (name === 'length' && known === undefined) return count();
      known ??= all();
      const value: unknown = Reflect.get(known, name);
      return typeof value === 'function' ? (value as (...args: never) => unknown).bind(known) : value;
    },
    has: (_, name) => Reflect.has((known ??= all()), name),
    ownKeys: () => Reflect.ownKeys((known ??= all())),
    getOwnPropertyDescriptor: (target, name) => {
      const property = Reflect.getOwnPropertyDescriptor((known ??= all()), name);
      // The length of an array is its own, and no other than that of the array that stands for it.
      if (name === 'length') target.length = known.length;
      return property === undefined || name === 'length' ? property : { ...property, configurable: true };
    },
  });
};

/** A method of an array that asks all elements at once. */
export const methodOf = (name: Method, branch: BranchShape, self: object, ask: AskArray): unknown => {
  const array = self as readonly unknown[];
  return (given: Test, thisArg?: unknown): unknown => {
    const test: Test = thisArg === undefined ? given : (...args) => Reflect.apply(given, thisArg, args);
    switch (name) {
      case 'some':
        return ask(branch, self, 'some', test) === 1;
      case 'every':
        return ask(branch, self, 'some', (...args) => !test(...args)) === 0;
      case 'findIndex':
        return ask(branch, self, 'first', test) - 1;
      case 'find': {
        const first = ask(branch, self, 'first', test);
        return first === 0 ? undefined : array[first - 1];
      }
      case 'filter':
        return filtered(
          () => ask(branch, self, 'count', test),
          () => Reflect.apply(Array.prototype.filter, self, [given, thisArg]) as readonly unknown[],
        );
    }
  };
};

/** `forEach` of an array that changes all elements at once. */
export const forEachOf =
  (branch: BranchShape, self: object, change: ChangeArray) =>
  (given: Test, thisArg?: unknown): void =>
    change(branch, self, thisArg === undefined ? given : (...args) => Reflect.apply(given, thisArg, args));
