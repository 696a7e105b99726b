import { keepAt, setAt, MASK_LENGTH } from '../kernel/offsets.ts';
import { fits, type Layout } from './layout.ts';

/** The masks of an effect on a packed state: for each word, what to keep and what to set. */
export type Masks = Int32Array;

/**
 * Returns the masks of `writes`, alternating fields and values; undefined if the layout has no room for a
 * value.
 */
const masksOf = (layout: Layout, writes: readonly number[]): Masks | undefined => {
  const { slots, words } = layout;
  const masks = new Int32Array(MASK_LENGTH * words);
  for (let word = 0; word < words; word += 1) masks[keepAt(word)] = -1;
  for (let at = 0; at < writes.length; at += 2) {
    if (!fits(layout, writes[at]!, writes[at + 1]!)) return undefined;
    const { mask, shift, word } = slots[writes[at]!]!;
    masks[keepAt(word)]! &= ~(mask << shift);
    masks[setAt(word)]! |= writes[at + 1]! << shift;
  }
  return masks;
};

/** Makes the masks of every outcome, when they are first wanted; undefined for those without room. */
export const createMasks = (
  effectAt: (outcome: number) => readonly number[],
  layout: Layout,
): ((outcome: number) => Masks | undefined) => {
  const known: (Masks | undefined)[] = [];
  return (outcome) => (known[outcome] ??= masksOf(layout, effectAt(outcome)));
};

/** Applies `masks` to word number `word` of a state. */
export const maskedWord = (masks: Masks, word: number, before: number): number =>
  (before & masks[keepAt(word)]!) | masks[setAt(word)]!;

/** The place of a packed state: where its words are. */
export interface PackedAt {
  readonly words: Int32Array;
  readonly at: number;
}

/**
 * Writes `width` words of the state that `masks` make of the one at `from`; returns whether it is another
 * one.
 */
export const applyMasks = (masks: Masks, width: number, from: PackedAt, into: PackedAt): boolean => {
  let changes = false;
  for (let word = 0; word < width; word += 1) {
    const before = from.words[from.at + word]!;
    const after = maskedWord(masks, word, before);
    into.words[into.at + word] = after;
    changes ||= after !== before;
  }
  return changes;
};
