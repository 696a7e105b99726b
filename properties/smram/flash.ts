import { suite, type Suite } from 'underwatch';
import { biosFlash } from '../../models/platform/flash/model.ts';
import type { Capability } from '../../models/platform/flash/state.ts';

const hands: readonly Capability[] = ['registers', 'flash'];
const violated = { invariant: 'I-FLASH', capabilities: hands, expect: 'violated' } as const;
const holds = { invariant: 'I-FLASH', capabilities: hands, expect: 'holds' } as const;
const bleOnly = ['smmBwp', 'protectedRanges'] as const;
const oneCore = { cores: 1 } as const;

/** Claims on the race for the flash: its content decides what is locked after the next boot. */
export const flashRace: Suite = suite({
  id: 'bios-flash',
  says: 'the BIOS flash: what protects the firmware that will set the locks at the next boot',
  model: biosFlash,
  claims: {
    'S-BLE': {
      ...violated,
      without: [...bleOnly],
      length: 2,
      says: 'BLE alone: one core sets BIOSWE, and the other has a write to the flash in flight while the SMI comes',
      source: 'Kallenberg et al. 2014; CHIPSEC, module bios_wp',
    },
    'S-BLE-1-CORE': {
      ...holds,
      without: [...bleOnly],
      parameters: oneCore,
      restsOn: ['ble', 'smiLock', 'tcoLock'],
      says: 'on one core whose write completes after the SMI: prevented',
      source: 'search',
    },
    'S-BLE-1-CORE-POSTED': {
      ...violated,
      without: [...bleOnly],
      parameters: { ...oneCore, synchronousSmi: false },
      length: 2,
      says: 'found by the search: if it completes before, one core is enough: its own next instruction is in flight',
      source: 'search; no datasheet promises it of BIOS_CNTL',
    },
    'S-BLE-GBL': {
      ...violated,
      without: [...bleOnly, 'smiLock'],
      parameters: oneCore,
      length: 3,
      says: 'SMI_LOCK open: the SMI is suppressed, and one core has all the time it wants',
      source: 'CHIPSEC, module bios_smi',
    },
    'S-BLE-TCO': {
      ...violated,
      without: [...bleOnly, 'tcoLock'],
      parameters: oneCore,
      length: 3,
      says: 'TCO_LOCK open: the same through TCO_EN',
      source: 'CHIPSEC, module bios_smi',
    },
    'S-BLE-NONE': {
      ...violated,
      without: [...bleOnly, 'ble'],
      parameters: oneCore,
      length: 2,
      says: 'without BLE setting BIOSWE is all it takes',
      source: 'CHIPSEC, module bios_wp',
    },
    'S-BLE-SMM-BWP': {
      ...holds,
      without: ['protectedRanges'],
      parameters: { synchronousSmi: false },
      restsOn: ['smmBwp'],
      says: 'SMM_BWP: prevented, whatever is in flight',
      source: 'CHIPSEC, module bios_wp',
    },
    'S-BLE-SMM-BWP-ALONE': {
      ...holds,
      without: ['protectedRanges', 'ble', 'smiLock', 'tcoLock'],
      parameters: { synchronousSmi: false },
      restsOn: ['smmBwp'],
      says: 'the catalogue wants SMI_LOCK and TCO_LOCK with it; in the model SMM_BWP, which locks itself, needs neither of them, nor BLE',
      source: 'search; Lynx Point reference header, BIOS_CNTL',
    },
    'S-BLE-RANGES': {
      ...holds,
      without: ['smmBwp', 'ble', 'smiLock', 'tcoLock'],
      parameters: { synchronousSmi: false },
      restsOn: ['protectedRanges'],
      says: 'protected ranges alone prevent it too',
      source: 'CHIPSEC, module bios_wp: PRx',
    },
    'S-BLE-HANDLED': {
      invariant: 'I-HANDLED',
      capabilities: hands,
      expect: 'holds',
      length: 3,
      restsOn: ['ble'],
      says: 'the SMI that BLE is about does come',
      source: 'Lynx Point reference header, BIOS_CNTL',
    },
    'S-BLE-TAKEN-BACK': {
      ...holds,
      invariant: 'I-TAKEN-BACK',
      without: [...bleOnly],
      restsOn: ['ble'],
      says: 'it takes BIOSWE back, with every core in SMM until it is gone; then the machine goes on, with nothing left that asks for another',
      source:
        'Lynx Point reference header, BIOS_CNTL; CHIPSEC, module bios_wp; 6 series datasheet, SMI_EN: EOS',
    },
  },
});
