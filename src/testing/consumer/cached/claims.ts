import { suite } from 'underwatch';
import { testSuites } from 'underwatch/vitest';
import { lock } from './model.ts';

testSuites([
  suite({
    id: 'lock',
    says: 'what is said of a lock',
    model: lock,
    claims: {
      SMALL: { invariant: 'small', expect: 'holds', says: 'No dial is nine.', source: 'arithmetic' },
      OPENS: { invariant: 'shut', expect: 'violated', length: 5, says: 'It opens.', source: 'arithmetic' },
    },
  }),
]);
