import type { Deviation } from 'underwatch';
import type { RegisterName } from '../../models/platform/chipset/index.ts';

/** The deviations of QEMU's profile from the datasheets. */
export const DEVIATIONS: readonly Deviation[] = [
  {
    what: 'bits that the datasheets reserve, or make read-only, are stored',
    because:
      'QEMU keeps PM1_EN, PM1_CNT, PMBASE and the configuration registers of the bridge as plain memory',
    source: 'ICH10 datasheet; QEMU 7.2, measured',
  },
  {
    what: 'SMI_STS reads 0, ALT_GP_SMI_EN, ALT_GP_SMI_STS, GPE_CNTL and the GPIO block are not there',
    because:
      'QEMU leaves them out; GPIOBASE, GPIO_CNTL and GPI_ROUT are plain memory that a reset does not clear',
    source: 'ICH10 datasheet, chapters on power management and GPIO; QEMU 7.2',
  },
  {
    what: 'SMI_EN takes 32-bit accesses alone, and EOS is stored as written',
    because: 'firmware sets EOS by a byte access; QEMU drops it',
    source: 'coreboot, SMI handler of the ICH; QEMU 7.2',
  },
  {
    what: 'TCO1_STS and TCO2_STS take what is written, and lose what is not',
    because: 'the datasheets clear a bit by writing 1 to it',
    source: 'Lynx Point datasheet, TCO registers; QEMU 7.2',
  },
  {
    what: 'the TCO registers, APM_CNT, APM_STS, the configuration registers of the bridge survive a reset',
    because: 'QEMU resets neither; the datasheets clear the locks among them',
    source: '6300ESB datasheet, TCO_LOCK; QEMU 7.2',
  },
  {
    what: 'SMI_LOCK reads 1 after a reset that has lifted it, and holds again after the next write to A0h-A7h',
    because: 'QEMU resets what the lock holds, and not the register that it is in',
    source: 'QEMU 7.2, measured',
  },
  {
    what: 'ACPI_BASE_LOCK and BLE lock nothing',
    because: 'QEMU stores the bits',
    source: 'Lynx Point datasheet, GEN_PMCON_LOCK and BIOS_CNTL; QEMU 7.2',
  },
  {
    what: 'APM_CNT := 02h and 03h set and clear SCI_EN',
    because: 'QEMU plays the part of the SMI handler itself',
    source: 'QEMU 7.2',
  },
];

/** Bits of registers that are left out of the comparison. */
export const LEFT_OUT: readonly (Deviation & { readonly name: RegisterName; readonly mask: number })[] = [
  {
    name: 'PM1_STS',
    mask: 0x0001,
    what: 'PM1_STS.TMROF_STS',
    because: 'QEMU computes it from its clock, which stands at 0 here: it reads 1. The model has no PM timer',
    source: 'QEMU 7.2, read at power-on',
  },
  {
    name: 'PM1_CNT',
    mask: 0xffff_0000,
    what: 'PM1_CNT bits 31:16',
    because: 'reserved in the datasheets; QEMU has 16 bits and reads all ones above them',
    source: 'QEMU 7.2; ICH10 datasheet, PM1_CNT',
  },
];

/** Operations that are left out of a run. */
export const NEVER_DONE: readonly Deviation[] = [
  {
    what: 'accesses to a part of a 16-bit register of the block',
    because: 'QEMU takes a byte for the whole register, whatever the datasheets say of byte enables',
    source: 'QEMU 7.2, measured',
  },
  {
    what: 'writes of APMC_EN and SLP_EN',
    because: 'the first ends QEMU where no processor runs that could take an SMI, the second powers it off',
    source: 'QEMU 7.2, measured',
  },
  {
    what: 'bases of the block at which something else of the machine answers',
    because: 'blocks that overlap are undefined in hardware',
    source: 'ICH10 datasheet, PMBASE',
  },
];
