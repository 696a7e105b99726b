import { suite, type Suite } from 'underwatch';
import { swatt } from '../../models/pioneer/swatt/model.ts';

const source = 'Castelluccia, Francillon, Perito, Soriente, CCS 2009';
const kept = { invariant: 'I-DEVICE', expect: 'holds', source } as const;
const broken = { invariant: 'I-DEVICE', expect: 'violated', source } as const;

/** Small devices: what free memory, data memory and compressible code are worth to an adversary. */
export const devices: Suite = suite({
  id: 'devices',
  says: 'attestation of small devices: redirected reads, hiding in data memory, compressed code',
  model: swatt,
  claims: {
    'SWATT-HONEST': { ...kept, invariant: 'I-DEVICE-HONEST', says: 'a genuine device is accepted' },
    'SWATT-REDIRECT': {
      ...kept,
      without: ['noise', 'measuresData'],
      capabilities: ['store'],
      says: 'N9: a conditional in every read is 3 cycles of 23, 13 %: 4,633,461 in all, noticed',
      source: 'Seshadri et al., SWATT, Oakland 2004',
    },
    'SWATT-REDIRECT-NO-LIMIT': {
      ...broken,
      without: ['noise', 'measuresData', 'limit'],
      capabilities: ['store'],
      length: 3,
      says: 'but for the limit it would pass',
      source: 'Seshadri et al., SWATT, Oakland 2004',
    },
    'SWATT-NEED-NOISE': {
      ...broken,
      without: ['noise', 'limit'],
      capabilities: ['store'],
      length: 3,
      says: 'noise is what keeps overwritten words out of free memory, where there is no limit',
      source: 'search',
    },
    'SWATT-NOISE': {
      ...kept,
      without: ['limit'],
      capabilities: ['store'],
      says: 'with it, and data memory measured, there is no place for them',
      source: 'search',
    },
    'P-ROP': {
      ...broken,
      without: ['noise', 'measuresData'],
      capabilities: ['store', 'rop'],
      length: 5,
      says: 'malware that moves to data memory for the time of the measurement passes, at a constant cost: the address-space switch of small devices',
    },
    'P-ROP-NOISE': {
      ...broken,
      without: ['measuresData'],
      capabilities: ['store', 'rop'],
      length: 5,
      says: 'noise in free program memory does not change that',
    },
    'P-ROP-DATA-MEASURED': {
      ...kept,
      capabilities: ['store', 'rop'],
      says: 'data memory measured as well does',
    },
    'P-COMPRESS': {
      ...kept,
      capabilities: ['pack'],
      says: 'compressed code frees program memory whatever is filled with noise; taking each word out of it costs time as a conditional does',
    },
    'P-COMPRESS-FAST': {
      ...broken,
      capabilities: ['pack'],
      parameters: { unpackMilliCycles: 647 },
      length: 3,
      says: 'it passes, with every defence on, only where that takes less than slack / reads: 0.64 cycles; the catalogue’s UNDETECTED is a matter of this number',
    },
    'P-COMPRESS-NOT-FAST': {
      ...kept,
      capabilities: ['pack'],
      parameters: { unpackMilliCycles: 648 },
      says: 'a thousandth more does not',
      source: 'the other side of the threshold',
    },
  },
});
