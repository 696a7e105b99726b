import { suite, type Suite } from 'underwatch';
import { pioneerVariant } from '../../models/pioneer/checksum/index.ts';
import { helpedLoopCosts } from '../../models/pioneer/protocol/loops.ts';
import { pioneer } from '../../models/pioneer/protocol/model.ts';
import { machines } from '../../models/platform/processor/index.ts';
import { asPublished, but, plainKernel } from './adversary.ts';

/**
 * A copy in place that compares and replaces each word it reads: the dearest forging for the derived loop.
 */
const substituting = [{ code: 'inPlace', data: 'inPlace' }] as const;
const derived = {
  ...plainKernel,
  ...helpedLoopCosts(machines.prescott, pioneerVariant),
  copies: substituting,
};
const byProcessor = { ...plainKernel, helpers: ['processor'] } as const;
const byThread = { ...plainKernel, helpers: ['thread'] } as const;
const exact = { slackCycles: 0, jitterUs: 0 } as const;
const engaged = but(asPublished, 'engagesProcessors');

const source = 'models/pioneer/sharing on the reconstructed loop';
const helped = {
  invariant: 'I-GENUINE',
  without: asPublished,
  capabilities: ['code', 'secondProcessor'],
  source,
} as const;
const assumed = 'Seshadri et al., SOSP 2005: one processor, no second thread, excluded by assumption';

/** Claims on a second processor or thread that computes for a forger what does not depend on the sum. */
export const pioneerHelpers: Suite = suite({
  id: 'pioneer-helpers',
  says: 'one sum by two: another processor or thread computes addresses and words, forges them, and hands them over',
  model: pioneer,
  claims: {
    'P-SMP-SUM': {
      ...helped,
      parameters: { ...byProcessor, slackCycles: 1000, jitterUs: 0 },
      expect: 'violated',
      length: 7,
      says: 'what forging takes, another processor takes: all that is left to notice is the first hand-over, once, a thousand cycles',
      source: assumed,
    },
    'P-SMP-SUM-NOTICED': {
      ...helped,
      parameters: { ...byProcessor, slackCycles: 999, jitterUs: 0 },
      expect: 'holds',
      restsOn: ['mixPc', 'mixDp', 'upperLimit'],
      says: 'one cycle less of slack notices it: I-CONST, whatever the number of iterations',
      source: 'the other side of the threshold',
    },
    'P-SMP-SUM-ENGAGED': {
      ...helped,
      without: engaged,
      parameters: byProcessor,
      expect: 'holds',
      restsOn: ['mixPc', 'mixDp', 'upperLimit', 'engagesProcessors'],
      says: 'not if that processor has a sum of its own to compute in the same time: then nobody is free to help',
      source: 'Martignoni, Paleari, Bruschi, Conqueror, DIMVA 2010: other processors are engaged too',
    },
    'P-SMT': {
      ...helped,
      parameters: byThread,
      expect: 'holds',
      restsOn: ['mixPc', 'mixDp', 'upperLimit'],
      says: 'a second thread of the same core shares its issue slots: where the loop leaves none free, forging costs what it cost',
      source: 'Intel, IA-32 optimization manual, 1-36 to 1-38: what hyper-threading shares',
    },
    'P-SMP-DERIVED': {
      ...helped,
      parameters: { ...derived, ...byProcessor, ...exact },
      expect: 'violated',
      length: 7,
      says: 'P-SMP: the chain of the sum alone takes 13.5 cycles of 15.125: with a comparison for each word done elsewhere the sum comes sooner than the honest one, and needs no slack',
    },
    'P-SMP-DERIVED-TOO-SOON': {
      ...helped,
      without: but(asPublished, 'lowerLimit'),
      parameters: { ...derived, ...byProcessor },
      expect: 'holds',
      restsOn: ['upperLimit', 'lowerLimit'],
      says: 'P-SMP: so much sooner that a lower limit notices it',
    },
    'P-SMP-DERIVED-WAITS': {
      ...helped,
      without: but(asPublished, 'lowerLimit'),
      capabilities: ['code', 'secondProcessor', 'spin'],
      parameters: { ...derived, ...byProcessor },
      expect: 'violated',
      length: 8,
      says: 'P-SMP: and so he waits',
    },
    'P-SMP-DERIVED-ALONE': {
      ...helped,
      capabilities: ['code'],
      parameters: derived,
      expect: 'holds',
      restsOn: ['upperLimit'],
      says: 'P-DATASUB: who computes alone takes 2 cycles more for those comparisons, and is noticed',
    },
    'P-SMP-DERIVED-ENGAGED': {
      ...helped,
      without: engaged,
      parameters: { ...derived, ...byProcessor },
      expect: 'holds',
      restsOn: ['upperLimit', 'engagesProcessors'],
      says: 'P-SMP: with all processors engaged, work and comparisons make 16.417 of 15.125 cycles at least, however they are divided',
    },
    'P-SMT-DERIVED': {
      ...helped,
      parameters: { ...derived, ...byThread },
      expect: 'holds',
      restsOn: ['upperLimit'],
      says: 'P-SMT: on Prescott the second thread takes slots from the first, and what is handed over takes more: 16.5 cycles of 15.125 with the cheapest forging there is, four times the slack; it rests on PUSHF holding up both threads',
    },
  },
});
