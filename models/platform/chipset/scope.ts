import type { ChipsetParameters, FieldWrite } from './system.ts';

const writesOf = (
  register: FieldWrite['register'],
  field: string,
  ...values: readonly number[]
): readonly FieldWrite[] => values.map((value) => ({ register, field, value }));

/** The scope of GPI 0 on its way to an SMI or an SCI: every gate on it, and the locks of two of them. */
export const DEFAULT_SCOPE: ChipsetParameters = {
  behaviour: 'intel',
  overrides: {},
  layout: 'series6to9',
  gpis: [0],
  timers: ['periodic'],
  writes: [
    ...writesOf('SMI_EN', 'GBL_SMI_EN', 0, 1),
    ...writesOf('APM_CNT', 'APM_CNT_VALUE', 1),
    ...writesOf('SMI_STS', 'APM_STS', 1),
    ...writesOf('SMI_STS', 'PERIODIC_STS', 1),
    ...writesOf('ALT_GP_SMI_EN', 'GPI0', 0, 1),
    ...writesOf('ALT_GP_SMI_STS', 'GPI0', 1),
    ...writesOf('GPI_ROUT', 'GPI0', 0, 1, 2),
    ...writesOf('GPI_INV', 'INV', 0, 1),
    ...writesOf('GPE0_EN', 'GPI0', 0, 1),
    ...writesOf('GPE0_STS', 'GPI0', 1),
    ...writesOf('GEN_PMCON_1', 'SMI_LOCK', 0, 1),
    ...writesOf('SMRAMC', 'D_OPEN', 0, 1),
    ...writesOf('SMRAMC', 'D_CLS', 0, 1),
    ...writesOf('SMRAMC', 'D_LCK', 0, 1),
  ],
  firmware: {
    PMBASE: 0x501,
    ACPI_CNTL: 0x80,
    SMI_EN: 0x6033,
    PM1_CNT: 0x0001,
    APM_CNT: 0x01,
    // GPI 0 is the only input, so that pins which nobody drives stay out of the picture.
    GP_IO_SEL: 0x0000_0001,
    SMRAMC: 0x0a,
  },
  reset: true,
};

/** The scope of the other locks, and of the sources behind their gates: TCO, PMBASE, GPIO lockdown. */
export const LOCK_SCOPE: ChipsetParameters = {
  ...DEFAULT_SCOPE,
  timers: ['tco'],
  writes: [
    ...writesOf('SMI_EN', 'TCO_EN', 0, 1),
    ...writesOf('TCO1_CNT', 'TCO_LOCK', 0, 1),
    ...writesOf('SMI_STS', 'TCO_STS', 1),
    ...writesOf('TCO1_STS', 'TIMEOUT', 1),
    ...writesOf('GEN_PMCON_LOCK', 'ACPI_BASE_LOCK', 0, 1),
    ...writesOf('PMBASE', 'BASE', 0x0a, 0x10),
    ...writesOf('GPIO_CNTL', 'GLE', 0, 1),
    ...writesOf('GPI_INV', 'INV', 0, 1),
    ...writesOf('ALT_GP_SMI_STS', 'GPI0', 1),
    ...writesOf('SMI_STS', 'GPIO_UNLOCK_SMI_STS', 1),
    ...writesOf('TSEGMB', 'LOCK', 0, 1),
  ],
  firmware: { ...DEFAULT_SCOPE.firmware, SMI_EN: 0x0800_2033, GPI_ROUT: 1, ALT_GP_SMI_EN: 1 },
};

/**
 * The scope of GPI 0's path from the pin to the latch, and of a general purpose event latched at boot, with
 * its enable.
 */
export const INPUT_SCOPE: ChipsetParameters = {
  ...DEFAULT_SCOPE,
  timers: ['periodic'],
  writes: [
    ...writesOf('GP_IO_SEL', 'IO_SEL', 0, 1),
    ...writesOf('GPI_INV', 'INV', 0, 1),
    ...writesOf('ALT_GP_SMI_STS', 'GPI0', 1),
    ...writesOf('GPE0_EN', 'EVENTS', 0, 0x0004, 0x8000),
    ...writesOf('GPE0_STS', 'EVENTS', 0x0004),
    ...writesOf('PM1_CNT', 'SCI_EN', 0, 1),
    ...writesOf('SMI_STS', 'PERIODIC_STS', 1),
  ],
  firmware: { ...DEFAULT_SCOPE.firmware, GPI_ROUT: 1, ALT_GP_SMI_EN: 1, GPE0_STS: 0x0004 },
};

/** The software SMI timer with its enable and its status. */
export const TIMER_SCOPE: ChipsetParameters = {
  ...DEFAULT_SCOPE,
  timers: ['software'],
  writes: [
    ...writesOf('SMI_EN', 'SWSMI_TMR_EN', 0, 1),
    ...writesOf('SMI_EN', 'GBL_SMI_EN', 0, 1),
    ...writesOf('SMI_STS', 'SWSMI_TMR_STS', 1),
  ],
};
