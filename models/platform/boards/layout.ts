/** A register in the configuration space of a PCI function. */
export interface ConfigRegister {
  readonly name: string;
  /** `bus:device.function`. */
  readonly device: string;
  /**
   * The ids that the device may have, where it is known by them, on whatever bus it is; else it is the one at
   * that address.
   */
  readonly ids?: readonly string[];
  readonly offset: number;
  readonly widthBits: 8 | 16 | 32;
}

/** A register of a block of I/O ports or memory, by its offset from the block's base. */
export interface BlockRegister {
  readonly name: string;
  readonly offset: number;
  /** The width that is read if no log decides it; 32 if missing. */
  readonly widthBits?: 16 | 32;
}

/** A register that this generation has in a place neither log shows. */
export interface HiddenRegister {
  readonly name: string;
  readonly why: string;
}

/**
 * The source of a flag's state: a bit of a register, none (the chipset lacks it), or out of reach of the
 * logs.
 */
export type FlagRule =
  | { readonly kind: 'bit'; readonly register: string; readonly bit: number; readonly says: string }
  | { readonly kind: 'absent'; readonly says: string }
  | { readonly kind: 'out-of-reach'; readonly says: string };

export type SouthbridgeLock = 'SMI_LOCK' | 'TCO_LOCK' | 'ACPI_BASE_LOCK' | 'GLE' | 'BILD' | 'FLOCKDN';
export type NorthbridgeLock = 'D_LCK' | 'TSEG_LOCK';
export type BiosFlag = 'BIOSWE' | 'BLE' | 'SMM_BWP';

/** PCI device ids of Intel chips, both ends included. */
export type DeviceIds = readonly (readonly [first: number, last: number])[];

/** The places of a south bridge generation's SMI registers, and the registers that it lacks. */
export interface SouthbridgeLayout {
  readonly generation: string;
  readonly ids: DeviceIds;
  readonly config: readonly ConfigRegister[];
  readonly pmbase: readonly BlockRegister[];
  readonly gpio: readonly BlockRegister[];
  readonly rcba: readonly BlockRegister[];
  /** The TCO block, if it is apart from the ACPI block. */
  readonly tco: readonly BlockRegister[];
  /** The power-management registers in memory, at PWRMBASE. */
  readonly pwrm: readonly BlockRegister[];
  readonly locks: { readonly [lock in SouthbridgeLock]: FlagRule };
  readonly bios: { readonly [flag in BiosFlag]: FlagRule };
  /** Whether a general-purpose input raises its SMI as in the chipset model, or why not. */
  readonly gpiToSmi: 'alt-gp-smi' | { readonly differs: string };
}

/** The places of SMRAM, TSEG and their locks in a family of memory controllers. */
export interface NorthbridgeLayout {
  readonly family: string;
  readonly ids: DeviceIds;
  readonly config: readonly ConfigRegister[];
  readonly hidden: readonly HiddenRegister[];
  readonly locks: { readonly [lock in NorthbridgeLock]: FlagRule };
  /**
   * The registers between which TSEG lies, and whether the upper one names the last megabyte or one past it.
   */
  readonly tseg?: { readonly from: string; readonly to: string; readonly toIsIncluded: boolean };
}
