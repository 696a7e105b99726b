import type { Layout } from '../packing/layout.ts';
import { compileInsert, compileRehash, type SetLoops } from '../kernel/kernel.ts';
import { each, LOT } from '../kernel/kernel-source.ts';
import { CANDIDATE_EXTRA, INSERTED } from '../kernel/offsets.ts';
import { SEGMENT_BITS } from '../memory/segments.ts';
import { SPARE_SLOTS } from '../memory/visited-table.ts';

/** A few bits of a packed state that are looked up together in the table of fingerprints. */
interface Chunk {
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
  /** The bytes of fields that the chunk has: the place of each within it. */
  readonly parts: readonly {
    readonly field: number;
    readonly byte: number;
    readonly at: number;
    readonly mask: number;
  }[];
}

const BYTE = 8;

const chunksOf = ({ groups, slots }: Layout): readonly Chunk[] =>
  groups.flatMap(({ word, shift, bits, fields }): readonly Chunk[] => {
    if (bits <= BYTE) {
      const parts = fields.map((field) => {
        const slot = slots[field]!;
        return { field, byte: 0, at: slot.shift - shift, mask: slot.mask };
      });
      return [{ word, shift, bits, parts }];
    }
    // Only a field that is alone in its group is wider than a byte.
    return Array.from({ length: Math.ceil(bits / BYTE) }, (_, byte) => {
      const own = Math.min(BYTE, bits - byte * BYTE);
      const part = { field: fields[0]!, byte, at: 0, mask: 2 ** own - 1 };
      return { word, shift: shift + byte * BYTE, bits: own, parts: [part] };
    });
  });

const mixed = (seed: number): number => {
  let hash = seed;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
};

// The two halves of a number for each value of each byte of each field, as if drawn at random. Value 0 has
// none: a field has the same part in the fingerprint however many bytes the layout has for it.
const half = (seed: number, field: number, byte: number, value: number): number =>
  value === 0
    ? 0
    : mixed(mixed(mixed(seed ^ Math.imul(field + 1, 0x9e3779b1)) + byte) ^ Math.imul(value, 0x27d4eb2f));
const SEEDS = [0x3c6ef372, 0x510e527f] as const;

const tableOf = (chunks: readonly Chunk[]): Int32Array => {
  const table = new Int32Array(chunks.reduce((sum, { bits }) => sum + 2 ** (bits + 1), 0));
  let at = 0;
  for (const { bits, parts } of chunks) {
    for (let value = 0; value < 2 ** bits; value += 1) {
      for (const seed of SEEDS) {
        for (const { field, byte, at: shift, mask } of parts)
          table[at]! ^= half(seed, field, byte, (value >>> shift) & mask);
        at += 1;
      }
    }
  }
  return table;
};

const fingerprintText = (chunks: readonly Chunk[]): string => {
  let base = 0;
  const lines = chunks.map(({ word, shift, bits }) => {
    const text = `x = ${base} + ((v${word} >>> ${shift} & ${2 ** bits - 1}) << 1); a ^= table[x]; b ^= table[x + 1];`;
    base += 2 ** (bits + 1);
    return text;
  });
  // No entry has 0 as its second half, for that is a free slot.
  return `let a = ${SEEDS[0]}, b = ${SEEDS[1]}, x = 0; ${lines.join(' ')} if (b === 0) b = 1;`;
};

const IN_SEGMENT = 2 ** SEGMENT_BITS - 1;

const reportText = (full: string): string =>
  `report[${INSERTED.size}] = size; report[${INSERTED.full}] = ${full};`;

const insertText = (words: number, chunks: readonly Chunk[]): string => `
  const shift = 32 - logSize;
  const tail = segments[size >>> ${SEGMENT_BITS}];
  const end = (size & ~${IN_SEGMENT}) + parents.length;
  const firsts = new Int32Array(${LOT}), seconds = new Int32Array(${LOT});
  let touched = 0;
  for (let lot = from; lot < to; lot += ${LOT}) {
    const lotEnd = Math.min(to, lot + ${LOT});
    for (let n = lot; n < lotEnd; n += 1) {
      const c = n * ${words + CANDIDATE_EXTRA};
      ${each(words, (word) => `const v${word} = candidates[c + ${word}];`)}
      ${fingerprintText(chunks)}
      firsts[n - lot] = a;
      seconds[n - lot] = b;
      touched = touched + slots[(a >>> shift) * 2] | 0;
    }
    next: for (let n = lot; n < lotEnd; n += 1) {
      const c = n * ${words + CANDIDATE_EXTRA}, a = firsts[n - lot], b = seconds[n - lot];
      let at = (a >>> shift) * 2;
      while (slots[at + 1] !== 0) {
        if (slots[at] === a && slots[at + 1] === b) continue next;
        at += 2;
        if (at >= slots.length) { ${reportText('1')} return n; }
      }
      if (size === end) { ${reportText('0')} return n; }
      slots[at] = a; slots[at + 1] = b;
      const q = size & ${IN_SEGMENT};
      ${each(words, (word) => `tail[q * ${words} + ${word}] = candidates[c + ${word}];`)}
      parents[q] = candidates[c + ${words}];
      instances[q] = candidates[c + ${words + 1}];
      size += 1;
    }
  }
  report[${INSERTED.size}] = size;
  report[${INSERTED.touched}] = touched;
  return to;`;

const REHASH = `
  const shift = 1 + Math.clz32(into.length / 2 - ${SPARE_SLOTS});
  for (let s = 0; s < from.length; s += 2) {
    if (from[s + 1] === 0) continue;
    let at = (from[s] >>> shift) * 2;
    while (into[at + 1] !== 0) {
      at += 2;
      if (at >= into.length) return false;
    }
    into[at] = from[s];
    into[at + 1] = from[s + 1];
  }
  return true;`;

/** The fingerprints by which states of a layout are told apart. */
export interface Fingerprints {
  readonly table: Int32Array;
  readonly loops: SetLoops;
}

/**
 * Makes the fingerprints of states of `layout`, of 64 bits: the exclusive or of a number for each byte of
 * each field's value. They do not depend on where the layout has the fields, so that a set of them outlives
 * it.
 */
export const fingerprintsOf = (layout: Layout): Fingerprints => {
  const chunks = chunksOf(layout);
  return {
    table: tableOf(chunks),
    loops: {
      insert: compileInsert(insertText(layout.words, chunks)),
      rehash: compileRehash(REHASH),
    },
  };
};

/**
 * The probability, at most, that a search that found `states` states by their fingerprints missed one.
 *
 * Two different states differ in a byte of a field, whose two numbers are drawn independently of all else:
 * their fingerprints, of 64 bits, are equal with probability 2^-64 (and 2^-31 of that more, since a second
 * half of 0 is taken for 1). Until it misses a state for the first time, the search goes as an exact one
 * would, and when it does, that state is one of the first n + 1 that the exact search finds, n being the
 * number found in the end. Of these some two have the same fingerprint, then; there are n (n + 1) / 2 pairs.
 * So the probability is at most n (n + 1) / 2^65, as far as the numbers, which are always the same, are as
 * good as drawn at random.
 */
export const missedAtMost = (states: number): number =>
  Math.min(1, ((states * (states + 1)) / 2 ** 65) * (1 + 2 ** -31));
