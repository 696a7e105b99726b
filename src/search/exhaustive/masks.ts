import type { Layout } from '../space/layout.ts';

/** What an effect does to a packed state: for each word, what to keep and what to set. */
export type Masks = Int32Array;

/** The masks of `writes`, alternating fields and values, which all fit the layout. */
export const masksOf = ({ slots, words }: Layout, writes: readonly number[]): Masks => {
  const masks = new Int32Array(2 * words);
  for (let word = 0; word < words; word += 1) masks[2 * word] = -1;
  for (let at = 0; at < writes.length; at += 2) {
    const { mask, shift, word } = slots[writes[at]!]!;
    masks[2 * word]! &= ~(mask << shift);
    masks[2 * word + 1]! |= writes[at + 1]! << shift;
  }
  return masks;
};

/** The masks of every outcome, made when they are first wanted. */
export const createMasks = (
  effectAt: (outcome: number) => readonly number[],
  layout: Layout,
): ((outcome: number) => Masks) => {
  const known: (Masks | undefined)[] = [];
  return (outcome) => (known[outcome] ??= masksOf(layout, effectAt(outcome)));
};
