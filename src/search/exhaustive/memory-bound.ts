import { bitsFor, WORD_BITS } from './packing/layout.ts';
import { bytesFor } from './bounds.ts';
import { raiseCapacity, type Capacity } from './parts/capacity.ts';
import type { Search } from './search.ts';
import { offsetInSegment, SEGMENT_STATES, segmentOf } from './memory/segments.ts';
import { parentOf } from './store/store.ts';
import { tableBytes } from './memory/visited-table.ts';

// The first place at which it is decided whether there is memory for more states.
const FIRST_STATES = 1024;

/** Returns the next number of states at which that is decided. */
const nextPlace = (states: number): number =>
  states < SEGMENT_STATES ? Math.min(SEGMENT_STATES, 2 * states) : states + SEGMENT_STATES;

/**
 * Returns the bits of the values that the first `states` states have in a field, or of how long they wait.
 */
const bitsIn = ({ space, store }: Search, field: number, states: number): number => {
  const { layout, segments } = store;
  const { bits, mask, shift, word } = layout.slots[field]!;
  if (bits === 0) return 0;
  const isWait = field >= space.fields.length;
  const known = isWait ? 0 : space.valuesOf(field).length;
  const seen = new Uint8Array(known);
  let count = 0;
  let most = 0;
  for (let state = 0; state < states; state += 1) {
    const value =
      (segments[segmentOf(state)]![offsetInSegment(state) * layout.words + word]! >>> shift) & mask;
    if (isWait) {
      most = Math.max(most, value);
      continue;
    }
    count += 1 - seen[value]!;
    seen[value] = 1;
    if (count === known) break;
  }
  return bitsFor(isWait ? most + 1 : count);
};

/**
 * Returns the bits that a state needs, in view of the first `states` states. Values that were learned beyond
 * these do not count: their number depends on how states are gone through. Where states are released, the
 * known ones have to do.
 */
const bitsNeeded = (search: Search, states: number): number => {
  const { layout, memory } = search.store;
  if (memory.states === 'fingerprint') return layout.bits;
  return layout.slots.reduce((sum, _, field) => sum + bitsIn(search, field, states), 0);
};

/**
 * Returns the bytes of `to` states of so many bits, where `from` are known: of a set that grows meanwhile
 * there are two.
 */
const bytesOfStates = ({ store }: Search, bits: number, from: number, to: number): number => {
  const { fewInstances, memory } = store;
  const exact = memory.states === 'exact';
  const words = Math.max(1, Math.ceil(bits / WORD_BITS));
  // A search by fingerprints holds the states that wait to be expanded.
  const held = exact ? to : to - Math.max(0, parentOf(store, from - 1));
  const links = (memory.parents ? 4 : 0) + (exact ? 0 : fewInstances ? 2 : 4);
  const [before, after] = [from, to].map((states) => tableBytes(exact ? { bits, words } : undefined, states));
  return held * 4 * words + to * links + after! + (after === before ? 0 : before!);
};

/**
 * Returns the number of states there is memory for, as far as that is decided: more than there are, or as
 * many as there may ever be. It is decided at fixed numbers of states and by what these states are, so that a
 * search ends at the same state however it was gone through, and with any number of threads.
 */
export const statesWithin = (search: Search): number => {
  const { capacity, limits, store } = search;
  const most = bytesFor(limits);
  const fits = (bits: number, to: number): boolean =>
    bytesOfStates(search, bits, capacity.states, to) <= most;
  while (store.size >= capacity.states) {
    const to = nextPlace(capacity.states);
    // Memory is always enough if it would be for all states that their bits have room for.
    if (!fits(store.layout.words * WORD_BITS, to) && !fits(bitsNeeded(search, capacity.states), to)) break;
    raiseCapacity(capacity, to);
  }
  return capacity.states;
};

/**
 * Returns the capacity of a search that begins: there is always memory for the initial states, and some more.
 */
export const firstCapacity = (initial: number): Capacity => {
  let states = FIRST_STATES;
  while (states <= initial) states = nextPlace(states);
  return { states };
};
