/**
 * The bits of a position in a segment: states are kept in segments, so that nothing is copied when more come.
 */
export const SEGMENT_BITS = 16;
/** The number of states in a segment. */
export const SEGMENT_STATES: number = 2 ** SEGMENT_BITS;

/** Returns the segment of state `index`. */
export const segmentOf = (index: number): number => Math.floor(index / SEGMENT_STATES);
/** Returns the position of state `index` in its segment. */
export const offsetInSegment = (index: number): number => index % SEGMENT_STATES;
/** Returns the number of the first state in the segment of state `index`. */
export const startOfSegment = (index: number): number => index - offsetInSegment(index);
