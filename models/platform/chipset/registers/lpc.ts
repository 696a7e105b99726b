import { bit, everywhere, range, type LayoutName, type Register } from './register.ts';

const PCH: readonly LayoutName[] = ['series6to9'];

/** Configuration space of the LPC bridge, D31:F0. */
export const LPC_REGISTERS: readonly Register[] = [
  {
    name: 'PMBASE',
    says: 'where the power management I/O block of 128 bytes is',
    widthBits: 32,
    location: everywhere('lpc', 0x40),
    reset: 1,
    source: 'qemu ovmf ich10',
    fields: [
      bit('RTE', 0, 'RO', 'the block is in I/O space', 'qemu ovmf'),
      range('BASE', [15, 7], 'RW/L', 'address bits 15:7', 'qemu ovmf', { lock: 'ACPI_BASE_LOCK' }),
    ],
  },
  {
    name: 'ACPI_CNTL',
    says: 'power management decode',
    widthBits: 8,
    location: everywhere('lpc', 0x44),
    reset: 0,
    source: 'cb ovmf',
    fields: [
      range('SCI_IRQ_SEL', [2, 0], 'RW', 'which interrupt the SCI is', 'lpt-h'),
      bit(
        'ACPI_EN',
        7,
        'RW',
        'PMBASE decodes; whether SMIs need it is open (parameter acpiEnGatesSmi); no lock is known',
        'cb ovmf ami 460gx',
      ),
    ],
  },
  {
    name: 'GPIOBASE',
    says: 'where the GPIO I/O block is; 64 bytes before the PCH, 128 from then on',
    widthBits: 32,
    location: everywhere('lpc', 0x48),
    reset: 1,
    source: 'cb lpt-h boards',
    fields: [
      bit('RTE', 0, 'RO', 'the block is in I/O space', 'lpt-h'),
      bit('BASE6', 6, 'RW', 'address bit 6', 'unconfirmed', { only: ['ich9', 'esb2-5000p'] }),
      range('BASE', [15, 7], 'RW', 'address bits 15:7', 'lpt-h'),
    ],
  },
  {
    name: 'GEN_PMCON_1',
    says: 'general power management configuration 1',
    widthBits: 16,
    location: everywhere('lpc', 0xa0),
    reset: 0,
    source: 'cb lpt-h qemu',
    fields: [
      range('PER_SMI_SEL', [1, 0], 'RW', 'period of the periodic SMI: 64, 32, 16, 8 s', 'lpt-h qemu'),
      bit('SMI_LOCK', 4, 'RW/LK', 'freezes SMI_EN.GBL_SMI_EN', 'cb qemu ovmf chipsec lpt-h'),
      bit('PWRBTN_LVL', 9, 'RO', 'level of the power button', 'lpt-h'),
      bit('BIOS_PCI_EXP_EN', 10, 'RW', 'PCI Express messages may raise an SCI', 'lpt-h'),
    ],
  },
  {
    name: 'GEN_PMCON_3',
    says: 'general power management configuration 3',
    widthBits: 16,
    location: everywhere('lpc', 0xa4),
    reset: 0,
    source: 'lpt-h qemu ich10',
    fields: [range('SWSMI_RTSL', [7, 6], 'RW', 'software SMI timer: 1.5, 16, 32, 64 ms', 'lpt-h qemu ich10')],
  },
  {
    name: 'GEN_PMCON_LOCK',
    says: 'locks of general power management; not confirmed for ESB2',
    widthBits: 8,
    location: everywhere('lpc', 0xa6),
    reset: 0,
    source: 'cb lpt-h ich10',
    fields: [
      bit('ACPI_BASE_LOCK', 1, 'RW/LK', 'freezes PMBASE', 'cb lpt-h ich10'),
      bit(
        'SLP_STR_POL_LOCK',
        2,
        'RW/LK',
        'freezes the sleep signal stretching, which is not modelled',
        'cb lpt-h ich10',
      ),
    ],
  },
  {
    name: 'BIOS_CNTL',
    says: 'write protection of the firmware flash',
    widthBits: 8,
    location: everywhere('lpc', 0xdc),
    reset: 0,
    source: 'chipsec lpt-h',
    fields: [
      bit(
        'BIOSWE',
        0,
        'RW',
        'the flash can be written; setting it with BLE raises a TCO SMI',
        'chipsec lpt-h',
      ),
      bit('BLE', 1, 'RW/LK', 'lock enable: setting BIOSWE raises an SMI', 'chipsec lpt-h'),
      range('SRC', [3, 2], 'RW', 'SPI read configuration', 'lpt-h'),
      bit('TSS', 4, 'RO', 'top swap status', 'chipsec lpt-h'),
      bit('SMM_BWP', 5, 'RW/LK', 'flash writes need every processor in SMM', 'chipsec lpt-h', { only: PCH }),
    ],
  },
];
