import type { Decision } from './decision.ts';
import {
  FIRST_ARRAY_QUERY,
  HEADER,
  nextPlace,
  OUTCOME,
  UNKNOWN,
  viewOf,
  type ForestTable,
  type ForestView,
} from './forest-view.ts';
import type { ArrayQueries } from '../arrays/array-queries.ts';

export { FIRST_ARRAY_QUERY, OUTCOME, UNKNOWN, viewOf, type ForestTable, type ForestView };

/**
 * The decision trie forest: what the pure functions of a model were found to do, as tries that share one
 * table. An inner node names the field that is read next, its edges are that field's values, a leaf is the
 * number of an outcome. Being pure and deterministic, a function always reads the same next field after the
 * same answers; one that does not is found out when it is added.
 */
export interface Forest extends ForestView {
  /** Plants a new, empty trie. */
  readonly plant: () => number;
  /** Returns the outcome that `trie` gives for two rows, or -1 if it has not been seen yet. */
  readonly find: (trie: number, before: Uint32Array, after: Uint32Array) => number;
  /** Returns the outcome that `trie` gives for `row`, or -1, and the fields looked at on the way. */
  readonly trail: (trie: number, row: Uint32Array, look: (field: number) => void) => number;
  /** Notes the outcome of one run. Returns false if it contradicts an earlier one. */
  readonly add: (
    trie: number,
    reads: readonly number[],
    idOf: (field: number) => number,
    outcome: number,
  ) => boolean;
  /** Forgets all that is known of `trie`. */
  readonly forget: (trie: number) => void;
  /** Returns all that is known of `trie`, as a tree; undefined if nothing is. */
  readonly treeOf: (trie: number) => Decision | undefined;
  readonly nodes: () => number;
  /** The table as it is now. */
  readonly table: () => ForestTable;
  /** Returns all that the tries know. The numbers are the forest's own and change when something is added. */
  readonly memory: () => ForestMemory;
  /** Replaces all that this forest knows by what another one did; both have planted the same tries. */
  readonly recall: (memory: ForestMemory) => void;
}

/** All that the tries of a forest know. */
export interface ForestMemory {
  readonly cells: Int32Array;
  readonly starts: Int32Array;
  readonly roots: readonly number[];
}

const FIRST_SLOTS = 2;

const NONE = new Int32Array(0);

interface TrieArena {
  cells: Int32Array;
  used: number;
  /** The place of each node; number 0 is none. */
  readonly starts: number[];
}

const allocate = (arena: TrieArena, length: number): number => {
  if (arena.used + length > arena.cells.length) {
    const larger = new Int32Array(2 * (arena.cells.length + length));
    larger.set(arena.cells);
    arena.cells = larger;
  }
  arena.used += length;
  return arena.used - length;
};

const createNode = (arena: TrieArena, field: number): number => {
  const start = allocate(arena, HEADER + FIRST_SLOTS);
  arena.cells[start] = field;
  arena.cells[start + 1] = FIRST_SLOTS;
  return arena.starts.push(start) - 1;
};

/** Returns the place of slot `id` of `node`; makes room for it if there is none. */
const slotAt = (arena: TrieArena, node: number, id: number): number => {
  const start = arena.starts[node]!;
  const slots = arena.cells[start + 1]!;
  if (id < slots) return start + HEADER + id;
  const more = Math.max(2 * slots, id + 1);
  const copy = allocate(arena, HEADER + more);
  arena.cells.copyWithin(copy, start, start + HEADER + slots);
  arena.cells[copy + 1] = more;
  arena.starts[node] = copy;
  return copy + HEADER + id;
};

/** Returns the decision that is known from `place` on. */
const treeAt = (arena: TrieArena, place: number): Decision | undefined => {
  if (place === UNKNOWN) return undefined;
  if (place < 0) return { kind: 'leaf', outcome: OUTCOME - place };
  const start = arena.starts[place]!;
  const from = start + HEADER;
  const slots = arena.cells.subarray(from, from + arena.cells[start + 1]!);
  return {
    kind: 'read',
    field: arena.cells[start]!,
    cases: Array.from(slots, (slot) => treeAt(arena, slot)),
  };
};

/** Adds a path to the trie at `roots[trie]`. */
const addPath = (
  arena: TrieArena,
  roots: number[],
  trie: number,
  reads: readonly number[],
  idOf: (field: number) => number,
  outcome: number,
  extend: (known: number, field: number) => boolean,
): boolean => {
  let at = -1;
  const link = (place: number): void => {
    if (at < 0) roots[trie] = place;
    else arena.cells[at] = place;
  };
  let place = roots[trie]!;
  for (const field of reads) {
    if (place < 0) return false;
    if (place === UNKNOWN) {
      place = createNode(arena, field);
      link(place);
    } else {
      const start = arena.starts[place]!;
      const known = arena.cells[start]!;
      if (known !== field && !extend(known, field)) return false;
      arena.cells[start] = field;
    }
    at = slotAt(arena, place, idOf(field));
    place = arena.cells[at]!;
  }
  if (place !== UNKNOWN) return place === OUTCOME - outcome;
  link(OUTCOME - outcome);
  return true;
};

/**
 * Makes an empty forest over rows of `width` fields. Fields from `width` on are those of the second row, and
 * those from FIRST_ARRAY_QUERY on are questions about arrays of the first, if there are such.
 */
export const createForest = (width: number, arrayQueries?: ArrayQueries): Forest => {
  const arena: TrieArena = { cells: NONE, used: 0, starts: [0] };
  // A variable that was never replaced is compiled as if it never will be, and all of that is compiled anew
  // when it is.
  arena.cells = new Int32Array(4096);
  const { starts } = arena;
  const roots: number[] = [];
  // A question that knows more values may take the place of one that it extends.
  const extend = (known: number, field: number): boolean =>
    arrayQueries !== undefined &&
    known >= FIRST_ARRAY_QUERY &&
    field >= FIRST_ARRAY_QUERY &&
    arrayQueries.isExtended(known - FIRST_ARRAY_QUERY, field - FIRST_ARRAY_QUERY);
  const table = (): ForestTable => ({ cells: arena.cells, starts, roots });

  return {
    ...viewOf(table, arrayQueries && { at: arrayQueries.at }),
    table,
    plant: () => roots.push(UNKNOWN) - 1,
    find: (trie, before, after) => {
      const { cells } = arena;
      let place = roots[trie]!;
      while (place > 0) {
        const start = starts[place]!;
        const field = cells[start]!;
        if (field < FIRST_ARRAY_QUERY || arrayQueries === undefined) {
          place = nextPlace(cells, start, field < width ? before[field]! : after[field - width]!);
          continue;
        }
        const answer = arrayQueries.valueIn(field - FIRST_ARRAY_QUERY, (own) => before[own]!);
        place = answer < 0 ? UNKNOWN : nextPlace(cells, start, answer);
      }
      return OUTCOME - place;
    },
    trail: (trie, row, look) => {
      const { cells } = arena;
      let place = roots[trie]!;
      while (place > 0) {
        const start = starts[place]!;
        const field = cells[start]!;
        if (field < FIRST_ARRAY_QUERY || arrayQueries === undefined) {
          look(field);
          place = nextPlace(cells, start, row[field]!);
          continue;
        }
        const idOf = (own: number): number => row[own]!;
        for (const own of arrayQueries.looksAt(field - FIRST_ARRAY_QUERY, idOf)) look(own);
        const answer = arrayQueries.valueIn(field - FIRST_ARRAY_QUERY, idOf);
        place = answer < 0 ? UNKNOWN : nextPlace(cells, start, answer);
      }
      return OUTCOME - place;
    },
    add: (trie, reads, idOf, outcome) => addPath(arena, roots, trie, reads, idOf, outcome, extend),
    forget: (trie) => {
      roots[trie] = UNKNOWN;
    },
    treeOf: (trie) => treeAt(arena, roots[trie]!),
    nodes: () => starts.length - 1,
    memory: () => ({ cells: arena.cells.subarray(0, arena.used), starts: Int32Array.from(starts), roots }),
    recall: (memory) => {
      arena.cells = Int32Array.from(memory.cells);
      arena.used = arena.cells.length;
      starts.length = 0;
      for (const start of memory.starts) starts.push(start);
      memory.roots.forEach((place, trie) => {
        roots[trie] = place;
      });
    },
  };
};
