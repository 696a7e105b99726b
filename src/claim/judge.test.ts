import { describe, expect, it } from 'vitest';
import type { Attack } from '../attack/attack.ts';
import { graph } from '../testing/models/graph.ts';
import { doorSuite } from '../testing/models/door.ts';
import type { Claim } from './claim.ts';
import { unexpected } from './judge.ts';

const attack = (length: number, shortest: boolean): Attack => ({
  length,
  shortest,
  cost: length,
  initial: 0,
  steps: [],
});
const claim = (changes: Partial<Claim>): Claim => ({ ...doorSuite.claims[0]!, ...changes });

describe('unexpected', () => {
  it.each(['holds', 'violated', 'unresolved', 'vacuous'] as const)(
    'is nothing for %s where it is expected',
    (kind) => {
      expect(unexpected(claim({ expect: kind }), { verdict: kind, antecedents: 1 })).toBeUndefined();
    },
  );

  it.each([
    ['holds', 'violated', 'expected that it holds; it is violated'],
    ['violated', 'holds', 'expected that it is violated; it holds'],
    ['holds', 'vacuous', 'expected that it holds; it is vacuous: what it speaks of never happens'],
  ] as const)('finds %s turned into %s', (expected, verdict, because) => {
    expect(unexpected(claim({ expect: expected }), { verdict, antecedents: 1 })).toBe(because);
  });

  it('names the bound that left a claim unresolved', () => {
    expect(
      unexpected(claim({ expect: 'holds' }), { verdict: 'unresolved', bound: 'maxStates', antecedents: 1 }),
    ).toBe('expected that it holds; it is unresolved (maxStates)');
  });

  it('does not ask of random search what it cannot do', () => {
    const spent = { verdict: 'unresolved', bound: 'runs', antecedents: 0 } as const;
    expect(unexpected(claim({ expect: 'holds' }), spent)).toBeUndefined();
    expect(unexpected(claim({ expect: 'vacuous' }), spent)).toBeUndefined();
    expect(unexpected(claim({ expect: 'violated' }), spent)).toBe(
      'expected that it is violated; it is unresolved (runs)',
    );
    expect(unexpected(claim({ expect: 'vacuous' }), { ...spent, antecedents: 1 })).toMatch(
      /^expected that it is vacuous/,
    );
  });

  it('expects random search to find a witness, not to prove that there is none', () => {
    const spent = { verdict: 'unresolved', bound: 'runs', antecedents: 0 } as const;
    expect(unexpected(claim({ invariant: 'quiet', expect: 'violated' }), spent)).toBeUndefined();
    expect(unexpected(claim({ invariant: 'opens', expect: 'holds' }), spent)).toBe(
      'expected that it holds; it is unresolved (runs)',
    );
  });

  it('expects nothing of random search where no run can tell', () => {
    const { model } = graph([[1], [1]], { back: { kind: 'recovers', good: ({ at }) => at === 0 } });
    const spent = { verdict: 'unresolved', bound: 'runs', antecedents: 9 } as const;
    const expecting = (kind: Claim['expect']) =>
      unexpected(claim({ model, invariant: 'back', expect: kind }), spent);
    expect([expecting('violated'), expecting('holds')]).toEqual([undefined, undefined]);
    expect(expecting('vacuous')).toMatch(/^expected that it is vacuous/);
    expect(
      unexpected(claim({ model, invariant: 'back', expect: 'violated' }), { ...spent, bound: 'maxStates' }),
    ).toBe('expected that it is violated; it is unresolved (maxStates)');
  });

  it('holds an expected length against a shortest attack, and against any that is shorter', () => {
    const expecting = claim({ expect: 'violated', length: 3 });
    const found = (length: number, shortest: boolean): string | undefined =>
      unexpected(expecting, { verdict: 'violated', antecedents: 1, attack: attack(length, shortest) });
    expect(found(3, true)).toBeUndefined();
    expect(found(4, false)).toBeUndefined();
    expect(found(4, true)).toBe('expected a shortest attack of 3 steps; one has 4');
    expect(found(2, false)).toBe('expected a shortest attack of 3 steps; one has 2');
  });

  it('holds it against a witness, too, which may be longer', () => {
    const expecting = claim({ invariant: 'opens', expect: 'holds', length: 3 });
    const found = (length: number): string | undefined =>
      unexpected(expecting, { verdict: 'holds', antecedents: 1, witness: attack(length, false) });
    expect([found(3), found(4)]).toEqual([undefined, undefined]);
    expect(found(0)).toBe('expected a shortest witness of 3 steps; one has 0');
  });
});
