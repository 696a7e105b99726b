import { suite, type Suite } from 'underwatch';
import { tickStamp } from '../../models/pioneer/tick-stamp/model.ts';

const source = 'Checkmate’s sources: TPM-timed variant';
const powers = ['forge', 'proxy', 'reset'] as const;
const kept = { capabilities: powers, expect: 'holds', source } as const;
const broken = { capabilities: powers, expect: 'violated', source: 'search' } as const;

/** What the bindings of the two stamps are for, each switched off. */
export const tickStamps: Suite = suite({
  id: 'tick-stamps',
  says: 'Checkmate’s TPM-timed variant: whether the computation lies between the stamps, and what each binding is for',
  model: tickStamp,
  claims: {
    'I-TICK': {
      ...kept,
      invariant: 'I-TICK',
      restsOn: ['bindSeed', 'bindSum'],
      says: 'decided: with its bindings the accepted computation lies between the two stamps',
    },
    'I-TICK-FRESH': { ...kept, invariant: 'I-TICK-FRESH', says: 'and after the challenge' },
    'I-TICK-GENUINE': { ...kept, invariant: 'I-TICK-GENUINE', says: 'and is not forged' },
    'I-TICK-HONEST': {
      ...kept,
      capabilities: [],
      invariant: 'I-TICK-HONEST',
      length: 5,
      restsOn: [],
      says: 'an honest one is accepted',
    },
    'I-TICK-HONEST-EXACT': {
      ...kept,
      capabilities: [],
      invariant: 'I-TICK-HONEST',
      parameters: { limitTicks: 870 },
      length: 5,
      restsOn: [],
      says: 'within the very ticks that it takes',
      source: 'threshold of the search',
    },
    'I-TICK-HONEST-LATE': {
      ...broken,
      capabilities: [],
      invariant: 'I-TICK-HONEST',
      parameters: { limitTicks: 869 },
      says: 'and within no less',
      source: 'the other side of the threshold',
    },
    'I-TICK-GOES-ON': { ...kept, invariant: 'I-TICK-GOES-ON', says: 'and always decided' },
    'I-TICK-UNBOUND-CHALLENGE': {
      ...broken,
      without: ['bindChallenge'],
      invariant: 'I-TICK-FRESH',
      length: 5,
      says: 'a start stamp over any nonce: all was done before the challenge',
    },
    'I-TICK-UNBOUND-SEED': {
      ...broken,
      without: ['bindSeed'],
      invariant: 'I-TICK-GENUINE',
      length: 5,
      says: 'a seed that is not the start stamp’s: the sum is forged first, stamped before and after in no time',
    },
    'I-TICK-UNBOUND-SEED-BEFORE': {
      ...broken,
      without: ['bindSeed'],
      invariant: 'I-TICK',
      length: 5,
      says: 'what is accepted then was computed before the first stamp',
    },
    'I-TICK-UNBOUND-SEED-FRESH': {
      ...kept,
      without: ['bindSeed'],
      invariant: 'I-TICK-FRESH',
      restsOn: [],
      says: 'but after the challenge, whose nonce is the seed then',
      source: 'search',
    },
    'I-TICK-UNBOUND-SUM': {
      ...broken,
      without: ['bindSum'],
      invariant: 'I-TICK-GENUINE',
      length: 5,
      says: 'an end stamp over any digest: it is taken first, and the sum forged at leisure',
    },
    'I-TICK-UNBOUND-SUM-AFTER': {
      ...broken,
      without: ['bindSum'],
      invariant: 'I-TICK',
      length: 5,
      says: 'what is accepted then was computed after the second stamp',
    },
    'I-TICK-ANY-SESSION': {
      ...broken,
      without: ['sameSession'],
      invariant: 'I-TICK-GENUINE',
      length: 6,
      says: 'stamps of two sessions: a reset of the TPM in between gives back the time that was lost',
    },
    'I-TICK-NO-LIMIT': {
      ...broken,
      without: ['limit'],
      invariant: 'I-TICK-GENUINE',
      length: 5,
      says: 'and without a limit there is nothing to it',
    },
    'P-PROXY-TICKS': {
      ...kept,
      invariant: 'I-TICK-HERE',
      restsOn: ['bindSeed', 'bindSum', 'sameSession', 'limit'],
      says: 'another machine is DETECTED, where the way there and back takes longer than the slack',
      source: 'catalogue, P-PROXY: with tick stamps',
    },
    'P-PROXY-TICKS-NEAR': {
      ...broken,
      parameters: { proxyTicks: 890 },
      invariant: 'I-TICK-HERE',
      length: 5,
      says: 'a near or faster one is not: stamps say when, not where. The catalogue expected DETECTED',
      source: 'catalogue, P-PROXY: its expectation holds only for remote machines that are not faster',
    },
    'P-PROXY-TICKS-CUCKOO': {
      ...kept,
      capabilities: [...powers, 'otherTpm'],
      invariant: 'I-TICK-HERE',
      restsOn: ['bindSeed', 'bindSum', 'sameSession', 'knownTpm', 'limit'],
      says: 'and stamps of another TPM are noticed by who knows the key',
    },
    'P-PROXY-TICKS-OWN': {
      ...kept,
      without: ['knownTpm'],
      invariant: 'I-TICK-HERE',
      restsOn: ['bindSeed', 'bindSum', 'sameSession', 'limit'],
      says: 'the key need not be known where there is no other TPM',
      source: 'search',
    },
    'P-PROXY-TICKS-CUCKOO-UNKNOWN': {
      ...broken,
      without: ['knownTpm'],
      capabilities: [...powers, 'otherTpm'],
      invariant: 'I-TICK-HERE',
      length: 5,
      says: 'whoever does not is shown another machine altogether',
      source: 'Parno, HotSec 2008: cuckoo attack',
    },
  },
});
