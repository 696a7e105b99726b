import { describe, expect, it } from 'vitest';
import { explore } from '../../search/exhaustive/explore.ts';
import { Fault, systemOf } from '../../model/index.ts';
import { suite, type Claim, type Suite } from '../claim.ts';
import { findReasons } from './find.ts';
import type { Dropped, Reasons } from './result.ts';
import { vault } from './testing/vault.ts';

const INVARIANTS = ['kept', 'out', 'shut', 'seen', 'taken', 'leads-back'] as const;
type Spec = Partial<Claim> & { readonly invariant: (typeof INVARIANTS)[number] };

const about = (spec: Spec): Suite =>
  suite({
    id: 'vault',
    says: 'what keeps a vault',
    model: vault,
    claims: {
      V: { expect: 'holds', says: 'test', source: 'test', capabilities: ['hands'], ...spec } as never,
    },
  });

const reasonsOf = async (spec: Spec): Promise<Reasons> => (await findReasons(about(spec).claims)).results[0]!;
const names = (all: readonly Dropped[]): readonly string[] =>
  all.map(({ defences, steps, verdict }) => `${defences.join('+')} ${steps ?? verdict}`);

describe('findReasons', () => {
  it('finds what decides alone, what does together, and what nothing asks after', async () => {
    const { alone, idle, oneOf, unasked, undecided } = await reasonsOf({ invariant: 'kept' });
    expect(names(alone)).toEqual([]);
    expect(names(oneOf)).toEqual(['wall+lock+guard 2']);
    expect(idle).toEqual(['alarm', 'dog', 'camera']);
    expect(unasked).toEqual(['sign']);
    expect(undecided).toEqual([]);
  });

  it.each([
    ['out', ['wall 0'], []],
    ['shut', [], ['lock+guard 1', 'dog+camera 1']],
    ['seen', ['camera vacuous'], []],
    ['taken', [], []],
    ['leads-back', [], ['dog+camera 1', 'lock+guard 1']],
  ] as const)('finds what %s rests on', async (invariant, alone, oneOf) => {
    const found = await reasonsOf({ invariant });
    expect(names(found.alone)).toEqual(alone);
    expect(names(found.oneOf)).toEqual(oneOf);
  });

  it('says of each defence alone what a search of that scenario by itself says', async () => {
    for (const invariant of INVARIANTS) {
      const { alone } = await reasonsOf({ invariant });
      for (const defence of Object.keys(vault.defences)) {
        const system = systemOf(vault, { without: [defence], capabilities: ['hands'], parameters: {} });
        const { kind } = explore(system, { invariants: [invariant] }).verdicts[invariant]!;
        const found = alone.find(({ defences }) => defences.includes(defence));
        expect([invariant, defence, found?.verdict ?? 'holds']).toEqual([invariant, defence, kind]);
      }
    }
  });

  it('concludes nothing from a search that a limit ended', async () => {
    const base = await reasonsOf({ invariant: 'kept', limits: { maxStates: 3 } });
    expect([base.verdict, base.bound]).toEqual(['unresolved', 'maxStates']);
    const limited = await reasonsOf({ invariant: 'leads-back', limits: { maxStates: 5 } });
    expect([limited.verdict, names(limited.oneOf)]).toEqual(['holds', []]);
    expect(limited.undecided.map(({ bound }) => bound)).toEqual(['maxStates']);
  });

  it('stops when it is told to, and leaves the rest undecided', async () => {
    const controller = new AbortController();
    controller.abort();
    const run = await findReasons(about({ invariant: 'kept' }).claims, { signal: controller.signal });
    expect(run.interrupted).toBe(true);
    expect(run.results.map(({ bound, verdict }) => [verdict, bound])).toEqual([
      ['unresolved', 'interrupted'],
    ]);
  });

  it('tells a claim that does not hold', async () => {
    const { alone, verdict } = await reasonsOf({ invariant: 'out', without: ['wall'] } as never);
    expect([verdict, alone]).toEqual(['violated', []]);
  });
});

describe('what a claim declares', () => {
  const mismatches = async (restsOn: Claim['restsOn']) =>
    (await findReasons(about({ invariant: 'shut', restsOn: restsOn! }).claims)).mismatches;

  it('is as found, in whatever order', async () => {
    expect(
      await mismatches([
        ['camera', 'dog'],
        ['lock', 'guard'],
      ]),
    ).toEqual([]);
  });

  it('is wrong where it is no reason, and lacks what is one', async () => {
    const [found] = await mismatches(['wall', ['lock', 'guard']]);
    expect(found?.wrong).toEqual([['wall']]);
    expect(found?.missing).toEqual([['dog', 'camera']]);
  });

  it.each([
    ['UW353', { invariant: 'out', expect: 'violated', restsOn: [] }],
    ['UW354', { invariant: 'out', restsOn: ['wal'] }],
    ['UW354', { invariant: 'out', without: ['lock'], restsOn: ['lock'] }],
    ['UW354', { invariant: 'out', restsOn: [[]] }],
    ['UW354', { invariant: 'out', restsOn: [['lock', 'lock']] }],
    ['UW101', { invariant: 'out', restsOn: 'wall' }],
    ['UW101', { invariant: 'out', restsOn: [7] }],
  ] as const)('is refused with %s: %j', (code, spec) => {
    let got: unknown;
    try {
      about(spec as never);
    } catch (error) {
      got = error;
    }
    expect(got instanceof Fault ? got.code : got).toBe(code);
  });
});
