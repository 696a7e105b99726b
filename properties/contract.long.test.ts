import { checkModel, checkPurity, explore, systemOf, type AnyModel, type Claim } from 'underwatch';
import * as entries from 'underwatch/models';
import { describe, expect, test } from 'vitest';
import { suites } from './index.ts';

const isModel = (value: unknown): value is AnyModel =>
  typeof value === 'object' && value !== null && 'actions' in value && 'invariants' in value;

const models: readonly AnyModel[] = (Object.values(entries) as readonly unknown[]).filter(isModel);
const claims: readonly Claim[] = suites.flatMap((suite) => suite.claims);
const claimsOf = (model: AnyModel): readonly Claim[] => claims.filter((claim) => claim.model === model);

/** The states examined in each scenario until every action was seen to be possible. */
const STATES = 40_000;

/** The actions of a model that no scenario of its claims was seen to make possible. */
const neverEnabled = (model: AnyModel): readonly string[] => {
  const unseen = new Set(Object.keys(model.actions));
  const scenarios = new Map(claimsOf(model).map(({ scenario }) => [JSON.stringify(scenario), scenario]));
  // Scenarios with more powers come first, since they show more at once.
  const byPower = [...scenarios.values()].toSorted(
    (one, other) => other.capabilities.length - one.capabilities.length,
  );
  for (const scenario of byPower) {
    const system = systemOf(model, scenario);
    // A scenario without any of the actions that are looked for says nothing new.
    if (!system.instances.some(({ action }) => unseen.has(action))) continue;
    const { actions } = explore(system, { invariants: [], limits: { maxStates: STATES } });
    for (const [action, { enabled }] of Object.entries(actions)) if (enabled > 0) unseen.delete(action);
    if (unseen.size === 0) break;
  }
  return [...unseen];
};

describe.each(models.map((model) => [model.id, model] as const))('the model %s', (_, model) => {
  test('is whole, and its functions are pure', () => {
    checkModel(model);
    const [claim] = claimsOf(model);
    checkPurity(systemOf(model, claim!.scenario));
  });

  test('has no action that is possible in none of its scenarios', () => {
    expect(neverEnabled(model)).toEqual([]);
  });

  test('has a claim without each of its defences', () => {
    const off = new Set(claimsOf(model).flatMap(({ scenario }) => scenario.without));
    expect(Object.keys(model.defences).filter((name) => !off.has(name))).toEqual([]);
  });
});

test('every model that something is claimed of is among them', () => {
  expect(models.length).toBeGreaterThanOrEqual(10);
  expect([...new Set(claims.map(({ model }) => model))].filter((model) => !models.includes(model))).toEqual(
    [],
  );
});
