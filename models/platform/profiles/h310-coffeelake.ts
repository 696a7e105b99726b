import { profileOf, type PlatformProfile } from '../boards/index.ts';

const noTco = 'lspci and inteltool do not show it; the script that underwatch audit --script prints reads it';

/** A board with H310C and a Coffee Lake processor, whose power management is a PCI function of its own. */
export const h310Coffeelake: PlatformProfile = profileOf({
  id: 'h310-coffeelake',
  name: 'H310 Coffeelake',
  southbridge: { id: '8086:a2ca', name: 'H310C' },
  northbridge: {
    id: '8086:3ec4',
    name: 'Intel Corporation 8th Gen Core Processor Host Bridge/DRAM Registers',
  },
  registers: [
    { name: 'ABASE', widthBits: 32, value: 0x0000_1801, readFrom: 'lspci.log: 00:1f.2 config 40h' },
    { name: 'ACTL', widthBits: 32, value: 0x0000_0180, readFrom: 'lspci.log: 00:1f.2 config 44h' },
    { name: 'GEN_PMCON_A', widthBits: 32, value: 0xd880_36f0, readFrom: 'lspci.log: 00:1f.2 config A0h' },
    { name: 'GEN_PMCON_B', widthBits: 32, value: 0x0006_3809, readFrom: 'lspci.log: 00:1f.2 config A4h' },
    { name: 'SMRAMC', widthBits: 8, value: 0x1a, readFrom: 'lspci.log: 00:00.0 config 88h' },
    { name: 'BGSM', widthBits: 32, value: 0xc000_0001, readFrom: 'lspci.log: 00:00.0 config B4h' },
    { name: 'TSEGMB', widthBits: 32, value: 0xbf80_0001, readFrom: 'lspci.log: 00:00.0 config B8h' },
    { name: 'TOLUD', widthBits: 32, value: 0xc000_0001, readFrom: 'lspci.log: 00:00.0 config BCh' },
    { name: 'REMAPBASE', widthBits: 32, value: 0x0000_0001, readFrom: 'lspci.log: 00:00.0 config 90h' },
    { name: 'REMAPLIMIT', widthBits: 32, value: 0x3ff0_0001, readFrom: 'lspci.log: 00:00.0 config 98h' },
    {
      name: 'MSR_SMI_COUNT',
      widthBits: 64,
      value: 0x0000_01dd,
      readFrom: 'inteltool.log: MSR 34h, 12 cores',
    },
    {
      name: 'IA32_FEATURE_CONTROL',
      widthBits: 64,
      value: 0x0000_0005,
      readFrom: 'inteltool.log: MSR 3Ah, 12 cores',
    },
    { name: 'IA32_MTRRCAP', widthBits: 64, value: 0x0000_1d0a, readFrom: 'inteltool.log: MSR FEh, 12 cores' },
    {
      name: 'IA32_SMRR_PHYSBASE',
      widthBits: 64,
      value: 0xbf80_0006,
      readFrom: 'inteltool.log: MSR 1F2h, 12 cores',
    },
    {
      name: 'IA32_SMRR_PHYSMASK',
      widthBits: 64,
      value: 0xff80_0800,
      readFrom: 'inteltool.log: MSR 1F3h, 12 cores',
    },
  ],
  unknown: [
    { name: 'BIOS_CNTL', why: '00:1f.5 is not listed: firmware hid the device, or it was left out' },
    { name: 'PM1_STS', why: 'inteltool cannot dump PMBASE on this south bridge' },
    { name: 'PM1_EN', why: 'inteltool cannot dump PMBASE on this south bridge' },
    { name: 'PM1_CNT', why: 'inteltool cannot dump PMBASE on this south bridge' },
    { name: 'SMI_EN', why: 'inteltool cannot dump PMBASE on this south bridge' },
    { name: 'SMI_STS', why: 'inteltool cannot dump PMBASE on this south bridge' },
    { name: 'TCO1_STS', why: noTco },
    { name: 'TCO2_STS', why: noTco },
    { name: 'TCO1_CNT', why: noTco },
  ],
  notes: [],
});
