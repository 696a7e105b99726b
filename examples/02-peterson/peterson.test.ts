import { systemOf } from 'underwatch/model';
import { testSuites } from 'underwatch/vitest';
import { expect, test } from 'vitest';
import { claims } from './claims.ts';
import { peterson } from './model.ts';

testSuites([claims]);

test('the order of two lines is all that excludes', () => {
  expect(peterson).toUphold('exclusion');
  expect(systemOf(peterson, { without: ['flagFirst'] })).toViolate('exclusion');
});
