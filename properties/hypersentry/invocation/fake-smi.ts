import { suite, type Suite } from 'underwatch';
import { hypersentry } from '../../../models/hypersentry/invocation/model.ts';
import type { FieldWrite } from '../../../models/platform/chipset/index.ts';
import { asTheTalkHasIt, fields, hypervisor } from './adversary.ts';
import { forged } from './left-out.ts';
import { withUntried } from './untried.ts';

const { gates, apm, events, timers, otherGpi } = fields;
const scope = (
  ...writes: readonly (readonly FieldWrite[])[]
): { readonly writes: readonly FieldWrite[] } => ({
  writes: writes.flat(),
});
// Sources that latch are tried with the two gates that an open platform leaves to the hypervisor anyway;
// the third, GBL_SMI_EN, is frozen by SMI_LOCK in this suite.
const pinGates = gates.filter(({ register }) => register !== 'SMI_EN');
const common = { without: asTheTalkHasIt, capabilities: hypervisor } as const;
// An attack comes only where both status checks are off.
const eitherStatus = [['checkSmiSts', 'checkAltGpSmiSts']] as const;
const detected = {
  ...common,
  invariant: 'I-ORIGIN',
  expect: 'holds',
  restsOn: eitherStatus,
  // In every scope here the inversion alone is enough, whatever else there is.
  leavesOut: forged,
} as const;
const slide = 'HyperSentry slide 13: HW SMI and SW SMI are distinguishable';

/** Claims on every way to make an SMI that the BMC did not ask for, against the check of slide 14. */
export const fakeSmi: Suite = suite({
  id: 'fake-smi',
  says: 'claimed on slides 13 and 14: a fake SMI is easily detectable; ALT_GP_SMI_STS is enough for that, and SMI_STS for all but another pin',
  model: hypersentry,
  claims: withUntried({
    'H-FAKE-IPI': {
      ...detected,
      parameters: scope(gates),
      says: 'an SMI sent by the local APIC leaves SMI_STS and ALT_GP_SMI_STS at 0, and either check rejects it',
      source: `${slide}; SDM vol. 3, APIC delivery mode 010`,
    },
    'H-FAKE-APM': {
      ...detected,
      parameters: scope(gates, apm),
      says: 'a write to port B2h sets SMI_STS bit 5, but neither bit 10 there nor the pin in ALT_GP_SMI_STS: either check rejects it',
      source: slide,
    },
    'H-FAKE-TIMER-PERIODIC': {
      ...detected,
      parameters: { ...scope(pinGates, timers.slice(0, 3)), timers: ['periodic'] },
      says: 'so with the periodic timer, which sets bit 14',
      source: slide,
    },
    'H-FAKE-TIMER-SOFTWARE': {
      ...detected,
      parameters: { ...scope(pinGates, timers.slice(3)), timers: ['software'] },
      says: 'so with the software SMI timer, which sets bit 6',
      source: slide,
    },
    'H-FAKE-TIMER-TCO': {
      ...detected,
      parameters: { ...scope(pinGates, events.slice(5)), timers: ['tco'] },
      says: 'so with TCO_DAT_IN and the TCO timer, which set bit 13',
      source: slide,
    },
    'H-FAKE-SLEEP': {
      ...detected,
      parameters: scope(pinGates, events.slice(0, 2)),
      says: 'so with SLP_EN where SLP_SMI_EN is set, which sets bit 4',
      source: slide,
    },
    'H-FAKE-GBL-RLS': {
      ...detected,
      parameters: scope(pinGates, events.slice(2, 5)),
      says: 'so with GBL_RLS where BIOS_EN is set, which sets bit 2',
      source: slide,
    },
    'H-FAKE-OTHERGPI': {
      ...detected,
      restsOn: ['checkAltGpSmiSts'],
      parameters: { ...scope(gates, otherGpi), otherGpis: [1] },
      says: 'another GPI sets bit 10 too: ALT_GP_SMI_STS alone tells it from the pin of the BMC',
      source: 'HyperSentry slide 14, ALT_GPI_SMI_STS',
    },
    'H-FAKE-OTHERGPI-UNCHECKED': {
      ...common,
      without: [...asTheTalkHasIt, 'checkAltGpSmiSts'],
      parameters: { ...scope(gates, otherGpi), otherGpis: [1] },
      invariant: 'I-ORIGIN',
      expect: 'violated',
      length: 5,
      says: 'without the check of ALT_GP_SMI_STS the other GPI passes for the BMC',
      source: 'HyperSentry slide 14, ALT_GPI_SMI_STS',
    },
    'H-FAKE-APM-UNCHECKED': {
      ...common,
      without: [...asTheTalkHasIt, 'checkSmiSts', 'checkAltGpSmiSts'],
      parameters: scope(gates, apm),
      invariant: 'I-ORIGIN',
      expect: 'violated',
      length: 3,
      says: 'without both status checks any SMI passes for a trigger',
      source: slide,
    },
    'H-FAKE-APM-BY-ALT-GP-SMI-STS': {
      ...detected,
      restsOn: ['checkAltGpSmiSts'],
      without: [...asTheTalkHasIt, 'checkSmiEn', 'checkGpiRout', 'checkAltGpSmiEn', 'checkSmiSts'],
      parameters: scope(gates, apm),
      says: 'the check of ALT_GP_SMI_STS alone is enough against the port: the pin has latched only if it was pulsed',
      source: 'search',
    },
    'H-FAKE-APM-BY-SMI-STS': {
      ...detected,
      restsOn: ['checkSmiSts'],
      without: [...asTheTalkHasIt, 'checkSmiEn', 'checkGpiRout', 'checkAltGpSmiEn', 'checkAltGpSmiSts'],
      parameters: scope(gates, apm),
      says: 'so is that of SMI_STS: bit 10 asks for a pin that is latched, enabled and routed. What its other bits add is the picture (suite picture)',
      source: 'search; formula of SMI_STS bit 10',
    },
    'H-FAKE-2-CORES': {
      ...detected,
      parameters: { ...scope(gates), cores: 2 },
      says: 'an SMI sent to one core of two is no way around the check either',
      source: `${slide}; SMI IPIs reach only their target`,
    },
  }),
});
