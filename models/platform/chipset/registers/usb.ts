import { bit, type Register } from './register.ts';

/** Keyboard and mouse emulation for USB: accesses to ports 60h and 64h raise SMIs. */
export const USB_REGISTERS: readonly Register[] = [
  {
    name: 'USB_LEGKEY',
    says: 'accesses to ports 60h and 64h, which are remembered, and raise an SMI where they are enabled; ULKMC on a PCH',
    widthBits: 16,
    location: {
      ich9: { block: 'uhci', offset: 0xc0 },
      series6to9: { block: 'lpc', offset: 0x94 },
      'esb2-5000p': { block: 'uhci', offset: 0xc0 },
    },
    reset: 0x2000,
    source: 'uhci pch-legkey',
    fields: [
      bit('60REN', 0, 'RW', 'enables the SMI of TRAPBY60R', 'uhci pch-legkey'),
      bit('60WEN', 1, 'RW', 'enables the SMI of TRAPBY60W', 'uhci pch-legkey'),
      bit('64REN', 2, 'RW', 'enables the SMI of TRAPBY64R', 'uhci pch-legkey'),
      bit('64WEN', 3, 'RW', 'enables the SMI of TRAPBY64W', 'uhci pch-legkey'),
      bit('TRAPBY60R', 8, 'R/WC', 'port 60h was read; latches without its enable', 'pch-legkey'),
      bit('TRAPBY60W', 9, 'R/WC', 'port 60h was written; latches without its enable', 'pch-legkey'),
      bit('TRAPBY64R', 10, 'R/WC', 'port 64h was read; latches without its enable', 'pch-legkey'),
      bit('TRAPBY64W', 11, 'R/WC', 'port 64h was written; latches without its enable', 'pch-legkey'),
      bit('USBPIRQEN', 13, 'RW', 'routes the interrupt of the controller', 'uhci'),
    ],
  },
];
