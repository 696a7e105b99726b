import { expect, test } from 'vitest';
import { doorSuite } from '../testing/models/door.ts';
import { suite } from './claim.ts';
import { runClaims } from './run/run.ts';
import { duplicateClaims } from './duplicate-claims.ts';

const [open] = doorSuite.claims;

test('claims that ask the same are told of each other, however their scenarios are written', async () => {
  const again = {
    ...open!,
    id: 'AGAIN',
    says: 'something else',
    scenario: { ...open!.scenario, parameters: { alarm: true, lock: false } },
  };
  const other = { ...open!, id: 'OTHER', scenario: { ...open!.scenario, parameters: { alarm: false } } };
  const { results } = await runClaims([open!, again, other]);
  expect(results.map(({ claim, sameAs }) => [claim.id, sameAs])).toEqual([
    ['DOOR-OPEN', ['AGAIN']],
    ['AGAIN', ['DOOR-OPEN']],
    ['OTHER', undefined],
  ]);
});

test('another invariant, defence, capability or model is another question', () => {
  const { scenario } = open!;
  const model = { ...open!.model };
  const claims = [
    open!,
    { ...open!, invariant: 'bell' },
    { ...open!, scenario: { ...scenario, without: ['steel'] } },
    { ...open!, scenario: { ...scenario, capabilities: ['hands', 'pick'] } },
    { ...open!, model },
  ];
  expect(duplicateClaims(claims).size).toBe(0);
});

test('a suite without capabilities of a model that has none says nothing of an adversary', () => {
  const { claims } = suite({
    id: 'plain',
    says: 'a model without capabilities',
    model: { ...(open!.model as never as Parameters<typeof suite>[0]['model']), capabilities: {} },
    claims: { P: { invariant: 'shut', expect: 'holds', says: 'x', source: 'x' } },
  });
  expect(claims[0]).not.toHaveProperty('adversary');
});
