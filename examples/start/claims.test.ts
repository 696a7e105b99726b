import { testSuites } from 'underwatch/vitest';
import { expect, test } from 'vitest';
import { claims } from './claims.ts';
import { bootFlash } from './model.ts';

// Each claim is a test.
testSuites([claims]);

// And so can be what is not worth a claim: a model by itself has every defence on, and nobody attacks.
test('a machine that nobody attacks is in one of two states', () => {
  expect(bootFlash).toReach({ states: 2, transitions: 2 });
});
