import { expect, test } from 'vitest';
import { suites } from './index.ts';

const claims = suites.flatMap((suite) => suite.claims);
const models = [...new Set(claims.map(({ model }) => model))];

/** The parts of a model that no claim of it exercises. */
const missing = (has: (claim: (typeof claims)[number], name: string) => boolean, part: Part) =>
  models.flatMap((model) =>
    Object.keys(model[part])
      .filter((name) => !claims.some((claim) => claim.model === model && has(claim, name)))
      .map((name) => `${model.id} ${name}`),
  );
type Part = 'invariants' | 'capabilities' | 'defences';

test('every invariant is claimed', () => {
  expect(missing(({ invariant }, id) => invariant === id, 'invariants')).toEqual([]);
});

test('every capability is given in some claim', () => {
  expect(missing(({ scenario }, name) => scenario.capabilities.includes(name), 'capabilities')).toEqual([]);
});

test('every defence is on in some claim, and off in some other', () => {
  expect(missing(({ scenario }, name) => !scenario.without.includes(name), 'defences')).toEqual([]);
  expect(missing(({ scenario }, name) => scenario.without.includes(name), 'defences')).toEqual([]);
});

test('an attack comes of every defence that is off', () => {
  const breaks = missing(
    ({ expect: expected, scenario }, name) => expected === 'violated' && scenario.without.includes(name),
    'defences',
  );
  expect(breaks).toEqual([]);
});
