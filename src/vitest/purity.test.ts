import { describe, expect, test } from 'vitest';
import { systemOf } from '../model/index.ts';
import { impureModel } from '../model/purity/testing/impure.ts';
import { plainScenario } from '../testing/models/random-model.ts';
import './matchers.ts';

describe.each([
  'a memo by a part of its input',
  'a variable that an action sets and a guard reads',
  'a variable that an action sets, read by within, given',
  'Math.random, rarely low',
])('an impure model (%s)', (name) => {
  const system = (): ReturnType<typeof systemOf> => systemOf(impureModel(name), plainScenario);

  test('neither upholds nor violates, nor has a number of states', () => {
    expect(() => expect(system()).toUphold('aim')).toThrow(/UW104/);
    expect(() => expect(system()).not.toUphold('aim')).toThrow(/UW104/);
    expect(() => expect(system()).toViolate('aim')).toThrow(/UW104/);
    expect(() => expect(system()).toReach({ states: 27 })).toThrow(/UW104/);
  });
});
