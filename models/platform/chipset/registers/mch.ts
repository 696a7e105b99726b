import { bit, range, type LayoutName, type LockName, type Register } from './register.ts';

const D_LCK: { readonly lock: LockName } = { lock: 'D_LCK' };
const NOT_5000P: readonly LayoutName[] = ['ich9', 'series6to9'];

/** SMRAM control, in the memory controller: D0:F0, or D16:F0 on the 5000P. */
export const MCH_REGISTERS: readonly Register[] = [
  {
    name: 'SMRAMC',
    says: 'System Management RAM control',
    widthBits: 8,
    location: {
      ich9: { block: 'mch', offset: 0x9d },
      series6to9: { block: 'mch', offset: 0x88 },
      'esb2-5000p': { block: 'mch', offset: 0x61 },
    },
    reset: 0x02,
    source: '3200 5000P chipsec qemu',
    fields: [
      range('C_BASE_SEG', [2, 0], 'RO', 'hard-wired 010: A0000h', '3200 5000P'),
      bit(
        'G_SMRAME',
        3,
        'RW/L',
        'SMRAM at A0000h-BFFFFh is enabled (on the 5000P this bit is in EXSMRC)',
        '3200',
        { ...D_LCK, only: NOT_5000P },
      ),
      bit(
        'D_LCK',
        4,
        'RW/LK',
        'locks SMRAM: clears D_OPEN and freezes the rest but D_CLS, until reset',
        '3200 5000P cb',
      ),
      bit('D_CLS', 5, 'RW', 'hides SMRAM from data accesses, even in SMM', '3200 qemu'),
      bit('D_OPEN', 6, 'RW/L', 'SMRAM is visible outside SMM', '3200 5000P', D_LCK),
    ],
  },
  {
    name: 'ESMRAMC',
    says: 'extended System Management RAM control; gone from Sandy Bridge on',
    widthBits: 8,
    location: { ich9: { block: 'mch', offset: 0x9e }, series6to9: null, 'esb2-5000p': null },
    reset: 0x38,
    source: 'qemu ovmf 3200',
    fields: [
      bit('T_EN', 0, 'RW/L', 'TSEG is enabled', '3200 qemu', D_LCK),
      range('TSEG_SZ', [2, 1], 'RW/L', '1, 2 or 8 MB', 'qemu ovmf', D_LCK),
      range('SM_CACHE', [5, 3], 'RO', 'SMRAM may be cached; forced to 1', 'qemu ovmf'),
      bit('E_SMERR', 6, 'R/WC', 'extended SMRAM was accessed while closed; not modelled', 'qemu ovmf'),
      bit('H_SMRAME', 7, 'RW/L', 'SMRAM moves from A0000h to high addresses', '3200 qemu', D_LCK),
    ],
  },
  {
    name: 'TSEGMB',
    says: 'base of TSEG',
    widthBits: 32,
    location: { ich9: null, series6to9: { block: 'mch', offset: 0xb8 }, 'esb2-5000p': null },
    reset: 0,
    source: 'chipsec boards',
    fields: [
      bit('LOCK', 0, 'RW/LK', 'freezes the register', 'chipsec boards'),
      range('TSEGMB', [31, 20], 'RW/L', 'address bits 31:20', 'chipsec boards', { lock: 'TSEGMB_LOCK' }),
    ],
  },
  {
    name: 'EXSMRC',
    says: 'extended System Management RAM control of the 5000P',
    widthBits: 8,
    location: { ich9: null, series6to9: null, 'esb2-5000p': { block: 'mch', offset: 0x62 } },
    reset: 0,
    source: '5000P 5000-diag',
    fields: [
      bit('T_EN', 0, 'RW/L', 'TSEG is enabled', '5000P 5000-diag', D_LCK),
      range('TSEG_SZ', [2, 1], 'RW/L', 'size of TSEG, from 512 KB', '5000P 5000-diag', D_LCK),
      bit('G_SMRAME', 3, 'RW/L', 'SMRAM is enabled, TSEG with it', '5000P 5000-diag', D_LCK),
      bit('MDAP', 6, 'RW', 'a monochrome adapter is present; nothing here depends on it', '5000-diag'),
      bit('H_SMRAME', 7, 'RW/L', 'SMRAM moves from A0000h to high addresses', '5000P 5000-diag', D_LCK),
    ],
  },
  {
    name: 'EXSMRTOP',
    says: 'where the TSEG of the 5000P ends',
    widthBits: 8,
    location: { ich9: null, series6to9: null, 'esb2-5000p': { block: 'mch', offset: 0x63 } },
    reset: 0,
    source: '5000P 5000-diag',
    fields: [range('ESMMTOP', [3, 0], 'RW/L', 'address bits 31:28', '5000P 5000-diag', D_LCK)],
  },
];
