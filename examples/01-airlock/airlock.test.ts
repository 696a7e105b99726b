import { systemOf } from 'underwatch/model';
import { testSuites } from 'underwatch/vitest';
import { expect, test } from 'vitest';
import { claims } from './claims.ts';
import { airlock } from './model.ts';

testSuites([claims]);

test('the airlock by itself', () => {
  expect(airlock).toUphold('sealed');
  expect(airlock).toReach({ states: 3, transitions: 4 });
  expect(systemOf(airlock, { without: ['interlock'] })).toViolate('sealed', { length: 2 });
});
