import { expect, test } from 'vitest';
import { runClaims } from '../../claim/run/run.ts';
import { doorSuite } from '../../testing/models/door.ts';
import { claimsReport } from '../document.ts';
import type { Report } from '../report.ts';
import { coverageOf } from './coverage.ts';

const { claims } = doorSuite;
const models = [...new Set(claims.map(({ model }) => model))];

const reportOf = async (...ids: readonly string[]): Promise<Report> =>
  claimsReport(await runClaims(claims.filter(({ id }) => ids.length === 0 || ids.includes(id))), {
    run: { engine: 'exhaustive', seed: 1, limits: {} },
    clocked: { startedAt: new Date(0), durationMs: 1 },
    reproduce: ({ claim }) => claim.id,
  });

test('a run says what its claims leave untouched', async () => {
  expect(coverageOf(await reportOf(), models)).toEqual([
    {
      model: 'door',
      claims: 7,
      searches: 5,
      complete: false,
      neverPossible: ['ring'],
      neverEffective: [],
      silent: ['DOOR-BELL'],
      unwitnessed: ['DOOR-QUIET'],
      neverOff: [],
      stopsNothing: [],
    },
  ]);
});

test('what only claims that were left out touch is untouched', async () => {
  const [steel] = coverageOf(await reportOf('DOOR-STEEL'), models);
  expect(steel).toMatchObject({
    complete: true,
    neverPossible: ['push', 'ring'],
    neverEffective: ['pick'],
    neverOff: ['steel'],
  });
});

test('a defence that is off and stops no attack that was found stops nothing', async () => {
  const report = await reportOf('DOOR-PICKED');
  expect(coverageOf(report, models)[0]?.stopsNothing).toEqual([]);
  const unstopped = report.claims.map((entry) => ({ ...entry, stops: [] }));
  expect(coverageOf({ ...report, claims: unstopped }, models)[0]?.stopsNothing).toEqual(['steel']);
});

test('a model without claims is not spoken of', () => {
  expect(coverageOf({ claims: [], searches: [] }, models)).toEqual([]);
});
