import { suite } from 'underwatch';
import { board } from './model.ts';

const source = 'the requirement of this example';

/** What the lock of the global enable is worth to a board that relies on one pin. */
export const claims = suite({
  id: 'tamper-board',
  says: 'SMI_LOCK protects the global enable, and not that of the pin',
  model: board,
  claims: {
    ERASES: {
      invariant: 'erases',
      capabilities: ['open'],
      expect: 'holds',
      says: 'An opened case erases the key.',
      source,
    },
    'GLOBAL-LOCKED': {
      invariant: 'secret',
      capabilities: ['open', 'global'],
      expect: 'holds',
      says: 'With SMI_LOCK, GBL_SMI_EN cannot be cleared first.',
      source: '6 series datasheet, GEN_PMCON_1.SMI_LOCK',
    },
    'NEED-SMI-LOCK': {
      invariant: 'secret',
      capabilities: ['open', 'global'],
      without: ['smiLock'],
      expect: 'violated',
      says: 'Without it, it can.',
      source,
    },
    'ENABLE-UNLOCKED': {
      invariant: 'secret',
      capabilities: ['open', 'enable'],
      expect: 'violated',
      says: 'ALT_GP_SMI_EN has no lock: the switch of the pin is turned off instead.',
      source: 'found by the search',
    },
  },
});
