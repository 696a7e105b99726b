import type { Decision } from './decision.ts';

/**
 * What the pure functions of a model were found to do, as decision tries that share one table. An
 * inner node names the field that is read next, its edges are that field's values, a leaf is the number
 * of an outcome. Being pure and deterministic, a function always reads the same next field after the
 * same answers; one that does not is found out when it is added.
 */
export interface Forest {
  /** A new, empty trie. */
  readonly plant: () => number;
  /** The outcome that `trie` gives for two rows, or -1 if it has not been seen yet. */
  readonly find: (trie: number, before: Uint32Array, after: Uint32Array) => number;
  /** Notes the outcome of one run. Returns false if it contradicts an earlier one. */
  readonly add: (
    trie: number,
    reads: readonly number[],
    idOf: (field: number) => number,
    outcome: number,
  ) => boolean;
  /** All that is known of `trie`, as a tree; undefined if nothing is. */
  readonly treeOf: (trie: number) => Decision | undefined;
  readonly nodes: () => number;
}

// A slot is 0 when nothing is known, n > 0 for the node at n, and -n-1 for outcome n. A node is its
// field, the number of its slots, and the slots.
const UNKNOWN = 0;
const HEADER = 2;
const FIRST_SLOTS = 2;

const treeIn = (cells: Int32Array, slot: number): Decision | undefined => {
  if (slot === UNKNOWN) return undefined;
  if (slot < 0) return { kind: 'leaf', outcome: -slot - 1 };
  const from = slot + HEADER;
  const cases = Array.from(cells.subarray(from, from + cells[slot + 1]!), (next) => treeIn(cells, next));
  return { kind: 'read', field: cells[slot]!, cases };
};

/** An empty forest over rows of `width` fields; fields from `width` on are those of the second row. */
export const createForest = (width: number): Forest => {
  // Index 0 is never a node, so that 0 can mean unknown.
  let cells = new Int32Array(4096);
  let used = 1;
  let nodes = 0;
  const roots: number[] = [];
  const allocate = (length: number): number => {
    if (used + length > cells.length) {
      const larger = new Int32Array(2 * (cells.length + length));
      larger.set(cells);
      cells = larger;
    }
    used += length;
    return used - length;
  };
  const createNode = (field: number): number => {
    const node = allocate(HEADER + FIRST_SLOTS);
    cells[node] = field;
    cells[node + 1] = FIRST_SLOTS;
    nodes += 1;
    return node;
  };
  /** The node with room for slot `id`: itself, or a larger copy that `link` puts in its place. */
  const withSlot = (node: number, id: number, link: (node: number) => void): number => {
    const slots = cells[node + 1]!;
    if (id < slots) return node;
    const more = Math.max(2 * slots, id + 1);
    const copy = allocate(HEADER + more);
    cells.copyWithin(copy, node, node + HEADER + slots);
    cells[copy + 1] = more;
    link(copy);
    return copy;
  };

  return {
    plant: () => roots.push(UNKNOWN) - 1,
    find: (trie, before, after) => {
      let slot = roots[trie]!;
      while (slot > 0) {
        const field = cells[slot]!;
        const id = field < width ? before[field]! : after[field - width]!;
        slot = id < cells[slot + 1]! ? cells[slot + HEADER + id]! : UNKNOWN;
      }
      return -slot - 1;
    },
    add: (trie, reads, idOf, outcome) => {
      let at = -1;
      const link = (slot: number): void => {
        if (at < 0) roots[trie] = slot;
        else cells[at] = slot;
      };
      let slot = roots[trie]!;
      for (const field of reads) {
        if (slot < 0) return false;
        if (slot === UNKNOWN) {
          slot = createNode(field);
          link(slot);
        } else if (cells[slot] !== field) return false;
        const id = idOf(field);
        at = withSlot(slot, id, link) + HEADER + id;
        slot = cells[at]!;
      }
      if (slot !== UNKNOWN) return slot === -outcome - 1;
      link(-outcome - 1);
      return true;
    },
    treeOf: (trie) => treeIn(cells, roots[trie]!),
    nodes: () => nodes,
  };
};
