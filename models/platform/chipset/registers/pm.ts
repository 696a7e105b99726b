import { bit, everywhere, perGpi, range, type Register } from './register.ts';

const gpe0 = (offset: number, offsetEsb2: number): Register['location'] => ({
  ich9: { block: 'pm', offset },
  series6to9: { block: 'pm', offset },
  'esb2-5000p': { block: 'pm', offset: offsetEsb2 },
});

/** PM1, GPE0 and their neighbours: what the operating system owns, at PMBASE. */
export const PM_REGISTERS: readonly Register[] = [
  {
    name: 'PM1_STS',
    says: 'fixed ACPI events; each bit latches whatever PM1_EN says',
    widthBits: 16,
    location: everywhere('pm', 0x00),
    reset: 0,
    source: 'cb ich10',
    fields: [
      bit('TMROF_STS', 0, 'R/WC', 'the PM timer overflowed', 'cb ich10'),
      bit('BM_STS', 4, 'R/WC', 'a bus master asked for the bus', 'cb ich10'),
      bit(
        'GBL_STS',
        5,
        'R/WC',
        'firmware wrote SMI_EN.BIOS_RLS to get the attention of the operating system',
        'cb ich2',
      ),
      bit('PWRBTN_STS', 8, 'R/WC', 'the power button was pressed', 'cb ich10'),
      bit('RTC_STS', 10, 'R/WC', 'the RTC raised its alarm', 'cb ich10'),
      bit('PRBTNOR_STS', 11, 'R/WC', 'the power button was held for 4 s', 'cb ich10'),
      bit('PCIEXPWAK_STS', 14, 'R/WC', 'PCI Express woke the system', 'cb'),
      bit('WAK_STS', 15, 'R/WC', 'the system woke', 'cb ich10'),
    ],
  },
  {
    name: 'PM1_EN',
    says: 'which fixed events become an SCI or an SMI',
    widthBits: 16,
    location: everywhere('pm', 0x02),
    reset: 0,
    source: 'cb ich10',
    fields: [
      bit('TMROF_EN', 0, 'RW', 'enables TMROF_STS', 'cb ich10'),
      bit('GBL_EN', 5, 'RW', 'enables GBL_STS; SCI only', 'cb ich2'),
      bit('PWRBTN_EN', 8, 'RW', 'enables PWRBTN_STS', 'cb ich10'),
      bit('RTC_EN', 10, 'RW', 'enables RTC_STS', 'cb ich10'),
      bit('PCIEXPWAK_DIS', 14, 'RW', 'keeps PCI Express from waking the system', 'cb'),
    ],
  },
  {
    name: 'PM1_CNT',
    says: 'SCI or SMI for ACPI events; commands from the operating system to firmware',
    widthBits: 32,
    location: everywhere('pm', 0x04),
    reset: 0,
    source: 'cb ich10',
    fields: [
      bit('SCI_EN', 0, 'RW', '1: PM1 and GPE0 events raise an SCI; 0: an SMI', 'pch6 ich2'),
      bit('BM_RLD', 1, 'RW', 'bus master requests leave C3', 'cb'),
      bit(
        'GBL_RLS',
        2,
        'WO',
        'sets SMI_STS.BIOS_STS if BIOS_EN: the operating system asks for an SMI',
        'cb ich2',
      ),
      range('SLP_TYP', [12, 10], 'RW', 'the sleep state to enter', 'cb ich10'),
      bit('SLP_EN', 13, 'WO', 'enters the sleep state, or sets SLP_SMI_STS instead if SLP_SMI_EN', 'cb'),
    ],
  },
  {
    name: 'GPE0_STS',
    says: 'general purpose events, low half; GPI[15:0] latch in bits 31:16',
    widthBits: 32,
    location: gpe0(0x20, 0x28),
    reset: 0,
    source: 'cb lpt-h ich10',
    fields: [
      range(
        'EVENTS',
        [15, 0],
        'R/WC',
        'PME, RI, TCOSCI, SWGPE, hot plug and the other events that are not GPIs',
        'ich10',
      ),
      ...perGpi(16, 1, 'R/WC', 'GPI # was active as an input, after inversion', 'boards ich10'),
    ],
  },
  {
    name: 'GPE0_EN',
    says: 'which general purpose events become an SCI (or, events 15:0 with SCI_EN=0, an SMI)',
    widthBits: 32,
    location: gpe0(0x28, 0x2c),
    reset: 0,
    source: 'cb lpt-h ich10',
    fields: [
      range('EVENTS', [15, 0], 'RW', 'enables the events that are not GPIs', 'ich10'),
      ...perGpi(16, 1, 'RW', 'enables GPI # for the SCI, if GPI_ROUT routes it there', 'pch6 ich10'),
    ],
  },
  {
    name: 'GPE_CNTL',
    says: 'general purpose control',
    widthBits: 8,
    location: everywhere('pm', 0x42),
    reset: 0,
    source: 'cb lpt-h',
    fields: [bit('SWGPE_CTRL', 1, 'RW', 'while 1, GPE0_STS bit 2 (SWGPE) is set', 'cb lpt-h pch6')],
  },
];
