/** A field of a register: `width` bits, of which the lowest is bit `shift`. */
export interface RegisterField {
  readonly name: string;
  readonly shift: number;
  readonly width: number;
  /** What it means, in a few words. */
  readonly says?: string;
}

/** Where the fields of a register are. Bits in no field are reserved. */
export interface RegisterLayout {
  /** At most 53: a number has no more exact bits. */
  readonly widthBits: number;
  readonly says?: string;
  readonly fields: readonly RegisterField[];
}
