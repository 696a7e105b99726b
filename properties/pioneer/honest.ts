import { suite, type Suite } from 'underwatch';
import { pioneer } from '../../models/pioneer/protocol/model.ts';
import { asCheckmate, asPublished, but, checkmate, plainKernel } from './adversary.ts';

const honest = {
  without: asPublished,
  parameters: plainKernel,
  expect: 'holds',
  source: 'Seshadri et al., SOSP 2005: the protocol; the limit lies above the largest jitter observed',
} as const;

/** Claims on a machine that nobody attacks: when the protocol ends well, and when not. */
export const pioneerHonest: Suite = suite({
  id: 'pioneer-honest',
  says: 'a genuine machine that nobody attacks, and the clock that the verifier reckons with',
  model: pioneer,
  claims: {
    'P-HONEST-RUN': {
      ...honest,
      invariant: 'I-HONEST-RUN',
      restsOn: [],
      says: 'a genuine machine is accepted',
    },
    'P-HONEST-ENGAGED': {
      ...honest,
      without: but(asPublished, 'engagesProcessors'),
      invariant: 'I-HONEST-RUN',
      restsOn: [],
      says: 'and so is one on whose other processors the function runs too',
      source: 'Martignoni, Paleari, Bruschi, Conqueror, DIMVA 2010: other processors are engaged too',
    },
    'P-HONEST-GOES-ON': {
      ...honest,
      invariant: 'I-GOES-ON',
      capabilities: [],
      restsOn: [],
      says: 'no step is without a next one',
    },
    'I-NOFP': {
      ...honest,
      invariant: 'I-NOFP',
      capabilities: [],
      restsOn: [],
      says: 'jitter of 300 us is within a slack of 840,000 cycles of 2.8 GHz: no false alarm',
    },
    'I-NOFP-LATER': {
      ...honest,
      invariant: 'I-NOFP',
      parameters: { ...plainKernel, jitterUs: 301 },
      expect: 'violated',
      length: 6,
      says: 'one microsecond more is not: the slack is the jitter, to the cycle',
    },
    'I-NOFP-CHECKMATE': {
      ...honest,
      without: asCheckmate,
      parameters: checkmate,
      invariant: 'I-NOFP',
      capabilities: [],
      restsOn: [],
      says: 'nor is there a false alarm with Checkmate’s two limits, 110.9 and 111.2 ms apart by 300 us',
      source: 'Checkmate’s configured limits, Core 2 Quad Q9650',
    },
    'I-EXACTHW': {
      ...honest,
      invariant: 'I-NOFP',
      parameters: { ...plainKernel, jitterUs: 0, actualMhz: 2792 },
      expect: 'violated',
      length: 6,
      says: 'a genuine machine whose clock is 0.29 % slower than the verifier believes is rejected',
      source: 'Seshadri et al., SOSP 2005: assumption of exactly known hardware',
    },
    'I-EXACTHW-WITHIN': {
      ...honest,
      invariant: 'I-NOFP',
      parameters: { ...plainKernel, jitterUs: 0, actualMhz: 2793 },
      capabilities: [],
      restsOn: [],
      says: 'one of 0.25 % is not: the slack hides that much, and whoever has such a machine has that much less of it',
      source: 'the other side of the threshold',
    },
  },
});
