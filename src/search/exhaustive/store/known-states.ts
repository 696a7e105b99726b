import type { Store } from './store.ts';
import { offsetInSegment, segmentOf } from '../memory/segments.ts';
import type { Layout } from '../packing/layout.ts';

/** An index of a store's states: their numbers by what they are; the store's own set does not keep them. */
export interface KnownStates {
  /** Adds the states that the store has got since. */
  readonly sync: (store: Store) => void;
  /**
   * Returns the number of the state in `words`, from `at` on, as of the last `sync`; -1 if it was not there.
   */
  readonly find: (store: Store, words: Int32Array, at: number) => number;
}

const hashOf = (words: Int32Array, at: number, count: number): number => {
  let hash = 0;
  for (let word = 0; word < count; word += 1) {
    hash = Math.imul(hash ^ words[at + word]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return Math.imul(hash, 0x85ebca6b) >>> 0;
};

/** Makes an index that knows no states yet. */
export const createKnownStates = (): KnownStates => {
  let slots = new Int32Array(1 << 12);
  let size = 0;
  let layout: Layout | undefined;

  /** Returns the slot of a state, or the empty one where it belongs. */
  const slotOf = ({ layout: { words: count }, segments }: Store, words: Int32Array, at: number): number => {
    const mask = slots.length - 1;
    for (let slot = hashOf(words, at, count) & mask; ; slot = (slot + 1) & mask) {
      const known = slots[slot]! - 1;
      if (known < 0) return slot;
      const segment = segments[segmentOf(known)]!;
      const from = offsetInSegment(known) * count;
      let word = 0;
      while (word < count && segment[from + word] === words[at + word]) word += 1;
      if (word === count) return slot;
    }
  };
  return {
    sync: (store) => {
      if (layout !== store.layout || 2 * store.size > slots.length) {
        ({ layout } = store);
        slots = new Int32Array(2 ** Math.ceil(Math.log2(4 * Math.max(1024, store.size))));
        size = 0;
      }
      for (; size < store.size; size += 1) {
        const at = offsetInSegment(size) * store.layout.words;
        slots[slotOf(store, store.segments[segmentOf(size)]!, at)] = size + 1;
      }
    },
    find: (store, words, at) => slots[slotOf(store, words, at)]! - 1,
  };
};
