import { describe, expect, it } from 'vitest';
import { systemOf, type System } from '../model/index.ts';
import { door as model } from '../testing/models/door.ts';
import { plainScenario } from '../testing/models/random-model.ts';
import { explore } from './exhaustive/explore.ts';
import { searchRandomly } from './random/campaign.ts';
import { violatesOrWitnesses } from './violates-or-witnesses.ts';
import { exploreSymbolically } from './symbolic/explore.ts';

const door = systemOf(model, plainScenario);
const budget = { seed: 1, runs: 5, maxDepth: 5 };

/** Calls a search with arguments that no compiler looked at. */
const untyped = (run: (system: System, options: never) => unknown, system: unknown, options: unknown) =>
  run(system as System, options as never);

const SEARCHES = [
  ['explore', explore, {}],
  ['exploreSymbolically', exploreSymbolically, {}],
  ['searchRandomly', searchRandomly, budget],
] as const;

describe.each(SEARCHES)('%s refuses what it does not know', (_, search, rest) => {
  it.each([
    ['an invariant', { invariants: ['unnoticd'] }, 'unnoticd', 'a typing error for unnoticed'],
    ['one word for a list', { invariants: 'unnoticed' }, 'unnoticed', 'a typing error, or a name of another'],
    ['an option', { invariant: ['unnoticed'] }, 'invariant', 'a typing error for invariants'],
  ])('%s', (__, options, got, likely) => {
    expect(() => untyped(search, door, { ...rest, ...options })).toThrow(
      expect.objectContaining({
        code: 'UW202',
        details: expect.objectContaining({
          got,
          likely: expect.stringContaining(likely) as string,
        }) as object,
      }) as Error,
    );
  });

  it('a model in place of a system', () => {
    expect(() => untyped(search, model, rest)).toThrow('a system, as `systemOf` makes one');
  });
});

it.each([
  ['states', { states: 'fingerprints' }, 'a typing error for fingerprint'],
  ['reduce', { reduce: ['symetry'] }, 'a typing error for symmetry'],
  ['parents', { parents: 'no' }, 'true or false'],
  ['threadsFrom', { threadsFrom: 'all' }, 'a number'],
  ['limits', { limits: { timeLimit: 5 } }, 'a typing error for timeLimitMs'],
  ['limits', { limits: 5 }, 'limit 5'],
  ['limits', { limits: null }, 'limit null'],
  ['observer', { observer: 5 }, 'a function'],
])('explore refuses values of %s that there are not', (_, options, says) => {
  expect(() => untyped(explore, door, options)).toThrow(says);
});

it('exploreSymbolically refuses a strategy that there is not', () => {
  expect(() => untyped(exploreSymbolically, door, { strategy: 'saturated' })).toThrow(
    'a typing error for saturation',
  );
});

describe('threads', () => {
  it.each([
    [{ checkpoint: { file: 'x' } }, 'a checkpoint'],
    [{ states: 'fingerprint' }, 'fingerprints'],
    [{ parents: false }, 'states without links'],
    [{ reduce: ['symmetry'] }, 'a reduction'],
  ] as const)('are refused where there can be but one: %o', (options, reason) => {
    expect(() => explore(door, { ...options, threads: 2 })).toThrow(`one thread, beside ${reason}`);
  });
});

it('violatesOrWitnesses refuses an invariant that there is not', () => {
  expect(() => violatesOrWitnesses(door, 'unnoticd', [])).toThrow('UW202');
});

it.each([null, 'fast', 7])('a search refuses %o for options', (options) => {
  for (const search of [explore, exploreSymbolically, searchRandomly]) {
    // @ts-expect-error -- no options
    expect(() => search(door, options)).toThrow('UW202');
  }
});
