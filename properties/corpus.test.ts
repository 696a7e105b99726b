import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAttackFile, statesOf, traceOf, violatesOrWitnesses } from 'underwatch';
import { scenarioText, systemOf, type System } from 'underwatch/model';
import { expect, test } from 'vitest';
import { suites } from './index.ts';

const folder = fileURLToPath(new URL('./corpus', import.meta.url));
const claims = new Map(suites.flatMap((suite) => suite.claims.map((claim) => [claim.id, claim] as const)));

// `underwatch corpus add` renews what a change of a model made another attack of.
test('every kept attack is one on the claim that it is called by, and works', () => {
  const systems = new Map<string, System>();
  const lost = readdirSync(folder).filter((name) => {
    const attack = parseAttackFile(name, readFileSync(`${folder}/${name}`, 'utf8'), { anyVersion: true });
    const claim = claims.get(attack.claim);
    if (claim === undefined || `${claim.id}.json` !== name || claim.invariant !== attack.invariant)
      return true;
    const scenario = scenarioText(claim.scenario);
    if (claim.model.id !== attack.model || scenarioText(attack.scenario) !== scenario) return true;
    const key = `${claim.model.id} ${scenario}`;
    const system = systems.get(key) ?? systemOf(claim.model, claim.scenario);
    systems.set(key, system);
    return !violatesOrWitnesses(system, attack.invariant, statesOf(system, traceOf(attack)));
  });
  expect(lost).toEqual([]);
});
