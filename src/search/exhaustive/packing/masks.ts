import { fits, type Layout } from './layout.ts';

/** What an effect does to a packed state: for each word, what to keep and what to set. */
export type Masks = Int32Array;

/** The masks of `writes`, alternating fields and values; undefined if the layout has no room for a value. */
const masksOf = (layout: Layout, writes: readonly number[]): Masks | undefined => {
  const { slots, words } = layout;
  const masks = new Int32Array(2 * words);
  for (let word = 0; word < words; word += 1) masks[2 * word] = -1;
  for (let at = 0; at < writes.length; at += 2) {
    if (!fits(layout, writes[at]!, writes[at + 1]!)) return undefined;
    const { mask, shift, word } = slots[writes[at]!]!;
    masks[2 * word]! &= ~(mask << shift);
    masks[2 * word + 1]! |= writes[at + 1]! << shift;
  }
  return masks;
};

/** The masks of every outcome, made when they are first wanted; undefined for those without room. */
export const createMasks = (
  effectAt: (outcome: number) => readonly number[],
  layout: Layout,
): ((outcome: number) => Masks | undefined) => {
  const known: (Masks | undefined)[] = [];
  return (outcome) => (known[outcome] ??= masksOf(layout, effectAt(outcome)));
};
