import type { Setting } from 'underwatch/model';
import type { ChipsetState, FieldWrite } from '../chipset/index.ts';

/**
 * Where a core is: in the operating system; there with an SMI before it and one instruction in flight, which
 * still completes, for an SMI is taken at an instruction boundary; at that boundary; in SMM.
 */
export type Core = 'os' | 'in flight' | 'boundary' | 'smm';

/** The flash that the firmware starts from, and what stands before it. */
export interface BiosFlash {
  readonly chipset: ChipsetState;
  readonly cores: readonly Core[];
  readonly flash: 'firmware' | 'adversary';
}

/** Parameters that a scenario of this model may change. */
export type Parameters = {
  readonly cores: number;
  /** The fields that the hypervisor writes. */
  readonly writes: readonly FieldWrite[];
  /**
   * Whether the write that causes an SMI completes only after it; then the core that wrote retires
   * nothing more before it enters SMM. No datasheet says so of BIOS_CNTL.
   */
  readonly synchronousSmi: boolean;
  /** SMI_EN as the firmware left it. */
  readonly smiEn: number;
};

/** Mechanisms that can be switched off, each alone. */
export const defences = {
  ble: 'BIOS_CNTL.BLE was set by the firmware: setting BIOSWE raises an SMI, whose handler clears it again',
  smmBwp: 'BIOS_CNTL.SMM_BWP was set by the firmware: flash is written only while every core is in SMM',
  smiLock: 'GEN_PMCON_1.SMI_LOCK was set by the firmware: GBL_SMI_EN is frozen',
  tcoLock: 'TCO1_CNT.TCO_LOCK was set by the firmware: TCO_EN is frozen',
  protectedRanges:
    'the protected range registers of the SPI controller cover the firmware, and FLOCKDN freezes them',
} as const;

export type Defence = keyof typeof defences;

/** The hypervisor's powers. */
export const capabilities = {
  registers: "writes the chipset's registers",
  flash: 'sends write cycles to the flash',
} as const;

export type Capability = keyof typeof capabilities;
export type FlashSetting = Setting<Parameters, Defence>;
