import { suite, type Suite } from 'underwatch';
import { hypersentry } from '../../models/hypersentry/model.ts';
import { asTheTalkHasIt } from './adversary.ts';

const genuine = { kernel: 'genuine' } as const;
const twoCores = { ...genuine, cores: 2 } as const;

/** Nobody attacks: does the mechanism work, and does it leave an honest machine alone? */
export const honest: Suite = suite({
  id: 'honest',
  says: 'a genuine hypervisor on a machine that nobody attacks',
  model: hypersentry,
  claims: {
    'HONEST-RUN': {
      invariant: 'I-HONEST-RUN',
      without: asTheTalkHasIt,
      parameters: genuine,
      expect: 'holds',
      says: 'a request leads to an accepted measurement',
      source: 'HyperSentry slides 9, 14 and 16',
    },
    'HONEST-ANSWERED': {
      invariant: 'I-ANSWERED',
      without: asTheTalkHasIt,
      parameters: genuine,
      expect: 'holds',
      says: 'every request is decided within twelve steps',
      source: 'HyperSentry slide 18: 35 ms end to end',
    },
    'HONEST-LIVENESS': {
      invariant: 'I-LIVENESS',
      without: asTheTalkHasIt,
      parameters: genuine,
      expect: 'holds',
      says: 'every request is answered in time',
      source: 'HyperSentry slide 18',
    },
    'HONEST-NOFALSEALARM': {
      invariant: 'I-NOFALSEALARM',
      without: asTheTalkHasIt,
      parameters: genuine,
      expect: 'holds',
      says: 'no alarm as long as no other SMI source is active',
      source: 'HyperSentry slide 14',
    },
    'HONEST-ACCEPTABLE': {
      invariant: 'I-ACCEPTABLE',
      without: asTheTalkHasIt,
      parameters: genuine,
      expect: 'holds',
      says: 'until then its measurement can always still be accepted',
      source: 'HyperSentry slides 9, 14 and 16',
    },
    'HONEST-GOES-ON': {
      invariant: 'I-GOES-ON',
      without: asTheTalkHasIt,
      parameters: twoCores,
      expect: 'holds',
      says: 'no part waits for another for ever, on two cores',
      source: 'HyperSentry slide 14: the SMI reaches every core',
    },
    'HONEST-RUN-2-CORES': {
      invariant: 'I-HONEST-RUN',
      without: asTheTalkHasIt,
      parameters: twoCores,
      expect: 'holds',
      says: 'the same on two cores',
      source: 'HyperSentry slide 14: the SMI reaches every core',
    },
    'HONEST-LIVENESS-2-CORES': {
      invariant: 'I-LIVENESS',
      without: asTheTalkHasIt,
      parameters: twoCores,
      expect: 'holds',
      says: 'the same on two cores',
      source: 'HyperSentry slide 18',
    },
    'HONEST-NOFALSEALARM-BOUNDED': {
      invariant: 'I-NOFALSEALARM',
      without: ['gpiGateLock'],
      capabilities: ['spin'],
      parameters: twoCores,
      expect: 'holds',
      says: 'the bound on the age of the edge leaves room for one instruction in flight on each core',
      source: 'SDM vol. 3, SMIs are taken at instruction boundaries',
    },
    'HONEST-COINCIDENCE': {
      invariant: 'I-NOFALSEALARM',
      without: asTheTalkHasIt,
      parameters: { ...genuine, timers: ['periodic'] },
      expect: 'violated',
      length: 8,
      says: 'claimed by slide 14: all other bits are 0; refuted: a timer status that latches beside the trigger makes the handler reject it',
      source: 'gap G7; PERIODIC_STS latches without its enable on real boards',
    },
    'HONEST-COINCIDENCE-DOOMED': {
      invariant: 'I-ACCEPTABLE',
      without: asTheTalkHasIt,
      parameters: { ...genuine, timers: ['periodic'] },
      expect: 'violated',
      length: 2,
      says: 'and nothing saves the request: once the timer has elapsed before the pulse, its measurement cannot be accepted any more',
      source: 'gap G7; the BMC pulses once a request, and PERIODIC_STS stays until a handler clears it',
    },
    'HONEST-COINCIDENCE-TOLERATED': {
      invariant: 'I-NOFALSEALARM',
      without: [...asTheTalkHasIt, 'checkSmiSts'],
      parameters: { ...genuine, timers: ['periodic'] },
      expect: 'holds',
      says: 'a handler that looks at its own bit only has no such alarm',
      source: 'gap G7; see I-PICTURE for the price',
    },
    'HONEST-TMROF': {
      invariant: 'I-HONEST-RUN',
      without: asTheTalkHasIt,
      parameters: { ...genuine, registers: { PM1_STS: 1 } },
      expect: 'violated',
      says: 'with PM1_STS.TMROF_STS set, as on all six real boards here, SMI_STS bit 8 is set and the rule of slide 14 accepts no trigger at all',
      source:
        'register dumps of six boards; the power management timer overflows every 2.3 s and nobody clears the bit',
    },
  },
});
