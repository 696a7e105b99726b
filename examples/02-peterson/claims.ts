import { suite } from 'underwatch';
import { peterson } from './model.ts';

const source = 'Peterson, Myths about the mutual exclusion problem, 1981';

/** What is claimed of the algorithm, and of the two ways in which it is commonly got wrong. */
export const claims = suite({
  id: 'peterson',
  says: 'the flag has to be raised before the turn is given away',
  model: peterson,
  claims: {
    EXCLUSION: { invariant: 'exclusion', expect: 'holds', says: 'Peterson excludes.', source },
    PROGRESS: { invariant: 'progress', expect: 'holds', says: 'And nobody is shut out for good.', source },
    'GOES-ON': { invariant: 'goes-on', expect: 'holds', says: 'And it never stops.', source },
    'TURN-FIRST': {
      invariant: 'exclusion',
      without: ['flagFirst'],
      expect: 'violated',
      length: 6,
      says: 'Two lines exchanged: both processes get in.',
      source: 'found by the search',
    },
    'NEVER-WAITS': {
      invariant: 'exclusion',
      without: ['givesWay'],
      expect: 'violated',
      length: 6,
      says: 'Without the wait the flags and the turn are decoration.',
      source: 'found by the search',
    },
  },
});
