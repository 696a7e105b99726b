import { suite, type Suite } from 'underwatch';
import { rounds, type RoundsParameters } from '../../../models/hypersentry/time/rounds.ts';

const source =
  'exact: lengths of intervals counted for every strategy; HyperSentry slide 18; catalogue, H-SMICOUNT';
const asked = (parameters: Partial<RoundsParameters>) =>
  ({ invariant: 'I-FOUND', parameters, source }) as const;
const random = { leastSlots: 1, mostSlots: 8, neededSlots: 1 } as const;
const fixed = { leastSlots: 8, mostSlots: 8, neededSlots: 7, rounds: 20 } as const;
const early = { leastSlots: 5, mostSlots: 8 } as const;

/**
 * Claims on slide 18's periods, against a hypervisor that hides before each measurement and comes back after
 * it.
 */
export const comingAndGoing: Suite = suite({
  id: 'rounds',
  says: 'slide 18, periodical measurement: a fixed period never finds who has seen one measurement end; what does is an interval that may be over at once, drawn anew each time, and announced by nothing',
  model: rounds,
  claims: {
    'ROUNDS-FIXED': {
      ...asked({ ...fixed, perMillion: 1 }),
      expect: 'violated',
      length: 180,
      says: 'every 8 s: modified for seven of eight seconds, hidden in the last, found in none of 20 rounds with any probability at all',
    },
    'ROUNDS-RANDOM': {
      ...asked({ ...random, rounds: 35 }),
      expect: 'holds',
      says: 'drawn from 1 to 8 s: modified for one second an interval, it is found within 35 rounds with 99 %',
    },
    'ROUNDS-RANDOM-FEWER': {
      ...asked({ ...random, rounds: 34 }),
      expect: 'violated',
      says: '34 are not enough',
    },
    'ROUNDS-RANDOM-90': {
      ...asked({ ...random, rounds: 18, perMillion: 900_000 }),
      expect: 'holds',
      says: 'within 18 with 90 %',
    },
    'ROUNDS-RANDOM-90-FEWER': {
      ...asked({ ...random, rounds: 17, perMillion: 900_000 }),
      expect: 'violated',
      says: 'not within 17',
    },
    'ROUNDS-LEAST': {
      ...asked({ ...early, neededSlots: 4, rounds: 3, perMillion: 1 }),
      expect: 'violated',
      says: 'drawn from 5 to 8 s: what comes before the shortest interval is free, four seconds of it',
    },
    'ROUNDS-LEAST-MORE': {
      ...asked({ ...early, neededSlots: 5, rounds: 9, perMillion: 900_000 }),
      expect: 'holds',
      says: 'a fifth second costs a quarter each time: found within 9 rounds with 90 %',
    },
    'ROUNDS-LEAST-MORE-FEWER': {
      ...asked({ ...early, neededSlots: 5, rounds: 8, perMillion: 900_000 }),
      expect: 'violated',
      says: 'not within 8',
    },
    'ROUNDS-PHASE': {
      ...asked({ ...fixed, firstLeastSlots: 1, perMillion: 875_000 }),
      expect: 'holds',
      says: 'every 8 s, by a hypervisor that knows the period and has not seen a measurement end: modified for seven seconds of the first eight, it is found with 87.5 %, by the first measurement',
    },
    'ROUNDS-PHASE-MORE': {
      ...asked({ ...fixed, firstLeastSlots: 1, perMillion: 875_001 }),
      expect: 'violated',
      says: 'not more often: from then on it knows the phase, too, and nineteen further rounds add nothing',
    },
    'H-SMICOUNT': {
      ...asked({ ...fixed, firstLeastSlots: 1, waitsFirst: true, perMillion: 1 }),
      expect: 'violated',
      says: 'and who waits hidden until a gap of the TSC or, from Nehalem on, MSR 34h shows that one has ended is never found',
      source: `${source}; SDM vol. 4, MSR_SMI_COUNT 34h; Linux, turbostat: from Nehalem on`,
    },
    'ROUNDS-BACK': {
      ...asked({ ...random, backSlots: 1, rounds: 17 }),
      expect: 'holds',
      says: 'drawn from 1 to 8 s: if coming back takes a second, half as many rounds find it with 99 %, 17 of 35',
    },
    'ROUNDS-BACK-FEWER': {
      ...asked({ ...random, backSlots: 1, rounds: 16 }),
      expect: 'violated',
      says: '16 are not enough',
    },
    'ROUNDS-BACK-FIXED': {
      ...asked({ ...fixed, neededSlots: 6, backSlots: 1, perMillion: 1 }),
      expect: 'violated',
      says: 'every 8 s it costs that second of use and no more: six seconds of eight, and it is never found',
    },
    'ROUNDS-ANNOUNCED': {
      ...asked({ ...random, sees: 'before', rounds: 35, perMillion: 1 }),
      expect: 'violated',
      says: 'and no schedule finds who sees the traffic to the BMC in time: the request comes before its edge',
    },
  },
});
