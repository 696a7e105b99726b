import { describe, expect, test } from 'vitest';
import { systemOf, type System } from '../model/index.ts';
import { explore } from '../search/exhaustive/explore.ts';
import type { Limits, Trace } from '../search/result.ts';
import { showsInvariant, statesOf } from '../search/trace.ts';
import { plainScenario } from '../testing/random-model.ts';
import { smiGate } from '../testing/smi-gate.ts';
import { certify, type Certificate } from './shortest.ts';

const system = systemOf(smiGate, { ...plainScenario, without: ['altStatusCheck'] });

const shortestTrace = (of: System): Trace => {
  const verdict = explore(of).verdicts['never-fooled'];
  if (verdict?.kind !== 'violated' || verdict.trace === undefined)
    throw new Error('the model lost its attack');
  return verdict.trace;
};

const run = (trace: Trace, limits?: Limits): Certificate => {
  const search = certify(system, 'never-fooled', trace, limits);
  let slice = search.next();
  while (slice.done !== true) slice = search.next();
  return slice.value;
};

/** The shortest attack with three steps in front that lead nowhere. */
const detour = (trace: Trace): Trace => ({
  ...trace,
  steps: [
    { action: 'vmexit', choice: { core: 0 } },
    { action: 'vmentry', choice: { core: 0 } },
    { action: 'periodic', choice: {} },
    ...trace.steps,
  ],
});

describe('certify', () => {
  test('a shortest attack is certified by the states below its length', () => {
    const trace = shortestTrace(system);
    expect(run(trace)).toMatchObject({ trace, shortest: true, depth: 11 });
    expect(run(trace).states).toBeGreaterThan(10_000);
  });

  test('a longer one is replaced by a shortest, which replays', () => {
    const { trace, shortest } = run(detour(shortestTrace(system)));
    expect(shortest).toBe(true);
    expect(trace.steps).toHaveLength(12);
    expect(showsInvariant(system, 'never-fooled', statesOf(system, trace))).toBe(true);
  });

  test.each([
    [{ maxStates: 500 }, 'maxStates'],
    [{ maxDepth: 5 }, undefined],
  ] as const)('within %o nothing is certified', (limits, bound) => {
    const trace = shortestTrace(system);
    const certificate = run(trace, limits);
    expect(certificate).toMatchObject({ trace, shortest: false });
    expect(certificate.bound).toBe(bound);
  });
});
