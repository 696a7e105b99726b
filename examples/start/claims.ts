import { suite } from 'underwatch';
import { bootFlash } from './model.ts';

/** What is claimed of the model. A claim that comes out otherwise fails, in either direction. */
export const claims = suite({
  id: 'boot-flash',
  says: 'the lock keeps the firmware genuine, and nothing else does',
  model: bootFlash,
  claims: {
    GENUINE: {
      invariant: 'genuine',
      capabilities: ['write'],
      expect: 'holds',
      says: 'With the lock, whoever owns the operating system cannot alter the flash.',
      source: 'the requirement of this example',
    },
    // The other side: without the defence the claim has to fail, or the defence is worth nothing.
    'NEED-LOCK': {
      invariant: 'genuine',
      capabilities: ['write'],
      without: ['lock'],
      expect: 'violated',
      length: 2,
      says: 'Without it, they can.',
      source: 'the requirement of this example',
    },
    STARTS: {
      invariant: 'starts',
      capabilities: [],
      expect: 'holds',
      says: 'The machine starts.',
      source: 'the requirement of this example',
    },
  },
});
