import { bit, everywhere, perGpi, range, type LockName, type Register } from './register.ts';

const GLE: { readonly lock: LockName } = { lock: 'GLE' };

/**
 * GPIO[31:0] at GPIOBASE, and how GPI[15:0] are routed. Reset values are those of a 6 series desktop part.
 */
export const GPIO_REGISTERS: readonly Register[] = [
  {
    name: 'GPIO_USE_SEL',
    says: 'pin used as a GPIO rather than its native function; inputs latch either way',
    widthBits: 32,
    location: everywhere('gpio', 0x00),
    reset: 0xb96b_a1ff,
    source: 'lpt-h pch6 boards',
    fields: [range('USE_SEL', [31, 0], 'RW/L', '1: GPIO', 'lpt-h pch6', GLE)],
  },
  {
    name: 'GP_IO_SEL',
    says: 'direction',
    widthBits: 32,
    location: everywhere('gpio', 0x04),
    reset: 0xf6ff_6eff,
    source: 'lpt-h pch6 boards',
    fields: [range('IO_SEL', [31, 0], 'RW/L', '1: input', 'lpt-h pch6', GLE)],
  },
  {
    name: 'GP_LVL',
    says: 'level; reads the pin where it is an input, whatever GPI_INV says',
    widthBits: 32,
    location: everywhere('gpio', 0x0c),
    reset: 0x02fe_0100,
    source: 'lpt-h pch6 boards',
    fields: [range('LVL', [31, 0], 'RW/L', 'what an output drives', 'lpt-h pch6', GLE)],
  },
  {
    name: 'GPI_INV',
    says: 'inverts inputs on their way to the GPE and SMI logic; whether lockdown covers it is disputed (parameter gleCoversGpiInv)',
    widthBits: 32,
    location: everywhere('gpio', 0x2c),
    reset: 0,
    source: 'lpt-h pch-code boards',
    fields: [range('INV', [31, 0], 'RW', '1: active low', 'lpt-h pch-code')],
  },
  {
    name: 'GPI_NMI_EN',
    says: 'which GPIs raise an NMI, if GPI_ROUT routes them there; before the PCH that route is reserved',
    widthBits: 16,
    location: { ich9: null, series6to9: { block: 'gpio', offset: 0x28 }, 'esb2-5000p': null },
    reset: 0,
    source: 'lpt-h',
    fields: perGpi(0, 1, 'RW', 'enables GPI # as an NMI source', 'lpt-h'),
  },
  {
    name: 'GPI_NMI_STS',
    says: 'which GPIs that are routed to NMI were active',
    widthBits: 16,
    location: { ich9: null, series6to9: { block: 'gpio', offset: 0x2a }, 'esb2-5000p': null },
    reset: 0,
    source: 'lpt-h',
    fields: perGpi(0, 1, 'R/WC', 'GPI # was active, after inversion', 'lpt-h unconfirmed'),
  },
  {
    name: 'GPI_ROUT',
    says: 'what GPI[15:0] raise; no lock is known (parameter gleCoversGpiRout)',
    widthBits: 32,
    location: everywhere('lpc', 0xb8),
    reset: 0,
    source: 'cb lpt-h ich10',
    fields: perGpi(0, 2, 'RW', 'GPI #: 00 nothing, 01 SMI, 10 SCI, 11 NMI or reserved', 'cb lpt-h pch6'),
  },
  {
    name: 'GPIO_CNTL',
    says: 'GPIO decode and lockdown',
    widthBits: 8,
    location: everywhere('lpc', 0x4c),
    reset: 0,
    source: 'cb lpt-h boards',
    fields: [
      bit(
        'GLE',
        0,
        'RW',
        'GPIO lockdown: the registers at GPIOBASE are read-only; lifting it raises an SMI',
        'pch6 lpt-h boards',
        { only: ['series6to9'] },
      ),
      bit('GPIO_EN', 4, 'RW', 'GPIOBASE decodes', 'cb lpt-h'),
    ],
  },
];
