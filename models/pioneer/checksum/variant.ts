/** The values that an iteration mixes into the checksum, in their order. */
export type Mix =
  /** The word that was read. */
  | 'data'
  /** The address it was read from. */
  | 'pointer'
  /** The address of the code that reads it. */
  | 'counter'
  /** The flags register, with IF. */
  | 'flags'
  /** The state of the pseudo-random traversal. */
  | 'state'
  /** The debug control register. */
  | 'dr7'
  /** The return address on the stack. */
  | 'return';

/** The composition of a checksum. */
export interface Variant {
  readonly id: string;
  readonly bits: 32 | 64;
  /** How many words of memory are traversed, as a power of two. */
  readonly wordsLog2: number;
  readonly mixes: readonly Mix[];
  readonly source: string;
}

/**
 * The checksum of Pioneer as far as it is known: a 64-bit T-function, and PC, data pointer, flags and memory
 * mixed in strong order. Its exact instructions were never published in a form at hand; these are a
 * reconstruction.
 */
export const pioneerVariant: Variant = {
  id: 'pioneer',
  bits: 64,
  wordsLog2: 6,
  mixes: ['data', 'pointer', 'counter', 'flags', 'state'],
  source: 'Seshadri et al., Pioneer, SOSP 2005, as described by its notes and successors',
};

/** The same with Checkmate's additions: DR7 and a return address. */
export const checkmateVariant: Variant = {
  ...pioneerVariant,
  id: 'checkmate',
  mixes: ['data', 'pointer', 'counter', 'flags', 'state', 'dr7', 'return'],
  source: 'Kovah et al., New results for timing-based attestation, Oakland 2012; source code of Checkmate',
};

/** The baseline, and the critics' straw man: nothing but the data. */
export const dataOnlyVariant: Variant = {
  ...pioneerVariant,
  id: 'data-only',
  mixes: ['data', 'state'],
  source: 'SWATT-like: neither pointer, counter nor flags',
};
