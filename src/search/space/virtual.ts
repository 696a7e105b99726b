import type { Value } from '../../model/index.ts';
import type { Values } from './values.ts';
import type { BranchShape, Shape } from './shape.ts';

/** What a test of an element comes to, by the fields of the element that it looks at. */
export interface ElementWay {
  /** Alternating field and value number. */
  readonly path: readonly number[];
  readonly answer: boolean;
}

/** A test of one element of an array, for every combination of the values that its fields have taken so far. */
export type ElementTest = readonly ElementWay[];

/**
 * A question about all elements of an array that was recorded as one read: whether some element passes a test, which
 * is the first that does (counted from 1; 0 for none), or how many do. It is known by what its tests come to, so
 * that functions that ask the same ask one question, whatever closures they ask it with.
 */
export interface VirtualRead {
  readonly kind: 'some' | 'first' | 'count';
  readonly elements: readonly ElementTest[];
}

/** The questions about arrays that were recorded so far. */
export interface Virtuals {
  readonly at: (number: number) => VirtualRead;
  /** What question `number` is answered where fields have these value numbers; -1 if its tests do not know one of them. */
  readonly valueIn: (number: number, idOf: (field: number) => number) => number;
  /** Goes up whenever what was learned with such reads has to be learned anew. */
  readonly epoch: () => number;
  /** Whether a question lacks values that its fields have taken since. */
  readonly isStale: (number: number) => boolean;
}

/** Says that a test cannot be recorded as a whole: the function is run again, and read element by element. */
export class Refused extends Error {}

/** What a run looks at, for as long as one element is tried with values that it does not have. */
export interface Assumption {
  readonly path: number[];
  readonly forced: readonly number[];
  readonly isOwn: (field: number) => boolean;
}

/** Names of array methods that are recorded as a whole. */
export const METHODS = ['some', 'every', 'find', 'findIndex', 'filter'] as const;
/** One of them. */
export type Method = (typeof METHODS)[number];

/** Whether `name` is one of them. */
export const isMethod = (name: PropertyKey): name is Method =>
  (METHODS as readonly PropertyKey[]).includes(name);

// Combinations of values of one element that are tried.
const MOST_WAYS = 128;

/** The fields of a part of the state. */
const fieldsOf = (part: Shape): readonly number[] =>
  part.kind === 'leaf' ? [part.field] : [...part.parts.values()].flatMap(fieldsOf);

/** The value to assume for a field of the element: the one that is forced, or else the first. */
export const assume = (assumption: Assumption, values: readonly Values[], field: number): Value => {
  const { forced, path } = assumption;
  for (let at = 0; at < path.length; at += 2) {
    if (path[at] === field) return values[field]!.at(path[at + 1]!);
  }
  const id = forced[path.length + 1] ?? 0;
  path.push(field, id);
  return values[field]!.at(id);
};

/** The path to try after `path`: the last value that is not the last of its field gets larger. */
const nextPath = (path: readonly number[], values: readonly Values[]): readonly number[] | undefined => {
  for (let at = path.length - 2; at >= 0; at -= 2) {
    const id = path[at + 1]! + 1;
    if (id < values[path[at]!]!.size()) return [...path.slice(0, at + 1), id];
  }
  return undefined;
};

/** Tries a test with every combination of values that its element could have. Throws Refused. */
export const testElement = (
  part: Shape,
  values: readonly Values[],
  run: (assumption: Assumption) => boolean,
): ElementTest => {
  const own = new Set(fieldsOf(part));
  const ways: ElementWay[] = [];
  for (let forced: readonly number[] | undefined = []; forced !== undefined;) {
    const assumption: Assumption = { path: [], forced, isOwn: (field) => own.has(field) };
    const answer = run(assumption);
    // A test that keeps something from one element for the next may say something else when it is asked again.
    if (run(assumption) !== answer || ways.length === MOST_WAYS) throw new Refused();
    ways.push({ answer, path: assumption.path });
    forced = nextPath(assumption.path, values);
  }
  return ways;
};

/** What a test of an element comes to; undefined where a field has a value that it does not know. */
const answerIn = (test: ElementTest, idOf: (field: number) => number): boolean | undefined =>
  test.find(({ path }) => path.every((part, at) => at % 2 === 0 || idOf(path[at - 1]!) === part))?.answer;

const keyOf = ({ kind, elements }: VirtualRead): string =>
  `${kind} ${elements.map((test) => test.map(({ path, answer }) => `${path.join()}${answer ? '+' : '-'}`).join(' ')).join('|')}`;

const sizesOf = (values: readonly Values[], { elements }: VirtualRead): ReadonlyMap<number, number> => {
  const sizes = new Map<number, number>();
  for (const { path } of elements.flat()) {
    for (let at = 0; at < path.length; at += 2) sizes.set(path[at]!, values[path[at]!]!.size());
  }
  return sizes;
};

/** Keeps questions about arrays, each once. */
export interface VirtualStore extends Virtuals {
  readonly numberOf: (read: VirtualRead) => number;
  readonly nextEpoch: () => void;
  readonly size: () => number;
}

/** An empty store, for fields with these values. */
export const createVirtuals = (values: readonly Values[]): VirtualStore => {
  const reads: VirtualRead[] = [];
  const sizes: ReadonlyMap<number, number>[] = [];
  const known = new Map<string, number>();
  let epoch = 0;
  return {
    at: (number) => reads[number]!,
    size: () => reads.length,
    epoch: () => epoch,
    nextEpoch: () => (epoch += 1),
    numberOf: (read) => {
      const key = keyOf(read);
      const number = known.get(key) ?? reads.push(read) - 1;
      if (number === sizes.length) sizes.push(sizesOf(values, read));
      known.set(key, number);
      return number;
    },
    isStale: (number) => [...sizes[number]!].some(([field, size]) => values[field]!.size() > size),
    valueIn: (number, idOf) => {
      const { elements, kind } = reads[number]!;
      let count = 0;
      let first = 0;
      for (const [at, test] of elements.entries()) {
        const answer = answerIn(test, idOf);
        if (answer === undefined) return -1;
        if (!answer) continue;
        count += 1;
        if (first === 0) first = at + 1;
      }
      if (kind === 'count') return count;
      return kind === 'first' ? first : Math.min(count, 1);
    },
  };
};

/** Asks a question about an array: records the read and returns the number that it is answered with. */
export type AskArray = (branch: BranchShape, self: object, kind: VirtualRead['kind'], test: Test) => number;
/** A test as a model gives it to a method of an array. */
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
