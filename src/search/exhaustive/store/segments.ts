/** States are kept in segments of this many, so that nothing is copied when more come. */
export const SEGMENT_BITS = 16;
/** States in a segment. */
export const SEGMENT_STATES: number = 2 ** SEGMENT_BITS;

/** Which segment state `index` is in, and at which place. */
export const segmentOf = (index: number): number => Math.floor(index / SEGMENT_STATES);
/** The place of state `index` in its segment. */
export const offsetInSegment = (index: number): number => index % SEGMENT_STATES;
