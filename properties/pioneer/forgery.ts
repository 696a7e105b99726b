import { suite, type Suite } from 'underwatch';
import { pioneer } from '../../models/pioneer/protocol/model.ts';
import type { CopyPlace } from '../../models/pioneer/protocol/state.ts';
import type { Defence } from '../../models/pioneer/protocol/setting.ts';
import { asCheckmate, asPublished, checkmate, plainKernel } from './adversary.ts';

const source = 'Seshadri et al., SOSP 2005, attacks on the checksum';
const forged = {
  invariant: 'I-GENUINE',
  without: asPublished,
  capabilities: ['code'],
  parameters: plainKernel,
  expect: 'holds',
  source,
} as const;
const timed = ['mixPc', 'mixDp', 'upperLimit'] as const;
const noticed = (...restsOn: readonly (Defence | readonly Defence[])[]) => ({ ...forged, restsOn }) as const;
const copying = (code: CopyPlace['code'], data: CopyPlace['data'], more: object = {}): object => ({
  ...plainKernel,
  copies: [{ code, data }],
  ...more,
});
/**
 * The largest overhead that fits into the slack, in thousandths of a cycle: 840,000 cycles over 2,500,000
 * iterations.
 */
const FITS = 336;

/** Claims on a checksum computed otherwise than by the genuine function in its place. */
export const pioneerForgery: Suite = suite({
  id: 'pioneer-forgery',
  says: 'the sum from elsewhere: ahead of time, from an altered copy, from another machine, at another clock',
  model: pioneer,
  claims: {
    'P-REPLAY': {
      ...noticed('freshNonce'),
      invariant: 'I-NONCE',
      capabilities: ['store', 'spin'],
      says: 'an answer that was kept is to another nonce, and the verifier finds it wrong',
    },
    'P-REPLAY-REPEATED': {
      ...forged,
      invariant: 'I-NONCE',
      without: [...asPublished, 'freshNonce'],
      capabilities: ['store', 'spin'],
      expect: 'violated',
      length: 5,
      says: 'a nonce that comes again is answered with it',
    },
    'P-PRECOMP': {
      ...noticed('unpredictableNonce'),
      invariant: 'I-NONCE',
      capabilities: ['foreknowledge', 'spin'],
      says: 'what is computed before the nonce is known is to another nonce',
    },
    'P-PRECOMP-PREDICTABLE': {
      ...forged,
      invariant: 'I-NONCE',
      without: [...asPublished, 'unpredictableNonce'],
      capabilities: ['foreknowledge', 'spin'],
      expect: 'violated',
      length: 5,
      says: 'a predictable nonce is answered ahead of time',
    },
    'P-PRECOMP-EARLY': {
      ...forged,
      invariant: 'I-NONCE',
      without: [...asPublished.filter((defence) => defence !== 'lowerLimit'), 'unpredictableNonce'],
      capabilities: ['foreknowledge', 'spin'],
      expect: 'violated',
      length: 6,
      says: 'a lower limit costs that attack one step: waiting',
      source: 'not in the sources',
    },
    'P-DATASUB': {
      ...noticed('upperLimit'),
      parameters: copying('inPlace', 'inPlace'),
      says: 'to compare every address that is read takes two cycles or more an iteration, and 5,000,000 in all',
    },
    'P-DATASUB-COVER': {
      ...noticed(),
      invariant: 'I-COVER',
      parameters: copying('inPlace', 'inPlace', { slackCycles: 5_000_000 }),
      says: 'and where the slack is as large as that, it is those comparisons that it takes: altered words are never read unnoticed',
    },
    'P-MEMCPY-A': {
      ...noticed('mixDp', 'upperLimit'),
      parameters: copying('inPlace', 'elsewhere', { forgeDpMilliCycles: 745 }),
      says: 'in place, reading a clean copy: the data pointer is forged, which at 0.6 % takes 1,862,500 cycles',
    },
    'P-MEMCPY-A-UPPER': {
      ...noticed('mixDp', 'upperLimit'),
      parameters: copying('inPlace', 'elsewhere', { forgeDpMilliCycles: 995 }),
      says: 'and at the other recollected overhead, 0.8 %, 2,487,500',
    },
    'P-MEMCPY-B': {
      ...noticed('mixPc', 'upperLimit'),
      parameters: copying('elsewhere', 'inPlace'),
      says: 'elsewhere, reading the clean function in place: the program counter is forged',
    },
    'P-MEMCPY-C': {
      ...noticed('upperLimit', ['mixPc', 'mixDp']),
      parameters: copying('elsewhere', 'elsewhere'),
      says: 'both elsewhere: both are forged',
    },
    'P-MEMCPY-B-LAX': {
      ...forged,
      parameters: copying('elsewhere', 'inPlace', { slackCycles: 1_865_000 }),
      expect: 'violated',
      length: 6,
      says: 'a slack of what forging the program counter costs lets it through',
      source: 'threshold of the search',
    },
    'P-MEMCPY-B-NOT-LAX': {
      ...noticed('mixPc', 'upperLimit'),
      parameters: copying('elsewhere', 'inPlace', { slackCycles: 1_864_999 }),
      says: 'one cycle less does not',
      source: 'the other side of the threshold',
    },
    'P-MEMCPY-C-LAX': {
      ...forged,
      parameters: copying('elsewhere', 'elsewhere', { slackCycles: 3_730_000 }),
      expect: 'violated',
      length: 7,
      says: 'who forges both pays for both: it takes a slack of 2,500,000 times 1.492 cycles to let that through',
      source: 'threshold of the search',
    },
    'P-MEMCPY-C-NOT-LAX': {
      ...noticed(...timed),
      parameters: copying('elsewhere', 'elsewhere', { slackCycles: 3_729_999 }),
      says: 'one cycle less does not',
      source: 'the other side of the threshold',
    },
    'P-MEMCPY-LAX': {
      ...forged,
      parameters: copying('inPlace', 'elsewhere', { slackCycles: 1_865_000 }),
      expect: 'violated',
      length: 6,
      says: 'a slack of iterations times overhead lets it through: 2,500,000 times 0.746 cycles',
    },
    'P-MEMCPY-NOT-LAX': {
      ...noticed('mixDp', 'upperLimit'),
      parameters: copying('inPlace', 'elsewhere', { slackCycles: 1_864_999 }),
      says: 'one cycle less does not',
    },
    'P-MEMCPY-SHORT': {
      ...forged,
      parameters: { ...plainKernel, iterations: 1_126_005 },
      expect: 'violated',
      length: 6,
      says: 'I-LINEAR: too few iterations, and the overhead is within the slack',
    },
    'P-MEMCPY-LONG-ENOUGH': {
      ...noticed(...timed),
      parameters: { ...plainKernel, iterations: 1_126_006 },
      says: 'I-LINEAR: from 840,000 / 0.746 iterations on it is not',
    },
    'P-BASELIE': {
      ...noticed('mixPc', 'upperLimit'),
      without: asCheckmate,
      capabilities: ['code', 'lie'],
      parameters: { ...checkmate, copies: [{ code: 'elsewhere', data: 'elsewhere' }] },
      says: 'Checkmate’s own attack lies about the base and forges the program counter alone: 1.7 %, 5,655,000 cycles against 900,000',
      source: 'Checkmate’s sources: attack client; Kovah et al., Oakland 2012: 1.7 %',
    },
    'P-BASELIE-LAX': {
      ...forged,
      without: asCheckmate,
      capabilities: ['code', 'lie'],
      parameters: {
        ...checkmate,
        copies: [{ code: 'elsewhere', data: 'elsewhere' }],
        slackCycles: 5_655_000,
      },
      expect: 'violated',
      length: 7,
      says: 'with a window 6.3 times as wide it would pass',
      source: 'the other side of the threshold (N4)',
    },
    'P-SEG': {
      ...noticed('mixPc', 'mixDp', 'longMode', 'upperLimit'),
      capabilities: ['code', 'segments'],
      says: 'in 64-bit mode the base that the code segment is given is not used',
      source: 'SDM vol. 1, 3.3.4',
    },
    'P-SEG-32': {
      ...forged,
      without: [...asPublished, 'longMode'],
      capabilities: ['code', 'segments'],
      expect: 'violated',
      length: 6,
      says: 'in 32-bit mode the code segment’s base makes an altered function run in place, at no cost',
    },
    'P-SPLITTLB': {
      ...forged,
      capabilities: ['code', 'splitTlb'],
      expect: 'violated',
      length: 6,
      says: 'translations that differ for fetches and reads do the same, in any mode',
      source: 'Wurster, van Oorschot, Somayaji, Oakland 2005',
    },
    'P-SPLITTLB-FOUND-OUT': {
      ...noticed('mixPc', 'mixDp', 'fetchesWhatItReads', 'upperLimit'),
      without: asPublished.filter((defence) => defence !== 'fetchesWhatItReads'),
      capabilities: ['code', 'splitTlb'],
      says: 'a function that executes what it has just written finds that out',
      source: 'Wurster, van Oorschot, Somayaji, Oakland 2005: counter-measures',
    },
    'P-SPLITTLB-PHYSICAL': {
      ...noticed('mixPc', 'mixDp', 'noTranslation', 'upperLimit'),
      without: asPublished.filter((defence) => defence !== 'noTranslation'),
      capabilities: ['code', 'splitTlb'],
      says: 'and where addresses are not translated nothing asks the buffers that he has filled',
      source: 'Seshadri et al., SOSP 2005: SMM as an alternative',
    },
    'P-OPTIMIZE': {
      ...forged,
      parameters: { ...plainKernel, savedMilliCycles: 746 - FITS },
      expect: 'violated',
      length: 6,
      says: 'a loop that is faster by 0.41 cycles of 124 leaves room enough for the forgery',
      source: 'the blog post of 2005: the checksum must be optimal',
    },
    'P-OPTIMIZE-NOT-ENOUGH': {
      ...noticed(...timed),
      parameters: { ...plainKernel, savedMilliCycles: 746 - FITS - 1 },
      says: 'by a thousandth less does not',
      source: 'the other side of the threshold',
    },
    'P-PARALLEL': {
      ...forged,
      parameters: { ...plainKernel, forgeDpMilliCycles: 0 },
      expect: 'violated',
      length: 6,
      says: 'what is forged in an issue slot that was free is forged for nothing',
      source: 'the blog post of 2005: unused parallel resources',
    },
    'P-PROXY': {
      ...forged,
      invariant: 'I-HERE',
      capabilities: ['proxy', 'spin'],
      expect: 'violated',
      length: 4,
      says: 'a faster machine on the same network answers in time',
      source: 'Seshadri et al., SOSP 2005: excluded by assumption',
    },
    'P-PROXY-EQUAL': {
      ...forged,
      invariant: 'I-HERE',
      capabilities: ['proxy'],
      parameters: { ...plainKernel, proxyMhz: 2800, proxyRoundTripUs: 300 },
      expect: 'violated',
      length: 4,
      says: 'so does an equal one whose round trip is no longer than the slack, less what setting up takes',
      source: 'Seshadri et al., SOSP 2005: excluded by assumption',
    },
    'P-PROXY-FAR': {
      ...noticed('upperLimit'),
      invariant: 'I-HERE',
      capabilities: ['proxy'],
      parameters: { ...plainKernel, proxyMhz: 2800, proxyRoundTripUs: 301 },
      says: 'one farther away does not',
      source: 'the other side of the threshold',
    },
    'P-OVERCLOCK': {
      ...forged,
      capabilities: ['code', 'overclock', 'spin'],
      parameters: { ...plainKernel, raisedMhz: 2810 },
      expect: 'violated',
      length: 7,
      says: 'a clock raised by 0.36 % hides the forgery',
      source: 'Seshadri et al., SOSP 2005: excluded by assumption',
    },
    'P-OVERCLOCK-LESS': {
      ...noticed(...timed),
      capabilities: ['code', 'overclock', 'spin'],
      parameters: { ...plainKernel, raisedMhz: 2809 },
      says: 'by 0.32 % does not',
      source: 'the other side of the threshold',
    },
    'P-OVERCLOCK-TWO-SIDED': {
      ...forged,
      without: asPublished.filter((defence) => defence !== 'lowerLimit'),
      capabilities: ['code', 'overclock'],
      parameters: { ...plainKernel, raisedMhz: 2810 },
      expect: 'violated',
      length: 7,
      says: 'a lower limit does not notice: the forgery eats what the clock gains',
      source: 'catalogue, P-OVERCLOCK',
    },
  },
});
