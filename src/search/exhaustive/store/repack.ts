import type { Layout } from '../packing/layout.ts';
import { compile } from '../kernel/kernel.ts';

/** The first `count` states of `from`, which are to be packed into `into`. */
export interface RepackWork {
  readonly from: Int32Array;
  readonly into: Int32Array;
  readonly count: number;
}

/** Packs states for another layout. */
export type Repack = (work: RepackWork) => void;

/** A move of one run of neighbouring bits that stays together. */
interface Move {
  readonly word: number;
  readonly shift: number;
  readonly to: number;
  readonly toShift: number;
  bits: number;
}

const movesOf = (from: Layout, into: Layout): readonly Move[] => {
  const moves: Move[] = [];
  from.slots.forEach(({ word, shift, bits }, field) => {
    if (bits === 0) return;
    const { word: to, shift: toShift } = into.slots[field]!;
    const last = moves.at(-1);
    const joins =
      last !== undefined &&
      last.word === word &&
      last.to === to &&
      last.shift + last.bits === shift &&
      last.toShift + last.bits === toShift;
    if (joins) last.bits += bits;
    else moves.push({ word, shift, to, toShift, bits });
  });
  return moves;
};

/** Generates the loop from one layout to another, which has room for whatever the first one holds. */
export const repacker = (from: Layout, into: Layout): Repack => {
  const moves = movesOf(from, into);
  const reads = Array.from(
    { length: from.words },
    (_, word) => `const w${word} = from[n * ${from.words} + ${word}];`,
  );
  const writes = Array.from({ length: into.words }, (_, to) => {
    const parts = moves
      .filter((move) => move.to === to)
      .map(({ word, shift, bits, toShift }) => `(w${word} >>> ${shift} & ${2 ** bits - 1}) << ${toShift}`);
    return `into[n * ${into.words} + ${to}] = ${parts.length === 0 ? '0' : parts.join(' | ')};`;
  });
  return compile<Repack>(
    'repack',
    ['from', 'into', 'count'],
    `for (let n = 0; n < count; n += 1) { ${reads.join(' ')} ${writes.join(' ')} }`,
  );
};
