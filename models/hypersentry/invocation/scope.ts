import type { FieldWrite, RegisterName } from '../../platform/chipset/index.ts';

const field = (register: RegisterName, name: string, ...values: readonly number[]): readonly FieldWrite[] =>
  values.map((value) => ({ register, field: name, value }));

/**
 * Groups of fields that the hypervisor may write: what a scenario's search includes, and what it leaves out.
 */
export interface Scope {
  /**
   * The gates between the pin and the SMI, the latch, and the decoding of the block that holds all but
   * GPI_ROUT.
   */
  readonly gates: readonly FieldWrite[];
  /** The fields that turn the event into an SCI that the hypervisor receives. */
  readonly sci: readonly FieldWrite[];
  /** The polarity of the input, and the lockdown that should freeze it. */
  readonly inversion: readonly FieldWrite[];
  /** The APM command port and its enable. */
  readonly apm: readonly FieldWrite[];
  /** The other events that software can cause on purpose: SLP_EN, GBL_RLS, TCO_DAT_IN, with their enables. */
  readonly events: readonly FieldWrite[];
  /** Enables of timers, which then elapse by themselves. */
  readonly timers: readonly FieldWrite[];
  /** The gates of another GPI. */
  readonly otherGpi: readonly FieldWrite[];
  /** Locks that an attacker may set too. */
  readonly locks: readonly FieldWrite[];
}

/** Returns the groups for the pin `gpi`; `otherGpi` is about GPI `other`. */
export const scopeOf = (gpi: number, other: number): Scope => ({
  gates: [
    ...field('SMI_EN', 'GBL_SMI_EN', 0, 1),
    ...field('ALT_GP_SMI_EN', `GPI${gpi}`, 0, 1),
    ...field('GPI_ROUT', `GPI${gpi}`, 0b00, 0b01, 0b10),
    ...field('ALT_GP_SMI_STS', `GPI${gpi}`, 1),
    ...field('SMI_EN', 'EOS', 0, 1),
    ...field('ACPI_CNTL', 'ACPI_EN', 0, 1),
  ],
  sci: [...field('GPE0_EN', `GPI${gpi}`, 0, 1), ...field('PM1_CNT', 'SCI_EN', 0, 1)],
  inversion: [
    ...field('GPI_INV', 'INV', 0, (1 << gpi) >>> 0),
    ...field('GPIO_CNTL', 'GLE', 0, 1),
    ...field('SMI_STS', 'GPIO_UNLOCK_SMI_STS', 1),
  ],
  apm: [
    ...field('SMI_EN', 'APMC_EN', 0, 1),
    ...field('APM_CNT', 'APM_CNT_VALUE', 0x50),
    ...field('SMI_STS', 'APM_STS', 1),
  ],
  events: [
    ...field('PM1_CNT', 'SLP_EN', 1),
    ...field('SMI_STS', 'SLP_SMI_STS', 1),
    ...field('SMI_EN', 'BIOS_EN', 0, 1),
    ...field('PM1_CNT', 'GBL_RLS', 1),
    ...field('SMI_STS', 'BIOS_STS', 1),
    ...field('TCO_DAT_IN', 'TCO_DAT_IN_VALUE', 1),
  ],
  timers: [
    ...field('SMI_EN', 'PERIODIC_EN', 0, 1),
    ...field('SMI_STS', 'PERIODIC_STS', 1),
    ...field('SMI_EN', 'SWSMI_TMR_EN', 0, 1),
    ...field('SMI_STS', 'SWSMI_TMR_STS', 1),
  ],
  otherGpi: [
    ...field('ALT_GP_SMI_EN', `GPI${other}`, 0, 1),
    ...field('GPI_ROUT', `GPI${other}`, 0b00, 0b01),
    ...field('ALT_GP_SMI_STS', `GPI${other}`, 1),
  ],
  locks: [...field('GEN_PMCON_1', 'SMI_LOCK', 1), ...field('GEN_PMCON_LOCK', 'ACPI_BASE_LOCK', 1)],
});
