import { expect, test } from 'vitest';
import { explore, scopeInSlices, type ScopeOptions, type ScopeReport, type Trial } from 'underwatch';
import { systemOf } from 'underwatch/model';
import { deferral } from './deferral.ts';
import { fakeSmi } from './fake-smi.ts';

const claims = [...deferral.claims, ...fakeSmi.claims];

const lookedAt = (id: string, options: ScopeOptions = {}): ScopeReport => {
  const slices = scopeInSlices(
    claims.find((claim) => claim.id === id)!,
    options,
  );
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next();
  return slice.value;
};

const named = ({ trials }: ScopeReport, outcome: Trial['outcome']): readonly string[] =>
  trials.filter((trial) => trial.outcome === outcome).map(({ parts }) => parts.join());

const isAccess = (part: string): boolean => /^(writes|ports|polls|timers|otherGpis|capability) /.test(part);

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
  expect(named(report, 'irrelevant')).toHaveLength(17);
});

test('searches that parts share say of each what a search of it alone says', () => {
  const id = 'H-DEFER-GATES-LOCKED';
  const { invariant, model, scenario } = claims.find((claim) => claim.id === id)!;
  const shared = lookedAt(id, { only: isAccess }).trials.filter((trial) => trial.shared === true);
  expect(shared.length).toBeGreaterThan(180);
  const fields = model.universe?.(systemOf(model, scenario).setting as never) as {
    readonly writes: { readonly [field: string]: readonly object[] };
  };
  const own = scenario.parameters['writes'] as readonly object[];
  const tried = shared.filter((_, at) => at % 16 === 0).flatMap(({ parts }) => parts[0]!);
  for (const part of tried.filter((one) => one.startsWith('writes '))) {
    const writes = [...own, ...fields.writes[part.slice('writes '.length)]!];
    const extended = { ...scenario, parameters: { ...scenario.parameters, writes: writes as never } };
    const { verdicts } = explore(systemOf(model, extended), { invariants: [invariant] });
    expect([part, verdicts[invariant]?.kind]).toEqual([part, 'holds']);
  }
});

/** What an adversary could do besides: every writable field, port, timer, pin and power, alone. */
test.each([
  ['H-FAKE-IPI', ['writes GPI_INV.INV']],
  [
    'H-DEFER-BY-GPI-ROUT-UNLATCHED',
    ['writes ALT_GP_SMI_EN.GPI0', 'writes GPI_INV.INV', 'capability cpuMask'],
  ],
  ['H-SHADOW-HARMLESS', ['writes GPI_INV.INV', 'capability cpuMask']],
  ['H-DEFER-BOUNDED', []],
  ['H-DEFER-BOUNDED-WORST-CASE', []],
  ['H-DEFER-TO-NEXT-BOUNDED', []],
  ['H-CLGI-BOUNDED', []],
] as const)('%s: nothing else that can be done changes it but what it names', (id, changes) => {
  const report = lookedAt(id, { only: isAccess });
  expect(named(report, 'changes')).toEqual(changes);
  expect(named(report, 'undecided')).toEqual([]);
  expect(report).toMatchObject({ sound: true, stale: [] });
});
