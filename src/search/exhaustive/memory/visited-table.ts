/**
 * The memory of the set of known states: an open-addressed table, always a power of two of slots and some
 * spare ones behind them, so that probing never wraps.
 *
 * Where states are narrow, a slot is one number: how far it stands from where its hash wanted it, and what of
 * the hash and of the state that place does not tell. Together they are the state, so nothing else is looked
 * at. Otherwise a slot is the whole hash and the state's number in the queue, where it is compared.
 */
export interface Visited {
  readonly slots: Int32Array;
  readonly logSize: number;
  readonly narrow: boolean;
}

/** The bits of a narrow slot for its distance from its place, plus one. */
export const TAG_SHIFT = 10;
/** The largest distance, plus one. */
export const MAX_DISPLACEMENT = 1000;

const LOAD = 0.75;
/** The number of slots behind the table. */
export const SPARE_SLOTS = 4096;
// A table of a narrow set is at least this large; 2^19 slots of four bytes are two megabytes.
const SMALLEST_NARROW = 19;
const SMALLEST_WIDE = 10;
// Few states are faster found in a small table of any kind.
const NARROW_FROM = 2 ** 14;

// The logarithm of the smallest table that takes `states` states.
const logSizeFor = (states: number, least: number): number => {
  let logSize = least;
  while (2 ** logSize * LOAD < states) logSize += 1;
  return logSize;
};

/**
 * Returns the bits that a state may take in a narrow table for so many: the part that the place does not tell
 * has to fit beside the distance.
 */
export const narrowBits = (states: number): number => logSizeFor(states, SMALLEST_NARROW) + 32 - TAG_SHIFT;

/** The width of a packed state. */
export interface Width {
  readonly words: number;
  readonly bits: number;
}

/** Whether a table for `states` states of so many bits is a narrow one. */
export const isNarrow = (width: Width, states: number): boolean =>
  width.words <= 2 && states >= NARROW_FROM && Math.max(width.bits, 32) <= narrowBits(states);

/**
 * Returns the bytes of a table for `states` states of so many bits in so many words, or for as many
 * fingerprints.
 */
export const tableBytes = (state: Width | undefined, states: number): number => {
  const narrow = state !== undefined && isNarrow(state, states);
  const logSize = logSizeFor(states, narrow ? SMALLEST_NARROW : SMALLEST_WIDE);
  return (narrow ? 4 : 8) * (2 ** logSize + SPARE_SLOTS);
};

/** Makes room for so many numbers, all 0. */
export type Allocate = (length: number) => Int32Array;
const ownMemory: Allocate = (length) => new Int32Array(length);

/** Makes an empty table of a given size. */
export const tableOf = (logSize: number, narrow: boolean, allocate: Allocate = ownMemory): Visited => ({
  slots: allocate((narrow ? 1 : 2) * (2 ** logSize + SPARE_SLOTS)),
  logSize,
  narrow,
});

/** Makes an empty table, narrow or wide, with room for `states`. */
export const createTable = (states: number, narrow: boolean, allocate: Allocate = ownMemory): Visited =>
  tableOf(logSizeFor(states, narrow ? SMALLEST_NARROW : SMALLEST_WIDE), narrow, allocate);

/** Makes an empty table twice as large as `visited`. */
export const doubled = ({ logSize, narrow }: Visited, allocate: Allocate = ownMemory): Visited =>
  tableOf(logSize + 1, narrow, allocate);

/** Whether the table has room for `states` states. */
export const hasRoom = ({ logSize }: Visited, states: number): boolean => states <= 2 ** logSize * LOAD;
