import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemOf } from '../../model/index.ts';
import { plainScenario, randomModel } from '../../testing/models/random-model.ts';
import { smiGate } from '../../testing/models/smi-gate.ts';
import { randomSystem } from '../../testing/models/random-system.ts';
import { explore } from './explore.ts';
import type { ExhaustiveOptions } from './options.ts';
import type { ExhaustiveResult } from './search.ts';

/** All that must not depend on how arrays are read. */
const said = ({ states, transitions, depth, actions, verdicts, antecedents }: ExhaustiveResult): object => ({
  states,
  transitions,
  depth,
  actions,
  verdicts,
  antecedents,
});

const WAYS: readonly (readonly [string, ExhaustiveOptions])[] = [
  ['one by one', {}],
  ['fused from the start', { fuseFrom: 1 }],
  ['fused, with two threads', { fuseFrom: 1, threadsFrom: 1, threads: 2 }],
  ['by symmetry', { fuseFrom: 8, reduce: ['symmetry'] }],
];

test.each(WAYS)(
  'arrays asked as a whole lead to the same as read element by element: %s',
  (what, options) => {
    const limits = { maxStates: 3000 };
    const same = (model: Parameters<typeof systemOf>[0]): void => {
      const system = systemOf(model, plainScenario);
      const whole = explore(system, { ...options, limits, askFrom: 0 });
      const parts = explore(system, { ...options, limits, askFrom: Infinity });
      expect(said(whole)).toEqual(said(parts));
    };
    // Threads take a while to start.
    const numRuns = what.includes('threads') ? 15 : 80;
    fc.assert(fc.property(randomModel, same), { numRuns });
    fc.assert(fc.property(randomSystem, same), { numRuns });
  },
);

test('a rendezvous of six cores is not learned core by core', () => {
  const system = systemOf(smiGate, { ...plainScenario, parameters: { cores: 6 } });
  const limits = { maxStates: 300_000 };
  const whole = explore(system, { limits });
  const parts = explore(system, { limits, askFrom: Infinity });
  expect(said(whole)).toEqual(said(parts));
  expect([whole.userRuns, parts.userRuns]).toEqual([895, 1505]);
});
