import { bit, everywhere, range, type Register } from './register.ts';

/** I/O traps, in the root complex's block in memory; one of the four trap registers, and its low half. */
export const RCBA_REGISTERS: readonly Register[] = [
  {
    name: 'TRSR',
    says: 'which trap registers have trapped a cycle; their OR is SMI_STS.MONITOR_STS',
    widthBits: 32,
    location: everywhere('rcba', 0x1e00),
    reset: 0,
    source: 'lpt-h cb',
    fields: [
      range('CTSS', [3, 0], 'R/WC', 'trap register n has trapped a cycle, and asks for an SMI', 'lpt-h'),
    ],
  },
  {
    name: 'IOTR0',
    says: 'an address whose accesses are trapped; no lock is modelled',
    widthBits: 32,
    location: everywhere('rcba', 0x1e80),
    reset: 0,
    source: 'lpt-h cb',
    fields: [
      bit('TRSE', 0, 'RW', 'trap and SMI enable', 'lpt-h'),
      range('IOAD', [15, 2], 'RW', 'address bits 15:2', 'lpt-h'),
      range('ADMA', [23, 18], 'RW', 'address bits 7:2 that do not matter', 'lpt-h'),
    ],
  },
];
