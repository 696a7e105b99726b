import { offsetInSegment, SEGMENT_STATES, segmentOf } from '../memory/segments.ts';
import type { Store } from './store.ts';

/**
 * An index that finds the number of a state by its packed words. The set of known states need not have it.
 */
export interface StateIndex {
  /** Returns the number of the state, which is a known one, whose words begin at `at`. */
  readonly find: (from: Int32Array, at: number) => number;
}

// At most half of the slots are taken.
const logSizeFor = (states: number): number => Math.max(4, Math.ceil(Math.log2(2 * states)));

/** Returns the bytes of the index of so many states. */
export const indexBytes = (states: number): number => 4 * 2 ** logSizeFor(states);

/** Indexes every state of `store`. */
export const createStateIndex = ({ layout, segments, size }: Store): StateIndex => {
  const { words } = layout;
  const shift = 32 - logSizeFor(size);
  // A slot is the number of a state plus one.
  const slots = new Int32Array(2 ** (32 - shift));
  const last = slots.length - 1;
  const slotFor = (from: Int32Array, at: number): number => {
    let hash = 0;
    for (let word = 0; word < words; word += 1) {
      hash = Math.imul(hash ^ from[at + word]!, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return Math.imul(hash, 0x85ebca6b) >>> shift;
  };
  const isAt = (number: number, from: Int32Array, at: number): boolean => {
    const segment = segments[segmentOf(number)]!;
    const place = offsetInSegment(number) * words;
    for (let word = 0; word < words; word += 1) {
      if (segment[place + word] !== from[at + word]) return false;
    }
    return true;
  };
  segments.forEach((segment, index) => {
    const first = index * SEGMENT_STATES;
    for (let number = first; number < Math.min(size, first + SEGMENT_STATES); number += 1) {
      let slot = slotFor(segment, offsetInSegment(number) * words);
      while (slots[slot] !== 0) slot = (slot + 1) & last;
      slots[slot] = number + 1;
    }
  });
  return {
    find: (from, at) => {
      let slot = slotFor(from, at);
      while (!isAt(slots[slot]! - 1, from, at)) slot = (slot + 1) & last;
      return slots[slot]! - 1;
    },
  };
};
