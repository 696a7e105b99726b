import { canonical, type Value } from '../../model/index.ts';
import { lookedAt, wayIn, type ElementWays } from './element.ts';
import type { Values } from './values.ts';

/** A test of one element of an array. */
export type ElementTest = ElementWays<boolean>;

/** What is written to one element of an array: fields of its own, with their values. */
export type ElementChange = ElementWays<readonly (readonly [field: number, value: Value])[]>;

/**
 * A question about all elements of an array that was recorded as one read: whether some element passes a test, which
 * is the first that does (counted from 1; 0 for none), or how many do. It is known by what its tests come to, so
 * that functions that ask the same ask one question, whatever closures they ask it with.
 */
export interface ArrayQuestion {
  readonly kind: 'some' | 'first' | 'count';
  readonly elements: readonly ElementTest[];
}

/**
 * A change of all elements of an array, each by what it is itself. It stands among the reads, as a question that is
 * always answered by 0, since what it does depends on them.
 */
export interface ArrayChange {
  readonly kind: 'each';
  readonly elements: readonly ElementChange[];
}

/** What was recorded as one read of an array. */
export type VirtualRead = ArrayQuestion | ArrayChange;

/** The questions about arrays, and changes of them, that were recorded so far. */
export interface Virtuals {
  readonly at: (number: number) => VirtualRead;
  /** What question `number` is answered where fields have these value numbers; -1 if it does not know one of them. */
  readonly valueIn: (number: number, idOf: (field: number) => number) => number;
  /** What change `number` writes there: alternating fields and value numbers. */
  readonly writesIn: (number: number, idOf: (field: number) => number) => readonly number[];
  /** The number of a value that a change writes. */
  readonly idOf: (field: number, value: Value) => number;
  /** Goes up whenever what was learned with such reads has to be learned anew. */
  readonly epoch: () => number;
  /** Whether a question lacks values that its fields have taken since. */
  readonly isStale: (number: number) => boolean;
}

const textOf = (way: { readonly path: readonly number[]; readonly answer: unknown }): string =>
  `${way.path.join()}${canonical(way.answer as Value)}`;

const keyOf = ({ kind, elements }: VirtualRead): string =>
  `${kind} ${elements.map((ways) => ways.map(textOf).join(' ')).join('|')}`;

const sizesOf = (values: readonly Values[], { elements }: VirtualRead): ReadonlyMap<number, number> => {
  const fields = elements.flatMap((ways) => [...lookedAt(ways)]);
  return new Map(fields.map((field) => [field, values[field]!.size()]));
};

const answerTo = ({ kind, elements }: ArrayQuestion, idOf: (field: number) => number): number => {
  let count = 0;
  let first = 0;
  for (const [at, test] of elements.entries()) {
    const way = wayIn(test, idOf);
    if (way === undefined) return -1;
    if (!way.answer) continue;
    count += 1;
    if (first === 0) first = at + 1;
  }
  if (kind === 'count') return count;
  return kind === 'first' ? first : Math.min(count, 1);
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
  const idOf = (field: number, value: Value): number => values[field]!.idOf(value);
  return {
    at: (number) => reads[number]!,
    size: () => reads.length,
    epoch: () => epoch,
    nextEpoch: () => (epoch += 1),
    idOf,
    numberOf: (read) => {
      const key = keyOf(read);
      const number = known.get(key) ?? reads.push(read) - 1;
      if (number === sizes.length) sizes.push(sizesOf(values, read));
      known.set(key, number);
      return number;
    },
    isStale: (number) => [...sizes[number]!].some(([field, size]) => values[field]!.size() > size),
    valueIn: (number, ids) => {
      const read = reads[number]!;
      if (read.kind !== 'each') return answerTo(read, ids);
      return read.elements.some((ways) => wayIn(ways, ids) === undefined) ? -1 : 0;
    },
    writesIn: (number, ids) => {
      const read = reads[number]!;
      if (read.kind !== 'each') return [];
      return read.elements.flatMap((ways) =>
        (wayIn(ways, ids)?.answer ?? []).flatMap(([field, value]) => [field, idOf(field, value)]),
      );
    },
  };
};
