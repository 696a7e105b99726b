import { suite } from 'underwatch';
import { airlock } from './model.ts';

/** What is claimed of the airlock. */
export const claims = suite({
  id: 'airlock',
  says: 'the interlock keeps one door closed',
  model: airlock,
  claims: {
    SEALED: {
      invariant: 'sealed',
      expect: 'holds',
      says: 'With the interlock one door is always closed.',
      source: 'common sense',
    },
    'NEED-INTERLOCK': {
      invariant: 'sealed',
      without: ['interlock'],
      expect: 'violated',
      length: 2,
      says: 'Without it both doors can be opened.',
      source: 'common sense',
    },
  },
});
