import { advanced, BEGINNING, nextField, type Progress } from '../arrays/query-progress.ts';
import type { ArrayQuestion, ArrayQuery } from '../arrays/array-queries.ts';

/** A forest that is only read. */
export interface ForestView {
  /** Returns the place where `trie` begins: a node, an outcome or unknown. */
  readonly placeOf: (trie: number) => number;
  /**
   * Returns the place that is reached from `place` by looking at the fields of `row` that are marked in
   * `known`, and no others.
   */
  readonly advance: (place: number, row: Uint32Array, known: Uint8Array) => number;
  /** Returns the field that is read at a place which is a node. */
  readonly fieldAt: (place: number) => number;
}

/** The memory of a forest. */
export interface ForestTable {
  readonly cells: Int32Array;
  /** The place of each node in `cells`. */
  readonly starts: readonly number[];
  /** The root of each trie. */
  readonly roots: readonly number[];
}

/** The place of which nothing is known yet. */
export const UNKNOWN = 0;
/** The place of outcome n is `OUTCOME - n`. */
export const OUTCOME = -1;

// A slot holds a place: 0 when nothing is known, n > 0 for node n, and -n-1 for outcome n. A node is its
// field, the number of its slots, and the slots; it moves when it gets more slots, and keeps its number.
/** The number of cells before the slots of a node. */
export const HEADER = 2;

/** Returns the place behind slot `id` of the node at `start`. */
export const nextPlace = (cells: Int32Array, start: number, id: number): number =>
  id < cells[start + 1]! ? cells[start + HEADER + id]! : UNKNOWN;

/**
 * The number from which on a node's field is a question about an array: more than any two rows have fields
 * and waiting times.
 */
export const FIRST_ARRAY_QUERY: number = 2 ** 26;

/** The questions about arrays that a forest's tries have. */
export interface ArrayQueryTable {
  readonly at: (number: number) => ArrayQuery;
}

// Places within a question come after all nodes.
const FIRST_WITHIN = 2 ** 28;

/** A node that asks about an array, and how far that has been answered. */
interface Within {
  readonly node: number;
  readonly progress: Progress;
}

/** Makes numbers for places within questions. */
const createPlaces = (): {
  readonly numberOf: (within: Within) => number;
  readonly at: (place: number) => Within;
} => {
  const all: Within[] = [];
  const known = new Map<string, number>();
  return {
    at: (place) => all[place - FIRST_WITHIN]!,
    numberOf: (within) => {
      const { node, progress } = within;
      const key = `${node} ${progress.element} ${progress.soFar} ${progress.path.join()}`;
      const number = known.get(key) ?? all.push(within) - 1;
      known.set(key, number);
      return FIRST_WITHIN + number;
    },
  };
};

/** Makes a view of a forest's table as it is when it is asked for. */
export const viewOf = (table: () => ForestTable, questions?: ArrayQueryTable): ForestView => {
  const places = createPlaces();
  const fieldOf = (node: number): number => {
    const { cells, starts } = table();
    return cells[starts[node]!]!;
  };
  const questionAt = (field: number): ArrayQuestion | undefined => {
    if (questions === undefined || field < FIRST_ARRAY_QUERY) return undefined;
    const read = questions.at(field - FIRST_ARRAY_QUERY);
    return read.kind === 'each' ? undefined : read;
  };
  /** Returns the place that follows a question, or the place in it where something has to be looked at. */
  const answer = (
    { node, progress }: Within,
    question: ArrayQuestion,
    row: Uint32Array,
    known: Uint8Array,
  ): number => {
    const next = advanced(question, progress, row, (field) => known[field] !== 0);
    if (next.kind === 'unknown') return UNKNOWN;
    if (next.kind === 'waits') return places.numberOf({ node, progress: next.at });
    const { cells, starts } = table();
    return nextPlace(cells, starts[node]!, next.answer);
  };
  return {
    placeOf: (trie) => table().roots[trie]!,
    advance: (from, row, known) => {
      const { cells, starts } = table();
      let place = from;
      while (place > 0) {
        const within = place < FIRST_WITHIN ? { node: place, progress: BEGINNING } : places.at(place);
        const start = starts[within.node]!;
        const field = cells[start]!;
        const question = questionAt(field);
        if (question === undefined) {
          if (known[field] === 0) return place;
          place = nextPlace(cells, start, row[field]!);
          continue;
        }
        place = answer(within, question, row, known);
        if (place >= FIRST_WITHIN) return place;
      }
      return place;
    },
    fieldAt: (place) => {
      const { node, progress } =
        place < FIRST_WITHIN ? { node: place, progress: BEGINNING } : places.at(place);
      const field = fieldOf(node);
      const question = questionAt(field);
      return question === undefined ? field : nextField(question, progress);
    },
  };
};
