import { suite, type Suite } from 'underwatch';
import { hypersentry } from '../../../models/hypersentry/invocation/model.ts';
import type { Defence } from '../../../models/hypersentry/invocation/setting.ts';
import { asTheTalkHasIt, fields, hypervisor } from './adversary.ts';
import { eosCleared, forged } from './left-out.ts';
import { withUntried } from './untried.ts';

const { gates, apm } = fields;
const slide = 'HyperSentry slides 12 and 13: block the real SMI, generate a fake one';
const apmEnable = apm.filter(({ register }) => register === 'APM_CNT');
const without = (...checks: readonly Defence[]): readonly Defence[] => [...asTheTalkHasIt, ...checks];
const story = { capabilities: hypervisor, invariant: 'I-NOTFAKED' } as const;
const byIpi = { ...story, parameters: { writes: gates, followsEdge: true } } as const;
const byApm = { ...story, parameters: { writes: [...gates, ...apmEnable], followsEdge: true } } as const;

/**
 * Claims on slide 12 from end to end: the trigger blocked, the modification hidden, a fake measured and
 * believed.
 */
export const slide12: Suite = suite({
  id: 'slide-12',
  says: 'slide 12: a hypervisor blocks the real SMI and generates a fake one; slide 13: status registers tell them apart',
  model: hypersentry,
  claims: withUntried({
    'H-SLIDE-12-IPI': {
      ...byIpi,
      without: without('checkSmiSts', 'checkAltGpSmiSts'),
      expect: 'violated',
      length: 12,
      says: 'without the status checks: the pulse is blocked and its latch cleared, the hypervisor hides, an SMI of the local APIC is measured, and the verifier believes it',
      source: slide,
    },
    'H-SLIDE-12-APM': {
      ...byApm,
      capabilities: hypervisor.filter((name) => name !== 'apic'),
      without: without('checkSmiSts', 'checkAltGpSmiSts'),
      expect: 'violated',
      length: 11,
      says: 'with a write to port B2h for the fake the latch need not even be cleared: it is unmasked while that SMI is on its way',
      source: slide,
    },
    'H-SLIDE-12-CHECKED': {
      ...byApm,
      without: without(),
      expect: 'holds',
      restsOn: ['checkSmiSts', ['checkSmiEn', 'smiLock']],
      leavesOut: { ...forged, ...eosCleared },
      says: 'with SMI_STS checked no fake is measured, whatever was blocked and cleared before, while GBL_SMI_EN is locked or looked at',
      source: slide,
    },
    'H-SLIDE-12-ALT-ALONE': {
      ...byApm,
      without: without('checkSmiSts'),
      expect: 'violated',
      length: 11,
      says: 'ALT_GP_SMI_STS by itself does not: the latch that was held back is there again in an SMI that port B2h has caused',
      source: 'found by the search; HyperSentry slide 14, ALT_GPI_SMI_STS',
    },
    'H-SLIDE-12-SMI-STS-ALONE': {
      ...byIpi,
      without: without('checkAltGpSmiSts'),
      expect: 'holds',
      restsOn: ['checkSmiSts', ['checkSmiEn', 'smiLock']],
      leavesOut: { ...forged, ...eosCleared },
      says: 'SMI_STS by itself does, as long as no other GPI is enabled as an SMI source, and GBL_SMI_EN is locked or looked at',
      source: 'HyperSentry slide 14, SMI_STS; bit 10 is an OR over enabled GPIs',
    },
  }),
});
