import { expect, test } from 'vitest';
import { scopeInSlices, type ScopeReport, type Trial } from 'underwatch';
import { deferral } from './deferral.ts';

const lookedAt = (id: string): ScopeReport => {
  const slices = scopeInSlices(deferral.claims.find((claim) => claim.id === id)!);
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next();
  return slice.value;
};

const named = ({ trials }: ScopeReport, outcome: Trial['outcome']): readonly string[] =>
  trials.filter((trial) => trial.outcome === outcome).map(({ parts }) => parts.join());

/** Every writable field of the layout, alone: a gate that a scope does not contain is found here. */
test.each([
  [
    'H-DEFER-GATES-LOCKED',
    ['behaviour acpiEnGatesSmi', 'behaviour eosWriteZeroClears', 'writes GPI_INV.INV', 'capability cpuMask'],
  ],
  ['H-STEALTH-GATES-LOCKED', ['behaviour eosWriteZeroClears', 'capability cpuMask']],
])('%s: what is outside its scope changes nothing but what it names', (id, changes) => {
  const report = lookedAt(id);
  expect(named(report, 'changes')).toEqual(changes);
  expect(named(report, 'undecided')).toEqual(['cores = 16']);
  expect(report).toMatchObject({ sound: true, stale: [] });
  expect(named(report, 'irrelevant')).toHaveLength(14);
});
