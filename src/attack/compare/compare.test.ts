import { describe, expect, it } from 'vitest';
import { systemOf, type Scenario } from '../../model/index.ts';
import { vault, type Touch } from '../../testing/models/vault.ts';
import { compareAttacks, type AttackInSystem } from './compare.ts';

const touches: readonly Touch[] = (['upper', 'lower', 'door'] as const).flatMap((thing) =>
  [true, false].map((value) => ({ thing, value })),
);
const touch = (thing: Touch['thing'], value: boolean) => ({
  action: 'touch',
  choice: { touch: { thing, value } },
});
const pull = { action: 'pull', choice: {} };

const side = (steps: AttackInSystem['trace']['steps'], changed: Partial<Scenario> = {}): AttackInSystem => ({
  system: systemOf(vault, { without: [], capabilities: ['hands'], parameters: { touches }, ...changed }),
  invariant: 'shut',
  trace: { initial: 0, steps },
});

const bolts = [touch('upper', false), touch('lower', false), pull];

describe('compareAttacks', () => {
  it('says where two attacks in one scenario part', () => {
    expect(compareAttacks(side(bolts), side([touch('upper', false), touch('door', true)]))).toEqual({
      alike: 1,
      before: touch('lower', false),
      after: touch('door', true),
      beforeInAfter: { kind: 'works' },
      afterInBefore: { kind: 'works' },
    });
  });

  it('says which step the other scenario does not have, and which fields differ', () => {
    const open = side([], { without: ['door'] });
    expect(compareAttacks(side(bolts, { capabilities: [], parameters: {} }), open)).toMatchObject({
      alike: 0,
      beforeInAfter: { kind: 'works' },
      afterInBefore: { kind: 'harmless' },
      states: { step: 0, fields: [{ field: 'open', before: 'false', after: 'true' }] },
    });
    const upper = side([touch('upper', false)], { parameters: { touches: touches.slice(0, 2) } });
    expect(compareAttacks(side(bolts), upper).beforeInAfter).toEqual({ kind: 'refused', step: 2 });
  });

  it('says whose guard refuses', () => {
    const steps = [touch('upper', false), pull];
    expect(compareAttacks(side(steps), side(bolts)).beforeInAfter).toEqual({
      kind: 'refused',
      step: 2,
      guard: true,
    });
  });

  it('says that two attacks are one', () => {
    expect(compareAttacks(side(bolts), side(bolts))).toEqual({
      alike: 3,
      beforeInAfter: { kind: 'works' },
      afterInBefore: { kind: 'works' },
    });
  });
});
