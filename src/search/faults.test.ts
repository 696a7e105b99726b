import { describe, expect, test } from 'vitest';
import {
  actionOf,
  defineModel,
  stepOf,
  systemOf,
  type Fault,
  type Setting,
  type System,
} from '../model/index.ts';
import { faultOf } from '../testing/fault-of.ts';
import { plainScenario } from '../testing/models/random-model.ts';
import { explore } from './exhaustive/explore.ts';
import { searchRandomly } from './random/campaign.ts';
import { exploreSymbolically } from './symbolic/explore.ts';

interface Counter {
  readonly n: number;
  readonly list: readonly number[];
}

type Recipe = (draft: { n: number; list: number[] }) => unknown;
const action = actionOf<Counter, Setting<object, never>>();

const counterOf = (then: Recipe, holds = (state: Counter): boolean => state.n < 9): System =>
  systemOf(
    defineModel({
      id: 'counter',
      says: 'a counter',
      defences: {},
      capabilities: {},
      parameters: {},
      initial: (): Counter => ({ n: 0, list: [1, 2, 3, 4, 5] }),
      actions: { inc: action({ actor: 'someone', says: 'counts', then: then as (draft: Counter) => void }) },
      invariants: { low: { kind: 'always', says: 'It is low.', source: 'none', holds } },
    }),
    plainScenario,
  );

const engines: readonly (readonly [string, (system: System) => unknown])[] = [
  ['plain stepping', (system) => stepOf(system, system.initial[0]!, system.instances[0]!)],
  ['exhaustive search', (system) => explore(system)],
  ['symbolic search', (system) => exploreSymbolically(system)],
  ['random search', (system) => searchRandomly(system, { seed: 1, runs: 5, maxDepth: 9 })],
];

describe.each(engines)('%s', (_name, engine) => {
  const of = (then: Recipe, holds?: (state: Counter) => boolean): Fault =>
    faultOf(() => engine(counterOf(then, holds)));

  test('tells what a recipe threw, where in the file, and keeps it as the cause', () => {
    const thrown = new RangeError('too far');
    const fault = of(() => {
      throw thrown;
    });
    expect(fault.code).toBe('UW106');
    expect(fault.cause).toBe(thrown);
    const place = String.raw`src[\\/]search[\\/]faults\.test\.ts:\d+:\d+`;
    expect(fault.details.got).toMatch(new RegExp(String.raw`^RangeError: too far, at ${place}$`));
    expect(fault.details.likely).toContain('(this is {"n":0,"list":[1,2,3,4,5]})');
    expect(fault.message.split('\n')).toEqual([
      fault.title,
      `  expected  ${fault.details.expected}`,
      `  got       ${fault.details.got}`,
      `  likely    ${fault.details.likely}`,
      `  next      ${fault.details.next}`,
    ]);
  });

  test.each<readonly [string, Recipe, string, RegExp]>([
    ['an assignment', (d) => (d.n = 1), 'the number 1', /^put braces around its body/],
    ['the result of a method', (d) => d.list.push(1), 'the number 6', /^put braces around its body/],
    [
      'a new state',
      () => ({ n: 1, list: [] }),
      'an object',
      /change the draft where it returns a new state$/,
    ],
    ['null', () => null, 'null', /^put braces/],
    ['a promise', async () => {}, 'a promise', /^leave out `async` and `await`/],
    [
      'a promise that is refused',
      () => Promise.reject(new Error('later')),
      'a promise',
      /^leave out `async`/,
    ],
  ])('refuses a recipe that returns %s', async (_what, then, got, next) => {
    const { code, details } = of(then);
    expect(code).toBe('UW125');
    expect(details).toMatchObject({ where: 'model counter, action inc, then', got });
    expect(details.next).toMatch(next);
    // A promise that was refused meanwhile would end the process, or this test file, here.
    await new Promise((resolve) => setTimeout(resolve, 0));
  });

  test('names the action that left a value that cannot be compared', () => {
    const { code, details } = of((d) => void (d.n = Number.NaN));
    expect(code).toBe('UW103');
    expect(details.where).toBe('model counter, action inc, then, at n');
  });
});
