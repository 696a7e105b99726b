import { suite, type Suite } from 'underwatch';
import { pioneer } from '../../models/pioneer/protocol/model.ts';
import { asPublished, but, plainKernel } from './adversary.ts';

/** The blog's address-space switch, with the cost of refilling the translation caches after it. */
const switching = {
  invariant: 'I-KERNEL',
  without: asPublished,
  capabilities: ['cr3', 'debugRegisters'],
} as const;
const refilling = { enters: 'byBreakpoint', kernelReadBy: 'checksum', refillCycles: 500 } as const;

/** A loop under a translator, with both limits; only the loop and the network take time. */
const translated = {
  without: but([...asPublished, 'longMode'], 'lowerLimit'),
  capabilities: ['translator'],
} as const;
const loop = { ...plainKernel, blockMilliCycles: 66_000, iterations: 1000, jitterUs: 0 } as const;

/** Claims on both limits of the verifier's clock, to the cycle. */
export const pioneerLimits: Suite = suite({
  id: 'pioneer-limits',
  says: 'what a slack must be less than to notice a switch of address spaces with its refill, and how soon is too soon',
  model: pioneer,
  claims: {
    'B4-REFILL': {
      ...switching,
      parameters: { ...refilling, slackCycles: 2294 },
      expect: 'vacuous',
      says: 'what the translations lost with a switch cost until they are back is measured: with 500 cycles of them 2294 notice',
      source: 'threshold of the search; the blog post of 2005 counts the refill of the translation caches',
    },
    'B4-REFILL-LOST': {
      ...switching,
      parameters: { ...refilling, slackCycles: 2295 },
      expect: 'violated',
      length: 15,
      says: 'and 2295 do not: those of one switch, as MOV CR3 itself',
      source: 'the other side of the threshold',
    },
    'I-TWOSIDED-EARLY': {
      ...translated,
      invariant: 'I-TWOSIDED',
      parameters: { ...loop, translatedMilliCycles: 65_999, places: ['done'] },
      expect: 'holds',
      restsOn: ['lowerLimit'],
      says: 'the lower limit has no slack: where nothing else costs time, an answer that comes one cycle too soon is rejected',
      source: 'threshold of the search; Checkmate’s two limits',
    },
    'I-TWOSIDED-ON-TIME': {
      ...translated,
      invariant: 'I-BARE',
      parameters: { ...loop, translatedMilliCycles: 66_000 },
      expect: 'violated',
      length: 7,
      says: 'and one that comes when an honest one does is accepted',
      source: 'the other side of the threshold',
    },
  },
});
