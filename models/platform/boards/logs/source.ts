import type { BlockRegister, ConfigRegister } from '../layout.ts';
import type { Chip } from './inteltool.ts';
import type { LogKind } from './refusals.ts';

/** A value from one log, and its place in the log's own terms: `lspci.log: 00:1f.0 config A0h`. */
export interface Read {
  readonly value: number;
  readonly widthBits: 8 | 16 | 32 | 64;
  readonly readFrom: string;
}

/** The reason why a log that shows registers of this kind does not show this one. */
export interface NotRead {
  readonly why: string;
}

/** A log's answer about a register. */
export type Reading = Read | NotRead;

/** A register that each core has for itself, by core number. */
export interface OnCores {
  readonly cores: ReadonlyMap<number, number>;
  readonly readFrom: string;
}

/** A log's answer about such a register. */
export type CoreReadings = OnCores | NotRead;

/** A block of registers that is read through a base address. */
export type Block = 'pmbase' | 'gpiobase' | 'rcba' | 'tco' | 'pwrm';

/** A lock that a log reports in words. */
export interface Told {
  readonly isSet: boolean;
  readonly readFrom: string;
}

/** The location of TSEG as a log states it: addresses from `first` up to, and not including, `end`. */
export interface ToldRange {
  readonly first: number;
  readonly end: number;
  readonly readFrom: string;
}

/**
 * One log of a board, of whatever tool. A method returns undefined if logs of this tool show nothing of the
 * kind.
 */
export interface Source {
  readonly kind: LogKind;
  readonly file: string;
  readonly southbridge?: Chip;
  readonly northbridge?: Chip;
  /** The generation of the south bridge, if the log lacks its id. */
  readonly generation?: string;
  readonly config: (register: ConfigRegister) => Reading | undefined;
  readonly block: (block: Block, register: BlockRegister) => Reading | undefined;
  readonly msr: (address: number) => CoreReadings | undefined;
  /** A lock that the log reports without the register that holds it. */
  readonly flag?: (name: string) => Told | undefined;
  /** The location of TSEG, if the log states it without the registers between which it lies. */
  readonly tseg?: ToldRange;
  /** Facts about the log as a whole. */
  readonly notes?: readonly string[];
}

/** Whether a log has the value. */
export const isValue = (reading: Reading): reading is Read => 'value' in reading;
