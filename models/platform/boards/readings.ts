import type { Chip } from './logs/inteltool.ts';
import type { Told, ToldRange } from './logs/source.ts';

/** A register's value and the place it was read from, such as `lspci.log: 00:1f.0 config A0h`. */
export interface RegisterValue {
  readonly name: string;
  readonly widthBits: 8 | 16 | 32 | 64;
  /** Unsigned; a 64-bit register is listed only if its value is below 2^53. */
  readonly value: number;
  readonly readFrom: string;
}

export interface UnknownRegister {
  readonly name: string;
  readonly why: string;
}

/** The registers read from one board, before any conclusion. */
export interface BoardReadings {
  readonly id: string;
  readonly name: string;
  readonly southbridge: Chip;
  readonly northbridge: Chip;
  /** The generation of the south bridge, where its id is not known. */
  readonly generation?: string;
  readonly registers: readonly RegisterValue[];
  /** Locks that a log reports in words, by name. */
  readonly told?: { readonly [lock: string]: Told };
  /** The location of TSEG, as a log states it. */
  readonly toldTseg?: ToldRange;
  readonly unknown: readonly UnknownRegister[];
  /** The disagreements of the two logs, and how each was settled. */
  readonly notes: readonly string[];
}

/** The value of a register of a board; undefined if the logs do not show it. */
export const registerValue = (board: Pick<BoardReadings, 'registers'>, name: string): number | undefined =>
  board.registers.find((register) => register.name === name)?.value;
