import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Trace } from '../../result.ts';
import { violatesOrWitnesses } from '../../violates-or-witnesses.ts';
import { statesOf } from '../../trace.ts';
import { minimise } from './minimise.ts';
import { traceOf } from '../run.ts';
import { removable } from '../testing/laws.ts';
import { counter, toys, toySystem, twoRoutes } from '../testing/toys.ts';
import { runsIn } from '../testing/walks.ts';

const add = (by: number) => ({ action: 'add', choice: { by } });
const noise = { action: 'noise', choice: {} };
const step = (action: string) => ({ action, choice: {} });

describe('minimising', () => {
  test('leaves a trace of which no single step can be taken out', () => {
    fc.assert(
      fc.property(fc.constantFrom(...toys), fc.integer(), (model, seed) => {
        const system = toySystem(model);
        for (const run of runsIn(system, seed, 5, 40)) {
          for (const id of Object.keys(model.invariants)) {
            if (!violatesOrWitnesses(system, id, run.states)) continue;
            const violates = (trace: Trace): boolean =>
              violatesOrWitnesses(system, id, statesOf(system, trace));
            const minimal = minimise(system, traceOf(run), violates);
            expect(violates(minimal)).toBe(true);
            expect(removable(system, minimal, violates)).toEqual([]);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test('takes out what does nothing', () => {
    const system = toySystem(counter);
    const threes = Array.from({ length: 8 }, () => add(3));
    const noisy = { initial: 0, steps: threes.flatMap((three) => [noise, three]) };
    const violates = (trace: Trace): boolean => violatesOrWitnesses(system, 'below', statesOf(system, trace));
    expect(minimise(system, noisy, violates)).toEqual({ initial: 0, steps: threes });
  });

  test('finds no other route', () => {
    const system = toySystem(twoRoutes);
    const long = { initial: 0, steps: Array.from({ length: 6 }, () => step('long')) };
    const violates = (trace: Trace): boolean =>
      violatesOrWitnesses(system, 'intact', statesOf(system, trace));
    expect(minimise(system, long, violates)).toEqual(long);
  });

  test('leaves a trace alone of which nothing less violates', () => {
    const system = toySystem(twoRoutes);
    const innocent = { initial: 0, steps: [step('long')] };
    expect(minimise(system, innocent, () => false)).toEqual(innocent);
  });
});
