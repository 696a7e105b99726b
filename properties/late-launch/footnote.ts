import { suite, type Suite } from 'underwatch';
import { skinit } from '../../models/late-launch/skinit/model.ts';

const BLOG = 'the blog post of 2005';
const untampered = { invariant: 'I-UNTAMPERED' } as const;

/**
 * Claims on the post's first sentence and first footnote: how hardware of 2005 changes Pioneer's question,
 * and how not.
 */
export const footnote: Suite = suite({
  id: 'blog-footnote',
  says: 'the blog’s footnote: VT and Pacifica leave a software VMM in charge; a late launch does not care who was',
  model: skinit,
  claims: {
    'B11-VMM': {
      invariant: 'I-LAUNCH-TOLD',
      capabilities: ['vmm'],
      expect: 'violated',
      length: 1,
      says: 'a VMM, with VT or Pacifica under it or not, tells its guest that a launch took place, and nothing did',
      source: `${BLOG}, footnote`,
    },
    'B11-VMM-NONE': {
      invariant: 'I-LAUNCH-TOLD',
      capabilities: [],
      expect: 'holds',
      restsOn: [],
      says: 'without a VMM SKINIT is SKINIT',
      source: 'APM vol. 2, 15.27',
    },
    'B11-LAUNCH': {
      ...untampered,
      capabilities: ['vmm', 'tpm'],
      expect: 'holds',
      restsOn: [],
      says: 'a verifier is not deceived by one: whoever answers SKINIT in its place cannot make PCR 17 begin at 0',
      source: `${BLOG}: what SVM and LT presume; APM vol. 2, 15.27.5`,
    },
    'B11-LAUNCH-SEALED': {
      invariant: 'I-LAUNCH-SECRET',
      capabilities: ['vmm', 'tpm'],
      expect: 'holds',
      restsOn: ['apHandshake'],
      says: 'nor does the TPM unseal for it, as long as no core of its own extends PCR 17 beside the loader',
      source: 'McCune et al. 2008',
    },
    'D-ASW': {
      ...untampered,
      capabilities: ['paging'],
      expect: 'holds',
      restsOn: ['pagingOff'],
      says: 'two address spaces, as against Pioneer: prevented. The loader is hashed and executed by its physical address',
      source: 'deduced; B4; APM vol. 2, 15.27.6 step 1',
    },
    'D-ASW-PAGING': {
      ...untampered,
      without: ['pagingOff'],
      capabilities: ['paging'],
      expect: 'violated',
      length: 11,
      says: 'a launch that left paging on would measure one frame and execute another, as Pioneer does',
      source: 'deduced; B4',
    },
    'L-SKINIT-NOW': {
      invariant: 'I-LAUNCH-NOW',
      capabilities: ['store'],
      expect: 'violated',
      length: 11,
      says: 'what was measured may be altered as soon as the session is over: a quote is about registers, as Pioneer’s sum is about the past',
      source: 'deduced; P-TOCTOU',
    },
    'L-SKINIT-NOW-QUIET': {
      invariant: 'I-LAUNCH-NOW',
      capabilities: [],
      expect: 'holds',
      restsOn: [],
      says: 'unless nobody does',
      source: 'search',
    },
  },
});
