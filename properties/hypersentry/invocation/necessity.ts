import { suite, type Suite } from 'underwatch';
import { hypersentry } from '../../../models/hypersentry/invocation/model.ts';
import type { Capability, Defence } from '../../../models/hypersentry/invocation/setting.ts';
import { fields, hypervisor } from './adversary.ts';
import { withUntried } from './untried.ts';

const { gates, sci, inversion, apm, otherGpi, locks } = fields;
// A device in place of the block is left out: the base is locked here, and the handler has it decoded
// (H-PMBASE-*).
const powers: readonly Capability[] = [...hypervisor, 'kcs'];
const everything = {
  layout: 'series6to9',
  cores: 2,
  behaviour: { gleCoversGpiInv: true },
  otherGpis: [1],
  writes: [...gates, ...sci, ...inversion, ...apm, ...otherGpi, ...locks],
} as const;
const small = { writes: gates } as const;
const holds = {
  capabilities: powers,
  parameters: everything,
  expect: 'holds',
  source:
    'search: all defences on, two cores, every field of the gates, the SCI, the inversion, the APM port, another pin and the locks',
} as const;
// Found by `underwatch scope`: behaviours that no source settles, and a power of the cores that the talk does
// not speak of.
const unsettled = {
  'behaviour acpiEnGatesSmi': 'H-DEFER-BY-ACPI-EN-GATE',
  'behaviour eosWriteZeroClears': 'H-DEFER-BY-EOS',
} as const;
const pending = { 'capability cpuMask': 'H-CLGI' } as const;
const breaks = (...without: readonly Defence[]) =>
  ({ without, capabilities: hypervisor, parameters: small, expect: 'violated' }) as const;
const redundant = (...without: readonly Defence[]) =>
  ({ without, capabilities: hypervisor, parameters: small, expect: 'holds' }) as const;

// The gates of the pin open, as on every real chipset, with another pin in scope.
const open = (...without: readonly Defence[]) =>
  ({
    without: ['gpiGateLock', ...without],
    capabilities: hypervisor,
    parameters: { writes: [...gates, ...otherGpi], otherGpis: [1] },
    expect: 'holds',
  }) as const;

/** Claims with all defences on, and on the need for each: it is off alone, or with the one that backs it. */
export const necessity: Suite = suite({
  id: 'necessity',
  says: 'which defence is essential, and which is redundant with which',
  model: hypersentry,
  claims: withUntried({
    'FULL-ORIGIN': {
      ...holds,
      invariant: 'I-ORIGIN',
      says: 'no fake from the APM port, another pin, an inversion, an IPI or KCS is accepted',
    },
    'FULL-PICTURE': { ...holds, invariant: 'I-PICTURE', says: 'the picture is genuine' },
    'FULL-PROMPT': { ...holds, invariant: 'I-PROMPT', says: 'no late trigger is accepted' },
    'FULL-SCRUBFREE': {
      ...holds,
      invariant: 'I-SCRUBFREE',
      leavesOut: { ...unsettled, ...pending },
      says: 'no time to scrub, if nothing else holds an SMI back: ACPI_EN, EOS, the cores themselves',
    },
    'FULL-COMPLETE': {
      ...holds,
      invariant: 'I-COMPLETE',
      leavesOut: unsettled,
      says: 'no modified hypervisor passes, if ACPI_EN = 0 stops the decoding alone and EOS cannot be cleared by writing 0',
    },
    'FULL-OWN': { ...holds, invariant: 'I-OWN', says: 'what is accepted was asked for' },
    'FULL-STEALTH': {
      ...holds,
      invariant: 'I-STEALTH',
      leavesOut: { 'behaviour eosWriteZeroClears': 'H-STEALTH-BY-EOS', ...pending },
      says: 'nothing is seen before the freeze, if EOS cannot be cleared by writing 0 and the cores hold no SMI pending',
    },
    'FULL-INTIME': { ...holds, invariant: 'I-INTIME', says: 'every loss is visible' },
    'NEED-SMI-LOCK': {
      ...breaks('smiLock'),
      invariant: 'I-STEALTH',
      length: 4,
      says: 'SMI_LOCK is essential to stealth',
      source: 'search',
    },
    'NEED-GATE-LOCK': {
      ...breaks('gpiGateLock'),
      invariant: 'I-STEALTH',
      length: 4,
      says: 'so is a lock on the gates of the pin',
      source: 'search',
    },
    'NEED-RESTORE-DECODE': {
      ...breaks('restoreDecode'),
      invariant: 'I-STEALTH',
      length: 8,
      says: 'and so is a handler that has its block decoded again',
      source: 'search',
    },
    'NEED-DEADLINE': {
      ...breaks('verifierDeadline'),
      invariant: 'I-NOTICED',
      says: 'the deadline is essential to noticing a loss',
      source: 'search',
    },
    'REDUNDANT-SMI-EN': {
      ...redundant('checkSmiEn'),
      invariant: 'I-PICTURE',
      restsOn: ['smiLock', ['checkSmiSts', 'checkAltGpSmiSts']],
      says: 'the check of SMI_EN is redundant while SMI_LOCK is set',
      source: 'search',
    },
    'NEED-SMI-EN-OR-LOCK': {
      ...breaks('checkSmiEn', 'smiLock'),
      invariant: 'I-PICTURE',
      length: 5,
      says: 'without either, an SMI IPI passes while GBL_SMI_EN is 0',
      source: 'search',
    },
    'REDUNDANT-GPI-ROUT': {
      ...open('checkGpiRout'),
      invariant: 'I-PICTURE',
      restsOn: ['checkSmiSts', 'checkAltGpSmiSts', ['checkSmiEn', 'smiLock']],
      says: 'the check of GPI_ROUT is redundant: SMI_STS bit 10 already implies the routing',
      source: 'search; formula of SMI_STS bit 10',
    },
    'REDUNDANT-ALT-GP-SMI-EN': {
      ...open('checkAltGpSmiEn'),
      invariant: 'I-PICTURE',
      restsOn: ['checkSmiSts', 'checkAltGpSmiSts', ['checkSmiEn', 'smiLock']],
      says: 'so is the check of ALT_GP_SMI_EN, for the same reason',
      source: 'search; formula of SMI_STS bit 10',
    },
    'ORIGIN-BY-ALT-GP-SMI-STS-ALONE': {
      ...open('checkSmiEn', 'checkGpiRout', 'checkAltGpSmiEn', 'checkSmiSts'),
      invariant: 'I-ORIGIN',
      restsOn: ['checkAltGpSmiSts'],
      says: 'for telling fakes from genuine triggers, the check of ALT_GP_SMI_STS alone is enough; the other four add to the picture, not to the origin',
      source: 'deduced, confirmed by the search; HyperSentry slide 14',
    },
    'REDUNDANT-SOLICITED': {
      ...holds,
      without: ['solicitedOnly'],
      parameters: { ...everything, cores: 1 },
      invariant: 'I-OWN',
      says: 'that the output must be asked for is redundant while no trigger can be made up',
      source: 'search',
    },
    'NEED-ROUTE-OR-STATUS': {
      ...breaks('checkGpiRout', 'checkSmiSts', 'gpiGateLock'),
      invariant: 'I-PICTURE',
      length: 5,
      says: 'without the check of SMI_STS, though, the routing has to be looked at',
      source: 'search',
    },
    'NEED-ENABLE-OR-STATUS': {
      ...breaks('checkAltGpSmiEn', 'checkSmiSts', 'gpiGateLock'),
      invariant: 'I-PICTURE',
      length: 5,
      says: 'and so has the enable',
      source: 'search',
    },
    'NEED-SMI-STS': {
      ...breaks('checkSmiSts'),
      parameters: { writes: [...gates, ...apm] },
      invariant: 'I-PICTURE',
      length: 5,
      says: 'the check of SMI_STS is essential to the picture: without it a trigger is accepted beside another source',
      source: 'HyperSentry slide 14',
    },
    'NEED-ALT-GP-SMI-STS': {
      ...breaks('checkAltGpSmiSts'),
      parameters: { writes: [...gates, ...otherGpi], otherGpis: [1] },
      invariant: 'I-PICTURE',
      length: 5,
      says: 'and so is the check of ALT_GP_SMI_STS: without it a trigger is accepted beside another pin',
      source: 'HyperSentry slide 14',
    },
  }),
});
