/** A field of a register: `width` bits, of which the lowest is bit `shift`. */
export interface RegisterField {
  readonly name: string;
  readonly shift: number;
  readonly width: number;
  /** The meaning, in a few words. */
  readonly says?: string;
}

/** The fields of a register and their places. Bits in no field are reserved. */
export interface RegisterLayout {
  /** The width, at most 53: a number has no more exact bits. */
  readonly widthBits: number;
  readonly says?: string;
  readonly fields: readonly RegisterField[];
}
