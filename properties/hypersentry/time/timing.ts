import { suite, type Suite } from 'underwatch';
import { schedule } from '../../../models/hypersentry/time/model.ts';

const costs =
  'models/hypersentry/time/costs.ts: SMI 10 to 15 us, WBINVD of 12 MiB, SHA-1 of 8 to 12 cycles a byte and a fetch of each line, walks, at 3 GHz';
const liveness = { invariant: 'I-LIVENESS', source: costs } as const;
const loss = {
  invariant: 'I-LOSS',
  source: 'HyperSentry slide 18: (2.35 - 1.35) % of 16 s at least, whatever is lost all the time',
} as const;
/** The number of pages for which 35 ms suffice at the slowest. */
const pages = 1147;

/**
 * Claims on slide 18: the part of its figures that follows from the costs of the parts, and the remainder.
 */
export const timing: Suite = suite({
  id: 'timing',
  says: 'slide 18: of 35 ms at most 7 are SMIs, flush and agent, the rest is 4.5 to 12.4 MiB of hypervisor; of at least 160 ms that a measurement costs, at least 113 are unexplained',
  model: schedule,
  claims: {
    'TIME-PARTS': {
      ...liveness,
      parameters: { pages: 0, allowedUs: 6437 },
      capabilities: [],
      expect: 'holds',
      says: 'three SMIs, the flush, the exit and the hash of an agent of 64 KiB take 6437 us at most: 28 ms are left for what it measures',
    },
    'TIME-PARTS-LESS': {
      ...liveness,
      parameters: { pages: 0, allowedUs: 6436 },
      expect: 'violated',
      length: 6,
      says: 'no less',
    },
    'TIME-PARTS-CORES': {
      ...liveness,
      parameters: { pages: 0, cores: 8, checkInMostUs: 1, allowedUs: 6458 },
      capabilities: [],
      expect: 'holds',
      says: 'eight cores that check in one after the other, a microsecond each in each SMI, add 21 us: too little to show in 35 ms',
      source: `${costs}; two quad-core processors; a microsecond for a check-in is supposed`,
    },
    'TIME-PARTS-CORES-LESS': {
      ...liveness,
      parameters: { pages: 0, cores: 8, checkInMostUs: 1, allowedUs: 6457 },
      expect: 'violated',
      length: 6,
      says: 'no less',
    },
    'TIME-PARTS-AGENT': {
      ...liveness,
      parameters: { pages: 0, agentBytes: 262_144, allowedUs: 7607 },
      capabilities: [],
      expect: 'holds',
      says: 'nor does the size of the agent, which the slides do not give: four times as large, it adds 1.2 ms',
    },
    'TIME-PARTS-AGENT-LESS': {
      ...liveness,
      parameters: { pages: 0, agentBytes: 262_144, allowedUs: 7606 },
      expect: 'violated',
      length: 6,
      says: 'no less',
    },
    'TIME-END-TO-END': {
      ...liveness,
      parameters: { pages: 0, outOfBandMostUs: 28_563 },
      capabilities: [],
      expect: 'holds',
      says: 'if the 35 ms begin with the request, up to 28.5 ms of them may be the way over the management network: what is measured may be nothing but the BMC',
      source: `${costs}; HyperSentry slide 18: end to end`,
    },
    'TIME-END-TO-END-MORE': {
      ...liveness,
      parameters: { pages: 0, outOfBandMostUs: 28_564 },
      expect: 'violated',
      length: 6,
      says: 'not more',
      source: `${costs}; HyperSentry slide 18: end to end`,
    },
    'TIME-END-TO-END-AGAIN': {
      ...liveness,
      parameters: { pages: 0, outOfBandMostUs: 1_000_000 },
      expect: 'violated',
      says: 'a request that was sent again after a second is not among what was measured, and a deadline has to allow for it (HONEST-DEADLINE)',
      source: 'ipmitool manual, -N: 1 s over lanplus before it asks again',
    },
    'TIME-MIB': {
      ...liveness,
      parameters: { pages: 256, allowedUs: 12_808 },
      capabilities: [],
      expect: 'holds',
      says: 'with one MiB of hypervisor 12.8 ms: then 22 of the 35 ms are unexplained',
    },
    'TIME-MIB-LESS': {
      ...liveness,
      parameters: { pages: 256, allowedUs: 12_807 },
      expect: 'violated',
      length: 6,
      says: 'no less',
    },
    'TIME-PAGES-SLOWEST': {
      ...liveness,
      parameters: { pages },
      capabilities: [],
      expect: 'holds',
      says: '35 ms are enough for 1147 pages, 4.5 MiB, at the slowest',
    },
    'TIME-PAGES-SLOWEST-MORE': {
      ...liveness,
      parameters: { pages: pages + 1 },
      expect: 'violated',
      length: 6,
      says: 'not for one more',
    },
    'TIME-PAGES-FASTEST': {
      invariant: 'I-TAKES',
      parameters: { pages: 3178 },
      capabilities: [],
      expect: 'holds',
      says: '3178 pages, 12.4 MiB, take 35 ms even at the fastest',
      source: costs,
    },
    'TIME-PAGES-FASTEST-FEWER': {
      invariant: 'I-TAKES',
      parameters: { pages: 3177 },
      expect: 'violated',
      length: 6,
      says: 'one less may not',
      source: costs,
    },
    'TIME-LIVENESS-LONG-INSTRUCTION': {
      ...liveness,
      parameters: { pages, longestInstructionUs: 21 },
      expect: 'violated',
      length: 6,
      says: 'and not on a machine with an instruction of 21 us in flight: 35 ms is what slide 18 measured, not a bound',
      source: 'search; SDM vol. 3, SMIs are taken at instruction boundaries',
    },
    'TIME-LIVENESS-ALLOWED': {
      ...liveness,
      parameters: { pages, longestInstructionUs: 20 },
      expect: 'holds',
      capabilities: [],
      says: 'the other side of that threshold',
      source: 'search',
    },
    'H-STORM-LATE': {
      ...liveness,
      capabilities: ['storm'],
      expect: 'violated',
      length: 8,
      says: 'one SMI of the hypervisor beside the trigger, and the answer is late; asking again helps against bad luck only',
      source: 'gap G7; catalogue, I-LIVENESS: under H-STORM not',
    },
    'TIME-LOSS': {
      ...loss,
      parameters: { pages },
      expect: 'violated',
      says: '35 ms of frozen cores and filling 24 MiB of caches again do not cost the 160 ms that slide 18 says a measurement costs at least',
    },
    'TIME-LOSS-OTHER': {
      ...loss,
      parameters: { pages, otherLossUs: 113_020 },
      capabilities: [],
      expect: 'holds',
      says: '113 ms more have to be lost, to what the slide does not say',
    },
    'TIME-LOSS-OTHER-LESS': {
      ...loss,
      parameters: { pages, otherLossUs: 113_019 },
      expect: 'violated',
      says: 'to the microsecond',
    },
  },
});
