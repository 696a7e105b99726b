import { canonical, type Value } from '../../../model/index.ts';
import { lookedAt, wayIn, type ElementPaths } from './element.ts';
import type { Values } from '../fields/values.ts';

/** A test of one element of an array. */
export type ElementTest = ElementPaths<boolean>;

/** The writes to one element of an array: its own fields, with their values. */
export type ElementChange = ElementPaths<readonly (readonly [field: number, value: Value])[]>;

/**
 * An array question: a question about all elements of an array that was recorded as one read. It asks whether
 * some element passes a test, which is the first that does (counted from 1; 0 for none), or how many do. It
 * is identified by the results of its tests on the values that there were, so that functions that ask the
 * same ask one question, with any closures. Within one run each is a question of its own: tests that come to
 * the same so far need not do so on the next value.
 */
export interface ArrayQuestion {
  readonly kind: 'some' | 'first' | 'count';
  readonly elements: readonly ElementTest[];
}

/**
 * An array change: a change of all elements of an array, each by what it is itself. It stands among the
 * reads, as a question that is always answered by 0, since what it does depends on them.
 */
export interface ArrayChange {
  readonly kind: 'each';
  readonly elements: readonly ElementChange[];
}

/** A question about an array, or a change of one, that was recorded as one read. */
export type ArrayQuery = ArrayQuestion | ArrayChange;

/** The questions about arrays, and changes of them, that were recorded so far. */
export interface ArrayQueries {
  readonly at: (number: number) => ArrayQuery;
  /** Returns the queries from number `first` on. */
  readonly from: (first: number) => readonly ArrayQuery[];
  /** Answers question `number` where fields have these value numbers; -1 if it does not know one of them. */
  readonly valueIn: (number: number, idOf: (field: number) => number) => number;
  /** Returns the fields that have to be looked at for that. */
  readonly looksAt: (number: number, idOf: (field: number) => number) => readonly number[];
  /** Returns the writes of change `number`: alternating fields and value numbers. */
  readonly writesIn: (number: number, idOf: (field: number) => number) => readonly number[];
  /** Returns the number of a value that a change writes. */
  readonly idOf: (field: number, value: Value) => number;
  /** The epoch, which goes up whenever what was learned with such reads has to be learned anew. */
  readonly epoch: () => number;
  /**
   * Whether `later` extends `earlier`: it says the same wherever `earlier` says anything, and knows more
   * values.
   */
  readonly isExtended: (earlier: number, later: number) => boolean;
  /** Whether a question lacks values that its fields have taken since. */
  readonly isStale: (number: number) => boolean;
}

const textOf = (way: { readonly path: readonly number[]; readonly answer: unknown }): string =>
  `${way.path.join()}${canonical(way.answer as Value)}`;

const keyOf = ({ kind, elements }: ArrayQuery): string =>
  `${kind} ${elements.map((ways) => ways.map(textOf).join(' ')).join('|')}`;

const sizesOf = (values: readonly Values[], { elements }: ArrayQuery): ReadonlyMap<number, number> => {
  const fields = elements.flatMap((ways) => [...lookedAt(ways)]);
  return new Map(fields.map((field) => [field, values[field]!.size()]));
};

/** A function of one element of an array, as a look-up: -1 where it does not know a value. */
type Lookup = (idOf: (field: number) => number) => number;

// Larger ones are looked through way by way.
const MOST_PLACES = 4096;

/** Makes a look-up of the way that an element takes, as a table over all combinations of what it looks at. */
const lookupOf = (ways: ElementPaths<unknown>, sizes: ReadonlyMap<number, number>): Lookup => {
  const fields = [...lookedAt(ways)];
  const lengths = fields.map((field) => sizes.get(field)!);
  const places = lengths.reduce((product, length) => product * length, 1);
  const wayOf = (idOf: (field: number) => number): number =>
    ways.findIndex(({ path }) => path.every((part, at) => at % 2 === 0 || idOf(path[at - 1]!) === part));
  if (places > MOST_PLACES) return wayOf;
  const table = Int16Array.from({ length: places }, (_, place) => {
    let rest = place;
    const ids = new Map<number, number>();
    fields.forEach((field, at) => {
      ids.set(field, rest % lengths[at]!);
      rest = Math.floor(rest / lengths[at]!);
    });
    return wayOf((field) => ids.get(field)!);
  });
  return (idOf) => {
    let place = 0;
    for (let at = fields.length - 1; at >= 0; at -= 1) {
      const id = idOf(fields[at]!);
      // Whether it matters depends on the others.
      if (id >= lengths[at]!) return wayOf(idOf);
      place = place * lengths[at]! + id;
    }
    return table[place]!;
  };
};

/** The recorded queries, and an index to look them up. */
interface Known {
  readonly read: ArrayQuery;
  readonly sizes: ReadonlyMap<number, number>;
  readonly lookups: readonly Lookup[];
}

const knownOf = (read: ArrayQuery, sizes: ReadonlyMap<number, number>): Known => ({
  read,
  sizes,
  lookups: read.elements.map((ways) => lookupOf(ways, sizes)),
});

const answerTo = ({ read, lookups }: Known, idOf: (field: number) => number): number => {
  const { kind, elements } = read;
  let count = 0;
  for (let at = 0; at < lookups.length; at += 1) {
    const way = lookups[at]!(idOf);
    if (way < 0) return -1;
    if (kind === 'each' || !elements[at]![way]!.answer) continue;
    if (kind === 'some') return 1;
    if (kind === 'first') return at + 1;
    count += 1;
  }
  return count;
};

/** Whether each way of an element is one of another's. */
const includes = (more: ElementPaths<unknown>, fewer: ElementPaths<unknown>): boolean => {
  const known = new Set(more.map(textOf));
  return fewer.every((way) => known.has(textOf(way)));
};

const isExtension = (later: ArrayQuery, earlier: ArrayQuery): boolean =>
  later.kind === earlier.kind &&
  earlier.elements.every((ways, at) => includes(later.elements[at] ?? [], ways));

/** A store of array questions and changes, each once. */
export interface ArrayQueryStore extends ArrayQueries {
  /** Returns the number of what was recorded; not one of those that the run has used for something else. */
  readonly numberOf: (read: ArrayQuery, isUsed: (number: number) => boolean) => number;
  readonly nextEpoch: () => void;
  readonly memory: () => ArrayQueryMemory;
  /** Takes over the knowledge of another store; this one has to be empty. */
  readonly recall: (memory: ArrayQueryMemory) => void;
}

/** The memory of a store: what was recorded, with how many values each field looked at had then. */
export interface ArrayQueryMemory {
  readonly epoch: number;
  readonly reads: readonly {
    readonly read: ArrayQuery;
    readonly sizes: readonly (readonly [field: number, size: number])[];
  }[];
}

/** Makes an empty store, for fields with these values. */
export const createArrayQueries = (values: readonly Values[]): ArrayQueryStore => {
  const all: Known[] = [];
  const known = new Map<string, number[]>();
  let epoch = 0;
  const numbersOf = (read: ArrayQuery): number[] => {
    const key = keyOf(read);
    const numbers = known.get(key) ?? [];
    known.set(key, numbers);
    return numbers;
  };
  const idOf = (field: number, value: Value): number => values[field]!.idOf(value);
  return {
    at: (number) => all[number]!.read,
    from: (first) => all.slice(first).map(({ read }) => read),
    epoch: () => epoch,
    nextEpoch: () => (epoch += 1),
    idOf,
    numberOf: (read, isUsed) => {
      const numbers = numbersOf(read);
      const free = numbers.find((number) => !isUsed(number));
      if (free !== undefined) return free;
      const number = all.push(knownOf(read, sizesOf(values, read))) - 1;
      numbers.push(number);
      return number;
    },
    isExtended: (earlier, later) => isExtension(all[later]!.read, all[earlier]!.read),
    isStale: (number) => [...all[number]!.sizes].some(([field, size]) => values[field]!.size() > size),
    valueIn: (number, ids) => answerTo(all[number]!, ids),
    looksAt: (number, ids) =>
      all[number]!.read.elements.flatMap((ways) => {
        const path = wayIn<unknown>(ways, ids)?.path ?? [...lookedAt(ways)].flatMap((field) => [field, 0]);
        return path.filter((_, at) => at % 2 === 0);
      }),
    writesIn: (number, ids) => {
      const { read } = all[number]!;
      if (read.kind !== 'each') return [];
      return read.elements.flatMap((ways) =>
        (wayIn(ways, ids)?.answer ?? []).flatMap(([field, value]) => [field, idOf(field, value)]),
      );
    },
    memory: () => ({
      epoch,
      reads: all.map(({ read, sizes }) => ({ read, sizes: [...sizes] })),
    }),
    recall: (memory) => {
      epoch = memory.epoch;
      for (const { read, sizes } of memory.reads) {
        numbersOf(read).push(all.push(knownOf(read, new Map(sizes))) - 1);
      }
    },
  };
};
