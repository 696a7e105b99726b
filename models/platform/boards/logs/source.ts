import type { BlockRegister, ConfigRegister } from '../layout.ts';
import type { Chip } from './inteltool.ts';
import type { LogKind } from './refusals.ts';

/** A value as one log has it, and the place in the log's own terms: `lspci.log: 00:1f.0 config A0h`. */
export interface Read {
  readonly value: number;
  readonly widthBits: 8 | 16 | 32 | 64;
  readonly readFrom: string;
}

/** Why a log that shows registers of this kind does not show this one. */
export interface NotRead {
  readonly why: string;
}

/** What one log has of a register. */
export type Reading = Read | NotRead;

/** A register that each core has for itself, by core number. */
export interface OnCores {
  readonly cores: ReadonlyMap<number, number>;
  readonly readFrom: string;
}

/** What one log has of such a register. */
export type CoreReadings = OnCores | NotRead;

/** A block of registers that is read through a base address. */
export type Block = 'pmbase' | 'gpiobase' | 'rcba' | 'tco' | 'pwrm';

/** A lock that a log tells in words. */
export interface Told {
  readonly isSet: boolean;
  readonly readFrom: string;
}

/**
 * Where TSEG is, as a log has it in so many words: addresses from `first` up to, and not including, `end`.
 */
export interface ToldRange {
  readonly first: number;
  readonly end: number;
  readonly readFrom: string;
}

/**
 * One log of a board, whatever tool wrote it. A method says undefined where logs of this tool show nothing of
 * the kind.
 */
export interface Source {
  readonly kind: LogKind;
  readonly file: string;
  readonly southbridge?: Chip;
  readonly northbridge?: Chip;
  /** The generation of the south bridge, where the log does not have its id. */
  readonly generation?: string;
  readonly config: (register: ConfigRegister) => Reading | undefined;
  readonly block: (block: Block, register: BlockRegister) => Reading | undefined;
  readonly msr: (address: number) => CoreReadings | undefined;
  /** A lock that the log tells without the register that it is in. */
  readonly flag?: (name: string) => Told | undefined;
  /** Where TSEG is, if the log tells it without the registers between which it lies. */
  readonly tseg?: ToldRange;
  /** What has to be known of the log as a whole. */
  readonly notes?: readonly string[];
}

/** Whether a log has the value. */
export const isValue = (reading: Reading): reading is Read => 'value' in reading;
