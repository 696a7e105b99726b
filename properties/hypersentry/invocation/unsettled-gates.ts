import { suite, type Suite } from 'underwatch';
import { hypersentry } from '../../../models/hypersentry/invocation/model.ts';
import { fields, hypervisor } from './adversary.ts';
import { eosCleared, otherGates, pending } from './left-out.ts';
import { withUntried } from './untried.ts';

const acpiEn = fields.gates.filter(({ register }) => register === 'ACPI_CNTL');
const eos = fields.gates.filter(({ field }) => field === 'EOS');
const held = { capabilities: hypervisor, expect: 'violated' } as const;

/**
 * Claims on ACPI_EN and EOS, with the other gates locked: the behaviours that no source settles, both ways.
 */
export const unsettledGates: Suite = suite({
  id: 'unsettled',
  says: 'with the gates of the pin and GBL_SMI_EN locked: two gates of which the sources do not say enough, each both ways',
  model: hypersentry,
  claims: withUntried({
    'H-DEFER-BY-ACPI-EN': {
      ...held,
      without: ['boundedLatency', 'restoreDecode'],
      parameters: { writes: acpiEn },
      invariant: 'I-COMPLETE',
      length: 14,
      says: 'with all three locked ACPI_EN is gate enough: a handler whose ports are not decoded acknowledges into nothing, EOS stays clear, and the next trigger waits until the hypervisor has the block decoded again',
      source:
        'deduced, confirmed by the search; Lynx Point reference header, ACPI_CNTL bit 7: no lock is known',
    },
    'H-DEFER-BY-ACPI-EN-RESTORED': {
      ...held,
      without: ['boundedLatency'],
      parameters: { writes: acpiEn },
      invariant: 'I-COMPLETE',
      expect: 'holds',
      idle: ['ports'],
      restsOn: ['restoreDecode', ['checkSmiSts', 'checkAltGpSmiSts']],
      leavesOut: { ...otherGates, 'behaviour acpiEnGatesSmi': 'H-DEFER-BY-ACPI-EN-GATE' },
      says: 'a handler that sets ACPI_EN again through configuration space, before it uses a port, closes it',
      source: 'found by the search',
    },
    'H-DEFER-BY-ACPI-EN-GATE': {
      ...held,
      without: ['boundedLatency'],
      parameters: { writes: acpiEn, behaviour: { acpiEnGatesSmi: true } },
      invariant: 'I-COMPLETE',
      length: 10,
      says: 'not so where ACPI_EN = 0 also stops the SMIs: then it is a fourth gate, before any handler runs',
      source:
        'firmware for the ICH says that bit 7 also enables the power management function (acpiEnGatesSmi)',
    },
    'H-DEFER-BY-EOS': {
      ...held,
      without: ['boundedLatency'],
      parameters: { writes: eos, behaviour: { eosWriteZeroClears: true } },
      invariant: 'I-COMPLETE',
      length: 10,
      says: 'nor where writing 0 to EOS clears it: then EOS is a gate as well, SMI_LOCK or not',
      source: 'gap G1; QEMU stores what is written to EOS (eosWriteZeroClears)',
    },
    'H-DEFER-BY-EOS-SET-ONLY': {
      ...held,
      without: ['boundedLatency'],
      parameters: { writes: eos },
      invariant: 'I-COMPLETE',
      expect: 'holds',
      idle: ['config'],
      restsOn: [['checkSmiSts', 'checkAltGpSmiSts']],
      leavesOut: { ...otherGates, ...eosCleared },
      says: 'where writing only sets it, as the datasheets have it, the hypervisor cannot close that gate',
      source: '500 series datasheet, SMI_EN bit 1: hardware clears it with each SMI, software sets it',
    },
    'H-STEALTH-BY-ACPI-EN': {
      ...held,
      without: ['boundedLatency', 'restoreDecode'],
      parameters: { writes: acpiEn },
      invariant: 'I-STEALTH',
      length: 8,
      says: 'without that the handler rejects, clears nothing, and leaves the latch for the hypervisor to read',
      source:
        'deduced, confirmed by the search; Lynx Point reference header, ACPI_CNTL bit 7: no lock is known',
    },
    'H-STEALTH-BY-ACPI-EN-GATE': {
      ...held,
      without: ['boundedLatency'],
      parameters: { writes: acpiEn, behaviour: { acpiEnGatesSmi: true } },
      invariant: 'I-STEALTH',
      expect: 'holds',
      idle: ['ports'],
      restsOn: ['restoreDecode'],
      leavesOut: pending,
      says: 'where ACPI_EN = 0 also stops the SMIs a trigger can be held behind it and not be read there: the ports are closed with it',
      source:
        'firmware for the ICH says that bit 7 also enables the power management function (acpiEnGatesSmi)',
    },
    'H-STEALTH-BY-EOS': {
      ...held,
      without: ['boundedLatency'],
      parameters: { writes: eos, behaviour: { eosWriteZeroClears: true } },
      invariant: 'I-STEALTH',
      length: 4,
      says: 'as it can behind EOS, where that can be cleared by writing 0',
      source: 'QEMU stores what is written to EOS (eosWriteZeroClears)',
    },
  }),
});
