import { suite, type Suite } from 'underwatch';
import { airlock } from './airlock.ts';

/** What is claimed of the airlock. */
export const airlockSuite: Suite = suite({
  id: 'airlock',
  says: 'the interlock keeps one door closed',
  model: airlock,
  claims: {
    'A-SEALED': {
      invariant: 'sealed',
      expect: 'holds',
      says: 'With the interlock one door is always closed.',
      source: 'common sense',
    },
    'A-OPEN': {
      invariant: 'sealed',
      without: ['interlock'],
      expect: 'violated',
      length: 2,
      says: 'Without it both doors can be opened.',
      source: 'common sense',
    },
    'A-LEFT-OPEN': {
      invariant: 'sealed',
      without: ['interlock'],
      parameters: { start: 'open' },
      expect: 'violated',
      length: 1,
      says: 'One door left open saves a step.',
      source: 'common sense',
    },
  },
});
