import type { RegisterName } from '../state.ts';
import type { Source } from '../sources.ts';

/**
 * How a field takes a write, in the datasheets' terms.
 *
 * - `RW` stores. `RO` never changes. `RO/V` never changes by a write: hardware drives it.
 * - `R/WC` is cleared by writing 1; `R/WS` is set by writing 1; writing 0 does nothing to either.
 * - `WO` acts on a written 1 and reads as 0.
 * - `RW/L` stores until its lock is set. `RW/LK` is such a lock: once 1, it stays until a platform reset.
 */
export type Access = 'RW' | 'RO' | 'RO/V' | 'R/WC' | 'R/WS' | 'WO' | 'RW/L' | 'RW/LK';

/** The generations whose register maps differ. */
export type LayoutName = 'ich9' | 'series6to9' | 'esb2-5000p';

/** The locks that make `RW/L` fields read-only; software can clear only `GLE` again. */
export type LockName = 'SMI_LOCK' | 'TCO_LOCK' | 'ACPI_BASE_LOCK' | 'GLE' | 'D_LCK' | 'TSEGMB_LOCK';

export interface Field {
  readonly name: string;
  readonly shift: number;
  readonly width: number;
  readonly access: Access;
  readonly says: string;
  readonly source: Source;
  /** The lock of an `RW/L` field. */
  readonly lock?: LockName;
  /** The generations that have it; all, if not given. */
  readonly only?: readonly LayoutName[];
}

/**
 * The place of a register: an offset into a block that a base register places, a fixed port, configuration
 * space, or the root complex's block in memory.
 */
export interface RegisterLocation {
  readonly block: 'pm' | 'gpio' | 'port' | 'lpc' | 'mch' | 'rcba' | 'uhci';
  readonly offset: number;
}

export interface Register {
  readonly name: RegisterName;
  readonly says: string;
  readonly widthBits: 8 | 16 | 32;
  /** `null` where a generation lacks it. */
  readonly location: { readonly [L in LayoutName]: RegisterLocation | null };
  readonly reset: number;
  readonly source: Source;
  readonly fields: readonly Field[];
}

/** The same place in every generation. */
export const everywhere = (block: RegisterLocation['block'], offset: number): Register['location'] => ({
  ich9: { block, offset },
  series6to9: { block, offset },
  'esb2-5000p': { block, offset },
});

type Rest = Pick<Field, 'lock' | 'only'>;

/** A field of one bit. */
export const bit = (
  name: string,
  shift: number,
  access: Access,
  says: string,
  source: Source,
  rest: Rest = {},
): Field => ({
  name,
  shift,
  width: 1,
  access,
  says,
  source,
  ...rest,
});

/** A field from bit `high` down to bit `low`, both included. */
export const range = (
  name: string,
  [high, low]: readonly [number, number],
  access: Access,
  says: string,
  source: Source,
  rest: Rest = {},
): Field => ({ name, shift: low, width: high - low + 1, access, says, source, ...rest });

/** One field of `width` bits for each of GPI[15:0], from bit `shift` up. */
export const perGpi = (
  shift: number,
  width: number,
  access: Access,
  says: string,
  source: Source,
): readonly Field[] =>
  Array.from({ length: 16 }, (_, gpi) => ({
    name: `GPI${gpi}`,
    shift: shift + gpi * width,
    width,
    access,
    says: says.replace('#', String(gpi)),
    source,
  }));
