import { describe, expect, test } from 'vitest';
import { actionOf, defineModel, integers, systemOf, type AnyModel } from '../../model/index.ts';
import { plainScenario } from '../../testing/models/random-model.ts';
import { smiGate } from '../../testing/models/smi-gate.ts';
import type { Limits } from '../result.ts';
import { explore } from './explore.ts';

interface Rule<S> {
  readonly when?: (state: S) => boolean;
  readonly then: (draft: S, which: number) => void;
}

const modelOf = <S extends object>(initial: S, rules: readonly Rule<S>[]): AnyModel => {
  const act = actionOf<S, unknown>();
  return defineModel({
    id: 'toy',
    says: 'a toy',
    defences: {},
    capabilities: {},
    parameters: {},
    initial: () => initial,
    actions: Object.fromEntries(
      rules.map(({ when, then }, index) => [
        `rule${index}`,
        act({
          actor: 'anyone',
          says: 'does it',
          choose: { which: integers(0, 1) },
          when: (state) => when?.(state) ?? true,
          then: (draft, { which }) => then(draft as S, which),
        }),
      ]),
    ),
    invariants: {},
  });
};

const warningsOf = (model: AnyModel, limits: Limits): readonly string[] =>
  explore(systemOf(model, plainScenario), { limits }).warnings;

const log = modelOf<{ flag: boolean; log: number[] }>({ flag: false, log: [] }, [
  { then: (draft, which) => void draft.log.push(which) },
  { then: (draft) => void (draft.flag = !draft.flag) },
]);

const counter = (most: number): AnyModel =>
  modelOf<{ on: boolean; count: number }>({ on: false, count: 0 }, [
    { when: ({ count }) => count < most, then: (draft) => void (draft.count += 1) },
    { then: (draft) => void (draft.on = !draft.on) },
  ]);

/** A queue of at most so many of two messages, beside some counters that make many states. */
const queue = (most: number): AnyModel =>
  modelOf<{ queue: number[]; a: number; b: number }>({ queue: [], a: 0, b: 0 }, [
    { when: (state) => state.queue.length < most, then: (draft, which) => void draft.queue.push(which) },
    { then: (draft) => void draft.queue.shift() },
    { then: (draft) => void (draft.a = (draft.a + 1) % 30) },
    { then: (draft) => void (draft.b = (draft.b + 1) % 30) },
  ]);

describe('a field that makes the space large is named', () => {
  test('a log that grows without bound', () => {
    expect(warningsOf(log, { maxStates: 20_000 })).toEqual([
      'field log has taken 13,334 values in 20,000 states: it is compared as one value because its shape changes; give it a fixed shape, such as an array of fixed length with null for what is not there, or bound it',
    ]);
  });

  test('a counter without bound', () => {
    expect(warningsOf(counter(Infinity), { maxStates: 5000 })).toEqual([
      'field count has taken 2,501 values in 5,000 states, and new ones kept coming; bound it, or count only as far as it matters',
    ]);
  });

  test('a part that takes thousands of values in a search that ends', () => {
    expect(warningsOf(queue(12), {})).toEqual([
      expect.stringContaining('field queue has taken 8,191 values in'),
    ]);
  });

  test('three at most, those with the most values', () => {
    const initial = { a: 0, b: 0, c: 0, d: 0 };
    const rules = (['a', 'b', 'c', 'd'] as const).map((name, at): Rule<{ [name: string]: number }> => ({
      then: (draft) => {
        for (const other of ['a', 'b', 'c', 'd'].slice(at)) draft[other]! += 1;
        draft[name]! += 1;
      },
    }));
    const warnings = warningsOf(modelOf<{ [name: string]: number }>(initial, rules.slice(0, 1)), {
      maxStates: 3000,
    });
    expect(warnings.map((one) => one.split(' ')[1])).toEqual(['a', 'b', 'c']);
    expect(warnings[2]).toMatch(/ \(and so do 1 more\)$/);
  });

  test('and it is the same each time', () => {
    expect(warningsOf(log, { maxStates: 3000 })).toEqual(warningsOf(log, { maxStates: 3000 }));
  });
});

describe('nothing is said of', () => {
  test.each<readonly [string, AnyModel, Limits]>([
    ['a healthy queue', queue(4), {}],
    ['a healthy queue when a limit ends the search', queue(4), { maxStates: 20_000 }],
    ['a counter with a bound', counter(4000), {}],
    ['few states', log, { maxStates: 800 }],
    ['the reference model when a limit ends the search', smiGate, { maxStates: 30_000 }],
  ])('%s', (_what, model, limits) => {
    expect(warningsOf(model, limits).filter((one) => one.startsWith('field'))).toEqual([]);
  });
});
