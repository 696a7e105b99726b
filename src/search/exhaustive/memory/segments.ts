/** States are kept in segments of this many, so that nothing is copied when more come. */
export const SEGMENT_BITS = 16;
/** States in a segment. */
export const SEGMENT_STATES: number = 2 ** SEGMENT_BITS;

/** The segment that state `index` is in. */
export const segmentOf = (index: number): number => Math.floor(index / SEGMENT_STATES);
/** The position of state `index` in its segment. */
export const offsetInSegment = (index: number): number => index % SEGMENT_STATES;
/** The number of the first state in the segment of state `index`. */
export const startOfSegment = (index: number): number => index - offsetInSegment(index);
