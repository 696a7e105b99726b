import type { ChipsetState } from '../chipset/index.ts';
import type { Request } from './setting.ts';

/** A base register of the memory controller, in megabytes of the scaled-down map, with its lock bit. */
export interface MapRegister {
  readonly base: number;
  readonly locked: boolean;
}

/**
 * The registers of the memory map that chipset models do not have: bits 31:20 are an address, bit 0 is the
 * lock.
 */
export interface MemoryMap {
  /** Top of low usable DRAM; what the reclaim window leads to begins here. */
  readonly TOLUD: MapRegister;
  /** Base of the memory stolen for graphics: where TSEG ends. */
  readonly BGSM: MapRegister;
  /** First and last megabyte of the reclaim window. */
  readonly REMAPBASE: MapRegister;
  readonly REMAPLIMIT: MapRegister;
}

export type MapRegisterName = keyof MemoryMap;

/**
 * A line of SMRAM in the cache of a core: `genuine` was brought in by the handler and shows its data to
 * whoever hits it; `adversary` was written by the hypervisor and is not in memory.
 */
export type Line = 'none' | 'genuine' | 'adversary';

/** One processor core, as far as SMRAM is concerned. */
export interface Core {
  /**
   * `entry`: in SMM, before its first fetch. `handler`: before the handler's first access to data.
   * `service`: about to do what was asked for. `done`: waits for the others, then RSM.
   */
  readonly runs: 'hypervisor' | 'entry' | 'handler' | 'service' | 'done' | 'adversary in SMM';
  /** 30000h after a reset of the core; INIT does not change it (SDM vol. 3, SMBASE relocation). */
  readonly smbase: '30000h' | 'SMRAM';
  /** IA32_SMRR_PHYSMASK bit 11. */
  readonly smrrValid: boolean;
  /** The type that the other range registers give SMRAM. */
  readonly mtrr: 'UC' | 'WB';
  readonly line: Line;
  readonly apicBase: 'FEE00000h' | 'SMRAM';
}

/**
 * What lies in a part of memory: the handler with its data, something harmless, or what the adversary wrote.
 */
export type Content = 'handler' | 'other' | 'adversary';

/**
 * Memory by what it is used for. `device` is a device's own memory, such as the frame buffer behind A0000h.
 */
export interface Memory {
  /** The first megabyte less A0000h-BFFFFh: 30000h, and where a null pointer leads. */
  readonly low: Content;
  /** Memory of the hypervisor: buffers, tables of runtime services, code. */
  readonly ram: Content;
  /** The DRAM behind SMRAM. */
  readonly smram: Content;
  /** DRAM that is hidden behind memory-mapped I/O and reclaimed above 4 GiB. */
  readonly reclaimed: Content;
  readonly device: Content;
}

export type Frame = keyof Memory;

/** The state of everything between an access and SMRAM, and of what the adversary has made of it. */
export interface Smram {
  /** Of these registers, SMRAMC, ESMRAMC and TSEGMB matter here. */
  readonly chipset: ChipsetState;
  readonly map: MemoryMap;
  readonly cores: readonly Core[];
  readonly memory: Memory;
  /** The window of a device that the handler drives. */
  readonly bar: 'its own' | 'SMRAM';
  readonly request: Request;
  readonly power: 'on' | 'S3' | 'halted';
  readonly bootScript: 'genuine' | 'adversary';
  /** Whether the adversary has read the key out of SMRAM. */
  readonly keyRead: boolean;
}
