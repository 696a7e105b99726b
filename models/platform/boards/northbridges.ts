import type { ConfigRegister, FlagRule, NorthbridgeLayout } from './layout.ts';

const smramc = (device: string, offset: number): ConfigRegister => ({
  name: 'SMRAMC',
  device,
  offset,
  widthBits: 8,
});

// SMRAMC has had the same bits wherever it was: D_OPEN 6, D_CLS 5, D_LCK 4, G_SMRAME 3, C_BASE_SEG 2:0.
// Source: Intel 3200/3210 MCH datasheet; coreboot and QEMU use the same masks.
const dLck: FlagRule = {
  kind: 'bit',
  register: 'SMRAMC',
  bit: 4,
  says: 'closes SMRAM to everyone but the SMI handler until reset',
};

/**
 * Memory controllers by PCI id of D0:F0. Ids: coreboot's inteltool, its list of PCI ids, and Intel's
 * datasheets; a processor's variants that differ in nothing that matters here share a row.
 */
export const northbridges: readonly NorthbridgeLayout[] = [
  {
    // SMRAMC 61h, ESMRAMC 62h and EXSMRTOP 63h are in D16:F0, the processor bus and address mapping: Intel
    // 5000P datasheet.
    family: '5000P and its kin',
    ids: [
      [0x25c0, 0x25c0],
      [0x25d0, 0x25d0],
      [0x25d4, 0x25d4],
      [0x25d8, 0x25d8],
    ],
    config: [smramc('00:10.0', 0x61)],
    hidden: [],
    locks: {
      D_LCK: dLck,
      TSEG_LOCK: { kind: 'absent', says: 'has no bit of its own here: D_LCK freezes what TSEG is made of' },
    },
  },
  {
    // SMRAMC 9Dh and ESMRAMC 9Eh: Intel 3200/3210 datasheet, coreboot (gm45, x4x), QEMU (q35).
    family: '3 and 4 series',
    ids: [
      [0x29b0, 0x29b0],
      [0x29c0, 0x29c0],
      [0x29d0, 0x29d0],
      [0x29e0, 0x29e0],
      [0x29f0, 0x29f0],
      [0x2a40, 0x2a40],
      [0x2e00, 0x2e00],
      [0x2e10, 0x2e10],
      [0x2e20, 0x2e20],
      [0x2e30, 0x2e30],
      [0x2e40, 0x2e40],
      [0x2e90, 0x2e90],
    ],
    config: [smramc('00:00.0', 0x9d), { name: 'ESMRAMC', device: '00:00.0', offset: 0x9e, widthBits: 8 }],
    hidden: [],
    locks: {
      D_LCK: dLck,
      TSEG_LOCK: {
        kind: 'absent',
        says: 'has no bit of its own here: D_LCK freezes ESMRAMC, and with it the size of TSEG',
      },
    },
  },
  {
    // The SMRAM control is 4Dh of the system address decoder, function 0.1 of the last bus of PCIEXBAR: ffh,
    // 7fh or 3fh, with its size. Source: coreboot (ironlake); ids: the PCI ID database.
    family: 'Nehalem and Westmere client',
    ids: [
      [0x0040, 0x004b],
      [0xd130, 0xd133],
    ],
    config: [{ ...smramc('ff:00.1', 0x4d), ids: ['8086:2c01', '8086:2c81', '8086:2d01', '8086:2d81'] }],
    hidden: [],
    locks: {
      D_LCK: dLck,
      TSEG_LOCK: { kind: 'out-of-reach', says: 'it is not described in public for this memory controller' },
    },
  },
  {
    // SMRAMC 88h, BGSM B4h, TSEGMB B8h, TOLUD BCh and the low halves of REMAPBASE 90h and REMAPLIMIT 98h,
    // each with its lock in bit 0: Intel datasheets of the 2nd to 10th
    // generation processors, volume 2; coreboot (sandybridge, haswell); CHIPSEC's register names.
    family: 'Sandy Bridge client and later',
    ids: [
      [0x0100, 0x0100],
      [0x0104, 0x0104],
      [0x0108, 0x0108],
      [0x0150, 0x0150],
      [0x0154, 0x0154],
      [0x0158, 0x0158],
      [0x015c, 0x015c],
      [0x0a00, 0x0a00],
      [0x0a04, 0x0a04],
      [0x0c00, 0x0c00],
      [0x0c04, 0x0c04],
      [0x0c08, 0x0c08],
      [0x1600, 0x1618],
      [0x1900, 0x1900],
      [0x1904, 0x1904],
      [0x190c, 0x1910],
      [0x1918, 0x1918],
      [0x191f, 0x191f],
      [0x3e0f, 0x3e1f],
      [0x3e30, 0x3e35],
      [0x3ec2, 0x3ed0],
      [0x5900, 0x5900],
      [0x5904, 0x5904],
      [0x590c, 0x5918],
      [0x591f, 0x591f],
      [0x9b33, 0x9b73],
    ],
    config: [
      smramc('00:00.0', 0x88),
      { name: 'BGSM', device: '00:00.0', offset: 0xb4, widthBits: 32 },
      { name: 'TSEGMB', device: '00:00.0', offset: 0xb8, widthBits: 32 },
      { name: 'TOLUD', device: '00:00.0', offset: 0xbc, widthBits: 32 },
      { name: 'REMAPBASE', device: '00:00.0', offset: 0x90, widthBits: 32 },
      { name: 'REMAPLIMIT', device: '00:00.0', offset: 0x98, widthBits: 32 },
    ],
    hidden: [],
    locks: {
      D_LCK: dLck,
      TSEG_LOCK: {
        kind: 'bit',
        register: 'TSEGMB',
        bit: 0,
        says: 'freezes where TSEG begins until reset',
      },
    },
    tseg: { from: 'TSEGMB', to: 'BGSM', toIsIncluded: false },
  },
  {
    // TSEG base A8h and limit ACh at D5:F0 (address map, 2F28h and 6F28h), in megabytes: Intel Xeon E5 v3
    // datasheet, volume 2, and CHIPSEC's register names. SMRAMC sits in an uncore device that firmware hides
    // from PCI scans.
    family: 'Haswell and Broadwell server',
    ids: [
      [0x2f00, 0x2f00],
      [0x6f00, 0x6f00],
    ],
    config: [
      { name: 'TSEG_BASE', device: '00:05.0', offset: 0xa8, widthBits: 32 },
      { name: 'TSEG_LIMIT', device: '00:05.0', offset: 0xac, widthBits: 32 },
    ],
    hidden: [
      { name: 'SMRAMC', why: 'server processors keep it in an uncore device that these logs do not list' },
    ],
    locks: {
      D_LCK: {
        kind: 'out-of-reach',
        says: 'server processors keep it in an uncore device that these logs do not list',
      },
      TSEG_LOCK: {
        kind: 'out-of-reach',
        says: 'the base and the limit of TSEG have no lock bit beside them',
      },
    },
    tseg: { from: 'TSEG_BASE', to: 'TSEG_LIMIT', toIsIncluded: true },
  },
];
