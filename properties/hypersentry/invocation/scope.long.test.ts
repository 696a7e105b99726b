import { expect, test } from 'vitest';
import { explore, scopeInSlices, type ScopeOptions, type ScopeReport, type Trial } from 'underwatch';
import { systemOf } from 'underwatch/model';
import { availability } from './availability.ts';
import { deferral } from './deferral.ts';
import { edgeAge } from './edge-age.ts';
import { fabrication } from './fabrication.ts';
import { fakeSmi } from './fake-smi.ts';
import { honest } from './honest.ts';
import { ownPorts } from './own-ports.ts';
import { unsettledGates } from './unsettled-gates.ts';

const claims = [
  honest,
  deferral,
  fakeSmi,
  unsettledGates,
  ownPorts,
  edgeAge,
  fabrication,
  availability,
].flatMap((suite) => suite.claims);

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
  expect(named(report, 'undecided')).toEqual([]);
  expect(named(report, 'untried')).toContain('cores = 16');
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

/** The other powers of an adversary: every writable field, port, timer, pin and power, alone. */
test.each([
  ['H-FAKE-IPI', ['writes GPI_INV.INV']],
  [
    'H-DEFER-BY-GPI-ROUT-UNLATCHED',
    ['writes ALT_GP_SMI_EN.GPI0', 'writes GPI_INV.INV', 'capability cpuMask'],
  ],
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

const isAround = (part: string): boolean => isAccess(part) || part.startsWith('behaviour ');

/** One claim of each other suite; `underwatch scope` tries the others in the same way, in longer. */
test.each(['H-DEFER-BY-EOS-SET-ONLY', 'H-PMBASE-LOCKED', 'H-STORM-HARMLESS', 'H-SHADOW-HARMLESS'])(
  '%s: what it leaves out is what changes it, of all that an adversary could do and no source settles',
  (id) => {
    const report = lookedAt(id, { only: isAround });
    expect(named(report, 'changes').toSorted()).toEqual(Object.keys(report.claim.leavesOut ?? {}).toSorted());
    expect(report).toMatchObject({ sound: true, stale: [] });
  },
);

const isSurrounding = (part: string): boolean => /^(timers|otherGpis|behaviour) /.test(part);

/** The other events where nobody attacks, each alone. */
test.each([
  'HONEST-RUN',
  'HONEST-NOFALSEALARM',
  'HONEST-AGAIN-AFTER-TCO',
  'HONEST-COINCIDENCE-TOLERATED',
  'BOUND-HONEST',
])('%s: what it leaves out is what changes it, of all timers, pins and what no source settles', (id) => {
  const report = lookedAt(id, { only: isSurrounding });
  expect(named(report, 'changes').toSorted()).toEqual(Object.keys(report.claim.leavesOut ?? {}).toSorted());
  expect(report).toMatchObject({ sound: true, stale: [] });
});
