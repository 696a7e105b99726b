// Nanoseconds: a step from node to node; composing a leaf and what leads to it; and going through nodes that
// are not in the processor's cache, which so many leaves fill.
const LOOKUP_COST = 2.5;
const LEAF_COST = 5000;
const MISS_COST = 100;
const LEAVES_IN_CACHE = 4000;

/** The profile of some tries: what they look at and answer in each state of the sample. */
export interface TrieProfile {
  /** The footprint, by group, one after the other: the states in which they look at it, as bits. */
  readonly footprint: Uint32Array;
  /** A number for all that they answer. */
  readonly answers: Int32Array;
}

/** The model that costs are measured with. */
export interface CostModel {
  readonly wordsPerGroup: number;
  readonly states: number;
  readonly horizon: number;
  readonly tally: Tally;
  /** The profile of no tries. */
  readonly none: TrieProfile;
}

const popCount = (bits: number): number => {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/**
 * A tally, which counts different numbers among few: it is used some thousand times while it is chosen what
 * to fuse.
 */
export interface Tally {
  /** The slots, open-addressed; one is in use where `turns` has the number of this turn. */
  readonly slots: Int32Array;
  readonly turns: Int32Array;
  turn: number;
}

/** Makes a tally that counts up to `most` numbers at a time. */
export const createTally = (most: number): Tally => {
  const length = 2 ** Math.ceil(Math.log2(2 * Math.max(2, most)));
  return { slots: new Int32Array(length), turns: new Int32Array(length), turn: 0 };
};

/** Adds a number to those of this turn; returns 1 if it is new among them. */
const tallied = ({ slots, turns, turn }: Tally, number: number): number => {
  const mask = slots.length - 1;
  // The numbers are mixed: their low bits are as good as any.
  for (let slot = (number & mask) - 1; ;) {
    slot = (slot + 1) & mask;
    if (turns[slot] !== turn) {
      turns[slot] = turn;
      slots[slot] = number;
      return 1;
    }
    if (slots[slot] === number) return 0;
  }
};

/** Returns the cost, in nanoseconds a state, of looking up all that either of them looks at. */
export const lookupCostOf = ({ states }: CostModel, a: TrieProfile, b: TrieProfile): number => {
  let lookups = 0;
  for (let index = 0; index < a.footprint.length; index += 1) {
    lookups += popCount(a.footprint[index]! | b.footprint[index]!);
  }
  return (LOOKUP_COST * lookups) / states;
};

/**
 * Returns the cost, in nanoseconds a state, of the leaves with both of them fused. The number of leaves is
 * extrapolated from how it grew between half of the sample and all of it: as a power of the number of states,
 * as words do in a text.
 */
export const leafCostOf = ({ horizon, states, tally }: CostModel, a: TrieProfile, b: TrieProfile): number => {
  tally.turn += 1;
  let atHalf = 0;
  let leaves = 0;
  for (let state = 0; state < states; state += 1) {
    if (state === states >> 1) atHalf = leaves;
    leaves += tallied(tally, a.answers[state]! ^ b.answers[state]!);
  }
  const exponent = Math.log2(leaves / Math.max(1, atHalf));
  const expected = Math.min(horizon, leaves * (horizon / states) ** exponent);
  return (LEAF_COST * expected) / horizon + MISS_COST * Math.min(1, expected / LEAVES_IN_CACHE);
};
