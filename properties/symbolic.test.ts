import { expect, test } from 'vitest';
import { exploreSymbolically, systemOf } from 'underwatch';
import { measurement } from '../models/hypersentry/measurement/model.ts';
import { capabilities } from '../models/hypersentry/measurement/setting.ts';
import { cores } from '../models/platform/cores/model.ts';

/**
 * HyperSentry's cores by themselves, in scopes that no search of single states could hold: what an SMI may be taken
 * by, what is never lost between cores, and that a latched one can always be taken.
 */
test.each([
  [6, 46_656_000_000n],
  [8, 167_961_600_000_000n],
])(
  '%i cores: the SMIs that are latched, in every reachable state',
  (count, states) => {
    const scenario = { without: [], capabilities: [], parameters: { cores: count } };
    const { verdicts, exactStates, complete, bytes } = exploreSymbolically(systemOf(cores, scenario), {
      invariants: ['I-BOUNDARY', 'I-UNTOLD', 'I-TAKEN'],
      strategy: 'saturation',
      limits: { memoryLimitMb: 1024, timeLimitMs: 60_000 },
    });
    expect(verdicts).toEqual({
      'I-BOUNDARY': { kind: 'holds' },
      'I-UNTOLD': { kind: 'holds' },
      'I-TAKEN': { kind: 'holds' },
    });
    expect([exactStates, complete]).toEqual([states, true]);
    expect(bytes).toBeLessThan(100 * 2 ** 20);
  },
  90_000,
);

/**
 * The whole measurement, from SMI#1 to the output, against a hypervisor that can do everything the model knows, on the
 * measuring core and on the others beside it.
 */
test('HyperSentry in context, every capability, four cores: what the defences are there for, in every reachable state', () => {
  const all = Object.keys(capabilities) as (keyof typeof capabilities)[];
  const scenario = { without: [], capabilities: all, parameters: { cores: 4 } };
  const invariants = ['I-FREEZE', 'I-CONTEXT', 'I-AGENT', 'I-NOPREEMPT', 'I-SCRUBFREE', 'I-OUTPUT'];
  const { verdicts, exactStates, complete, bytes } = exploreSymbolically(systemOf(measurement, scenario), {
    invariants,
    strategy: 'saturation',
    limits: { memoryLimitMb: 1024, timeLimitMs: 60_000 },
  });
  expect(verdicts).toEqual(Object.fromEntries(invariants.map((id) => [id, { kind: 'holds' }])));
  expect([exactStates, complete]).toEqual([3_998_194_944n, true]);
  expect(bytes).toBeLessThan(100 * 2 ** 20);
}, 90_000);
