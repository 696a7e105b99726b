import { systemOf } from 'underwatch/model';
import { testSuites } from 'underwatch/vitest';
import { expect, test } from 'vitest';
import { airlockSuite } from './airlock-suite.ts';
import { airlock } from './airlock.ts';

testSuites([airlockSuite]);

test('the airlock by itself', () => {
  const system = systemOf(airlock, { without: [], capabilities: [], parameters: {} });
  expect(system).toUphold('sealed');
  expect(system).toReach({ states: 3, transitions: 4 });
  expect(systemOf(airlock, { without: ['interlock'], capabilities: [], parameters: {} })).toViolate(
    'sealed',
    {
      length: 2,
    },
  );
});
