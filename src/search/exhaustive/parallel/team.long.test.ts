import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  actionOf,
  defineModel,
  integers,
  systemOf,
  type AnyModel,
  type System,
} from '../../../model/index.ts';
import { plainScenario, randomModel } from '../../../testing/models/random-model.ts';
import { smiGate } from '../../../testing/models/smi-gate.ts';
import { explore } from '../explore.ts';
import type { ExhaustiveOptions } from '../options.ts';

const gate = (without: readonly string[], cores: number, nonces: number): System =>
  systemOf(smiGate, { ...plainScenario, without, parameters: { cores, nonces, pending: 2 } });

/**
 * Returns the part of a result that must not depend on the number of threads; how much was learned beyond an
 * early end does.
 */
const outcome = (system: System, options: ExhaustiveOptions): object => {
  const { bytes, threads, trieNodes, userRuns, ...result } = explore(system, { fuseFrom: 1024, ...options });
  expect(bytes).toBeGreaterThan(0);
  expect(threads).toBe(options.threads ?? 1);
  return result.complete ? { ...result, trieNodes, userRuns } : result;
};

describe('any number of threads finds the same', () => {
  test.each<[string, System, ExhaustiveOptions]>([
    ['a complete search', gate([], 2, 2), {}],
    ['the same shortest attack, and the same states up to it', gate(['smiLock'], 3, 3), {}],
    ['no more states than it may', gate([], 3, 2), { limits: { maxStates: 200_000 } }],
    ['no more steps than it may', gate([], 3, 2), { limits: { maxDepth: 18 } }],
  ])('%s', (_what, system, options) => {
    const alone = outcome(system, options);
    for (const threads of [2, 3, 4]) {
      expect(outcome(system, { ...options, threads, threadsFrom: 4096 })).toEqual(alone);
    }
  });

  test('what is no number is refused', () => {
    expect(() => explore(gate([], 2, 2), { threads: Number.NaN })).toThrow('UW202');
  });

  test.each([0, 5, 1.5])('%d are refused', (threads) => {
    expect(() => explore(gate([], 2, 2), { threads })).toThrow(
      expect.objectContaining({
        code: 'UW345',
        details: expect.objectContaining({ expected: 'a whole number from 1 to 4', got: String(threads) }),
      }),
    );
  });

  test('on random models, whose values come late and in any order', () => {
    const systems = fc
      .sample(randomModel, { numRuns: 400, seed: 7 })
      .map((model) => systemOf(model, plainScenario))
      .filter((system) => explore(system, { invariants: [] }).states > 2000);
    expect(systems.length).toBeGreaterThan(2);
    for (const system of systems.slice(0, 6)) {
      expect(outcome(system, { invariants: [], threads: 2, threadsFrom: 1 })).toEqual(
        outcome(system, { invariants: [] }),
      );
    }
  });
});

interface Marked {
  readonly at: readonly [number, number];
  readonly marks: readonly number[];
}

/** A walk over a field of 70 by 70 places, each with marks of its own: states of some eighty bits. */
const marked: AnyModel = defineModel({
  id: 'marked',
  says: 'a walk that leaves marks',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): Marked => ({ at: [0, 0], marks: Array.from({ length: 9 }, () => 0) }),
  actions: {
    go: actionOf<Marked, unknown>()({
      actor: 'anyone',
      says: 'goes on',
      choose: { axis: integers(0, 1) },
      when: ({ at }, { axis }) => at[axis]! < 69,
      then: (draft, { axis }) => {
        draft.at[axis]! += 1;
        const place = 70 * draft.at[0] + draft.at[1];
        draft.marks = draft.marks.map((_, mark) => (place * (2 * mark + 3)) % 211);
      },
    }),
  },
  invariants: {
    corner: {
      kind: 'always',
      says: 'the far corner is not reached',
      source: 'test',
      holds: ({ at }: Marked) => at[0] + at[1] < 138,
    },
  },
});

test('states wider than any set of narrow ones takes', () => {
  const system = systemOf(marked, plainScenario);
  const alone = outcome(system, { invariants: [] });
  expect(alone).toMatchObject({ states: 4_900, transitions: 2 * 70 * 69, depth: 138, complete: true });
  const team = { threads: 2, threadsFrom: 1024 };
  expect(outcome(system, { ...team, invariants: [] })).toEqual(alone);
  expect(outcome(system, team)).toEqual(outcome(system, {}));
});

test('a limit of memory ends a team where it ends one thread', () => {
  const limits = { memoryLimitMb: 52 };
  const alone = explore(gate([], 3, 3), { limits });
  expect(alone).toMatchObject({ complete: false, bound: 'memoryLimitMb' });
  expect(alone.bytes).toBeLessThan(12 * 1.05 * 2 ** 20);
  const result = explore(gate([], 3, 3), { threads: 2, threadsFrom: 4096, limits });
  const { bound, depth, states, transitions, verdicts } = alone;
  expect(result).toMatchObject({ bound, depth, states, transitions, verdicts });
});

test('whoever stops a team gets what it has', () => {
  let slices = 0;
  const observer = (): 'continue' | 'stop' => ((slices += 1) > 60 ? 'stop' : 'continue');
  const result = explore(gate([], 3, 3), { threads: 2, threadsFrom: 4096, observer });
  expect(result.verdicts['never-fooled']).toEqual({ kind: 'unresolved', bound: 'interrupted' });
});
