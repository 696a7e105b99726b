/**
 * What a pure function of a packed state was found to do: a decision trie. An inner node names the
 * field that is read next, its edges are the field's values, a leaf is the number of an outcome.
 * Being pure and deterministic, a function always reads the same next field after the same answers.
 */
export interface Trie {
  /** The outcome for the row whose field values `idOf` gives, or -1 if it is not known yet. */
  readonly find: (before: ArrayLike<number>, beforeAt: number, after: ArrayLike<number>, afterAt: number) => number;
  /** Notes the outcome of one run. Returns false if it contradicts an earlier one: not a function of the state. */
  readonly add: (reads: readonly number[], idOf: (field: number) => number, outcome: number) => boolean;
  readonly nodes: () => number;
}

// A slot is 0 when nothing is known, n > 0 for node n-1, and -n-1 for outcome n.
const UNKNOWN = 0;

/** An empty trie over rows of `width` fields; fields from `width` on are those of the second row. */
export const createTrie = (width: number): Trie => {
  const fieldOf: number[] = [];
  const slotsOf: number[][] = [];
  let root = UNKNOWN;
  const slotAt = (slots: number[], id: number): number => {
    while (slots.length <= id) slots.push(UNKNOWN);
    return slots[id]!;
  };
  return {
    find: (before, beforeAt, after, afterAt) => {
      let slot = root;
      while (slot > 0) {
        const field = fieldOf[slot - 1]!;
        const id = field < width ? before[beforeAt + field]! : after[afterAt + field - width]!;
        const slots = slotsOf[slot - 1]!;
        slot = id < slots.length ? slots[id]! : UNKNOWN;
      }
      return -slot - 1;
    },
    add: (reads, idOf, outcome) => {
      let parent: number[] | undefined;
      let parentId = 0;
      const link = (slot: number): void => {
        if (parent === undefined) root = slot;
        else parent[parentId] = slot;
      };
      let slot = root;
      for (const field of reads) {
        if (slot < 0) return false;
        if (slot === UNKNOWN) {
          slot = fieldOf.push(field);
          slotsOf.push([]);
          link(slot);
        } else if (fieldOf[slot - 1] !== field) return false;
        parent = slotsOf[slot - 1]!;
        parentId = idOf(field);
        slot = slotAt(parent, parentId);
      }
      if (slot !== UNKNOWN) return slot === -outcome - 1;
      link(-outcome - 1);
      return true;
    },
    nodes: () => fieldOf.length,
  };
};
