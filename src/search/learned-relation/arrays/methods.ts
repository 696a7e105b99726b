import { proofOf } from './callback/closed.ts';
import type { BranchShape } from '../fields/shape.ts';
import type { ArrayQuestion } from './array-queries.ts';

/** Names of array methods that are recorded as a whole. */
export const METHODS = ['some', 'every', 'find', 'findIndex', 'filter'] as const;
/** One of them. */
export type Method = (typeof METHODS)[number];

/** Whether `name` is one of them. */
export const isMethod = (name: PropertyKey): name is Method =>
  (METHODS as readonly PropertyKey[]).includes(name);

/** A test, or a change, as a model gives it to a method of an array. */
export type Test = (element: unknown, index: number, array: unknown) => unknown;

/**
 * Reads that were set aside while something ran that was not to be noted, and a way to note them after all.
 */
export interface Aside<T> {
  readonly result: T;
  readonly note: () => void;
}

/** The means of recording questions about arrays. */
export interface Asker {
  /**
   * Records a question as one read and gives the number it is answered with; undefined where it cannot be
   * recorded so.
   */
  readonly ask: (
    branch: BranchShape,
    self: object,
    kind: ArrayQuestion['kind'],
    test: Test,
  ) => number | undefined;
  /** Runs what reads element by element without noting it. */
  readonly aside: <T>(run: () => T) => Aside<T>;
  /** Says that an answer is not what the elements say one by one: nothing of this run counts. */
  readonly refuse: () => void;
}

/**
 * Changes all elements of an array, each by what it is itself, and records that as one read where it can be.
 */
export type ChangeArray = (branch: BranchShape, self: object, change: Test) => void;

/**
 * The elements that passed a test: asked for no more than their number, they were counted; else they were
 * read one by one.
 */
const passed = (elements: readonly unknown[], note: () => void): unknown => {
  let isNoted = false;
  const look = (): void => {
    if (isNoted) return;
    isNoted = true;
    note();
  };
  const noted =
    <Given extends readonly unknown[], R>(trap: (...given: Given) => R) =>
    (...given: Given): R => {
      look();
      return trap(...given);
    };
  return new Proxy(elements, {
    get: (target, name, self) => {
      if (name !== 'length') look();
      return Reflect.get(target, name, self) as unknown;
    },
    set: noted(Reflect.set),
    has: noted(Reflect.has),
    ownKeys: noted(Reflect.ownKeys),
    defineProperty: noted(Reflect.defineProperty),
    deleteProperty: noted(Reflect.deleteProperty),
    getOwnPropertyDescriptor: noted(Reflect.getOwnPropertyDescriptor),
    preventExtensions: noted(Reflect.preventExtensions),
  });
};

/** The question that a method asks, and what of it each element is tested for. */
const KINDS: { readonly [name in Method]: ArrayQuestion['kind'] } = {
  some: 'some',
  every: 'some',
  find: 'first',
  findIndex: 'first',
  filter: 'count',
};

/**
 * Asks the elements one by one: the number that the question has to be answered by, and those that pass where
 * they are counted.
 */
const oneByOne = (
  name: Method,
  array: readonly unknown[],
  test: Test,
): { readonly answer: number; readonly passing: readonly unknown[] } => {
  const passing = name === 'filter' ? array.filter(test) : [];
  if (name === 'filter') return { answer: passing.length, passing };
  if (KINDS[name] === 'first') return { answer: array.findIndex(test) + 1, passing };
  return { answer: Number(name === 'some' ? array.some(test) : !array.every(test)), passing };
};

/**
 * A method of an array that asks all elements at once. Only a test whose text proves that it is a function of
 * its element is asked so. With any other the method is that of JavaScript, and what it reads is noted
 * element by element.
 */
export const methodOf = (name: Method, branch: BranchShape, self: object, asker: Asker): unknown => {
  const array = self as readonly unknown[];
  const native = Array.prototype[name] as (...given: readonly unknown[]) => unknown;
  return function asked(this: unknown, ...given: readonly unknown[]): unknown {
    if (this !== self || proofOf(given[0]) !== 'test') return Reflect.apply(native, this, given);
    const test = given[0] as Test;
    const wanted: Test = name === 'every' ? (...args) => !test(...args) : test;
    const answer = asker.ask(branch, self, KINDS[name], wanted);
    if (answer === undefined) return Reflect.apply(native, this, given);
    const { note, result } = asker.aside(() => oneByOne(name, array, test));
    // An answer from what is known of the elements has to be what they say one by one.
    if (result.answer !== answer) asker.refuse();
    switch (name) {
      case 'some':
        return result.answer === 1;
      case 'every':
        return result.answer === 0;
      case 'findIndex':
        return result.answer - 1;
      case 'find':
        return result.answer === 0 ? undefined : array[result.answer - 1];
      case 'filter':
        return passed(result.passing, note);
    }
  };
};

/**
 * `forEach` of an array that changes all elements at once, where its text proves that each changes by what it
 * is itself.
 */
export const forEachOf = (branch: BranchShape, self: object, change: ChangeArray): unknown =>
  function changed(this: unknown, ...given: readonly unknown[]): void {
    if (this !== self || proofOf(given[0]) === 'nothing') Reflect.apply(Array.prototype.forEach, this, given);
    else change(branch, self, given[0] as Test);
  };
