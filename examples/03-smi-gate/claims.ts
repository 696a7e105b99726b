import { suite } from 'underwatch';
import { smiGate } from './model.ts';

/** What a latch and a gate are worth together. */
export const claims = suite({
  id: 'smi-gate',
  says: 'a latched trigger waits behind a closed gate, and is genuine when it comes through',
  model: smiGate,
  claims: {
    MEASURES: {
      invariant: 'measures',
      capabilities: [],
      expect: 'holds',
      says: 'Whoever does not react is found.',
      source: 'HyperSentry, CCS 2010, slide 9',
    },
    DEFERRED: {
      invariant: 'complete',
      without: ['gateLock', 'ageBound'],
      capabilities: ['ports', 'hide'],
      expect: 'violated',
      length: 5,
      says: 'The trigger is held back, and let through once there is nothing to see.',
      source: 'found by the search',
    },
    LOCKED: {
      invariant: 'complete',
      without: ['ageBound'],
      capabilities: ['ports', 'hide'],
      expect: 'holds',
      says: 'A lock on the gate is enough.',
      source: 'found by the search',
    },
    BOUNDED: {
      invariant: 'complete',
      without: ['gateLock'],
      capabilities: ['ports', 'hide'],
      expect: 'holds',
      says: 'And so is a bound on the age of the trigger.',
      source: 'found by the search',
    },
  },
});
