/**
 * The place of a field within a packed state: `(words[word] >>> shift) & mask`. A field that has had one
 * value only takes no bits; its mask is 0.
 */
export interface Slot {
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
  readonly mask: number;
}

/** Neighbouring fields that are looked up together: one table of 2^bits entries answers for all of them. */
export interface Group {
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
  readonly fields: readonly number[];
}

/** The layout of rows in 32-bit words. No field and no group straddles two words. */
export interface Layout {
  readonly words: number;
  /** The bits of a packed state: those of the words before the last, and those that the last one uses. */
  readonly bits: number;
  /** The slot of each field. */
  readonly slots: readonly Slot[];
  readonly groups: readonly Group[];
  /** The group of each field, or -1 for a field without bits. */
  readonly groupOf: readonly number[];
}

/** A field to be laid out. `part` names the object it is in: fields of one object are kept together. */
export interface FieldSize {
  readonly part: string;
  readonly bits: number;
}

// A group of eight bits makes nodes of a kilobyte: several thousand of them still fit a processor's cache.
const GROUP_BITS = 8;
/** Bits of a word of a packed state. */
export const WORD_BITS = 32;

/** Returns the bits it takes to tell `count` values apart. */
export const bitsFor = (count: number): number => (count <= 1 ? 0 : 32 - Math.clz32(count - 1));

const maskOf = (bits: number): number => (bits >= WORD_BITS ? -1 : (1 << bits) - 1);

interface Bundle {
  readonly part: string;
  readonly fields: number[];
  bits: number;
}

/** Bundles neighbours in one object, up to the size of a group. */
const bundlesOf = (sizes: readonly FieldSize[]): readonly Bundle[] => {
  const bundles: Bundle[] = [];
  sizes.forEach(({ part, bits }, field) => {
    if (bits === 0) return;
    const last = bundles.at(-1);
    if (last !== undefined && last.part === part && last.bits + bits <= GROUP_BITS) {
      last.fields.push(field);
      last.bits += bits;
    } else bundles.push({ part, fields: [field], bits });
  });
  // A model in which nothing ever changes still needs a place to look at.
  return bundles.length === 0 ? [{ part: '', fields: [], bits: 0 }] : bundles;
};

/**
 * Lays out fields of the given sizes: groups of neighbours, the widest first, into the first word with room.
 */
export const layoutOf = (sizes: readonly FieldSize[]): Layout => {
  const bundles = bundlesOf(sizes);
  const used: number[] = [0];
  const slots: Slot[] = sizes.map(() => ({ word: 0, shift: 0, bits: 0, mask: 0 }));
  const groupOf: number[] = sizes.map(() => -1);
  const groups: Group[] = bundles.map(() => ({ word: 0, shift: 0, bits: 0, fields: [] }));
  // Equal widths keep their order: the layout depends on the sizes alone.
  const order = bundles
    .map((_, index) => index)
    .toSorted((a, b) => bundles[b]!.bits - bundles[a]!.bits || a - b);
  for (const index of order) {
    const { bits, fields } = bundles[index]!;
    let word = used.findIndex((taken) => taken + bits <= WORD_BITS);
    if (word < 0) word = used.push(0) - 1;
    let shift = used[word]!;
    groups[index] = { word, shift, bits, fields };
    for (const field of fields) {
      const { bits: own } = sizes[field]!;
      slots[field] = { word, shift, bits: own, mask: maskOf(own) };
      groupOf[field] = index;
      shift += own;
    }
    used[word] = shift;
  }
  return { words: used.length, bits: WORD_BITS * (used.length - 1) + used.at(-1)!, slots, groups, groupOf };
};

/** Packs `row` into `words`, from `at` on. */
export const pack = ({ slots, words }: Layout, row: Uint32Array, into: Int32Array, at: number): void => {
  for (let word = 0; word < words; word += 1) into[at + word] = 0;
  for (let field = 0; field < slots.length; field += 1) {
    const { word, shift } = slots[field]!;
    into[at + word]! |= row[field]! << shift;
  }
};

/** Reads a row out of the words from `at` on. */
export const unpack = ({ slots }: Layout, words: Int32Array, at: number, row: Uint32Array): void => {
  for (let field = 0; field < slots.length; field += 1) {
    const { word, shift, mask } = slots[field]!;
    row[field] = (words[at + word]! >>> shift) & mask;
  }
};

/** Whether there is room for value number `value` of `field`. */
export const fits = ({ slots }: Layout, field: number, value: number): boolean => {
  const { bits, mask } = slots[field]!;
  return bits >= WORD_BITS || value <= mask;
};
