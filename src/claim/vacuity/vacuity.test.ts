import { describe, expect, test } from 'vitest';
import { actionOf, defineModel, oneOf, type Model, type Setting } from '../../model/index.ts';
import { suite, type Claim, type ClaimSpec } from '../claim.ts';
import type { EngineName } from '../engine/engine.ts';
import type { ClaimResult } from '../result.ts';
import { runClaims } from '../run/run.ts';
import { vacuityWords } from './vacuity.ts';

interface Gate {
  readonly knocks: number;
  readonly open: boolean;
  readonly armed: boolean;
}
interface Built {
  readonly tools: readonly string[];
}
type Defence = 'bars' | 'deaf' | 'seal';
type Invariant = 'shut' | 'opens';
const action = actionOf<Gate, Setting<Built, Defence>>();
const parameters: Built = { tools: [] };

/** Somebody before a gate, with one way each for a power to be inert, and one that acts and is stopped. */
const gate: Model<Gate, Built, Defence, string, Invariant> = defineModel({
  id: 'gate',
  says: 'a gate and who stands before it',
  defences: { bars: 'nobody gets near', deaf: 'nobody listens', seal: 'a forced gate stays shut' },
  capabilities: { knock: 'knocks', climb: 'climbs', tool: 'has tools', shout: 'shouts', force: 'has force' },
  parameters,
  initial: () => ({ knocks: 0, open: false, armed: false }),
  actions: {
    wait: action({ actor: 'guard', says: 'waits', then: () => {} }),
    // Always possible: what stops it is done to what it does.
    force: action({
      actor: 'stranger',
      says: 'forces the gate',
      needs: 'force',
      when: (state) => state.knocks < 3,
      then: (draft, _, { defends }) => {
        draft.knocks += 1;
        if (!defends('seal')) draft.open = true;
      },
    }),
    // Removed by a defence.
    knock: action({
      actor: 'stranger',
      says: 'knocks',
      needs: 'knock',
      exists: ({ defends }) => !defends('deaf'),
      then: (draft) => {
        draft.open = true;
      },
    }),
    // Its guard is never true.
    climb: action({
      actor: 'stranger',
      says: 'climbs over',
      needs: 'climb',
      when: (state, _, { defends }) => state.armed && !defends('bars'),
      then: (draft) => {
        draft.open = true;
      },
    }),
    // Nothing is in its scope.
    use: action({
      actor: 'stranger',
      says: 'uses a tool',
      needs: 'tool',
      exists: (setting) => setting.parameters.tools.length > 0,
      choose: (setting) => ({ tool: oneOf(setting.parameters.tools) }),
      then: (draft) => {
        draft.open = true;
      },
    }),
  },
  invariants: {
    shut: { kind: 'always', says: 'The gate is shut.', source: 'test', holds: ({ open }) => !open },
    opens: { kind: 'sometimes', says: 'The gate opens.', source: 'test', witness: ({ open }) => open },
  },
});

const claimWith = (spec: Partial<ClaimSpec<Built, Defence, Invariant>>): Claim =>
  suite({
    id: 'gate',
    says: 'of a gate',
    model: gate,
    claims: { G: { invariant: 'shut', expect: 'holds', says: 'it stays shut', source: 'test', ...spec } },
  }).claims[0]!;

const resultOf = async (
  spec: Partial<ClaimSpec<Built, Defence, Invariant>>,
  engine: EngineName = 'exhaustive',
): Promise<ClaimResult> => {
  const { results } = await runClaims([claimWith(spec)], { engine, random: { runs: 20 } });
  return results[0]!;
};

const inertWays: readonly (readonly [string, Partial<ClaimSpec<Built, Defence, Invariant>>, string])[] = [
  [
    'a defence removes the action',
    { capabilities: ['knock'] },
    'capability `knock` never acts, for no action of it exists under defence `deaf`: `knock`',
  ],
  [
    'the guard is never true',
    { capabilities: ['climb'], without: ['bars'] },
    'capability `climb` never acts, for the guard of its action `climb` is never true',
  ],
  [
    'the scope is empty',
    { capabilities: ['tool'] },
    'capability `tool` never acts, for no action of it exists in this scenario: `use`',
  ],
  [
    'no action needs it',
    { capabilities: ['shout'] },
    'capability `shout` never acts, for no action of the model needs it',
  ],
  [
    'one of several is inert',
    { capabilities: ['force', 'knock'] },
    'capability `knock` never acts, for no action of it exists under defence `deaf`: `knock`',
  ],
  [
    'all are inert, though one is called idle',
    { capabilities: ['shout', 'tool'], idle: ['tool'] },
    'capability `shout` never acts, for no action of the model needs it; ' +
      'capability `tool` never acts, for no action of it exists in this scenario: `use`',
  ],
  [
    'nobody is named',
    {},
    'it names no capability of its model; `capabilities: []` says that no adversary is meant',
  ],
];

describe.each(['exhaustive', 'symbolic', 'auto'] as const)(
  'a claim that cannot fail, by %s search',
  (engine) => {
    test.each(inertWays)('is vacuous where %s', async (_, spec, because) => {
      const { asExpected, unexpectedBecause, vacuity, verdict } = await resultOf(spec, engine);
      expect([verdict, asExpected]).toEqual(['vacuous', false]);
      expect(vacuityWords(vacuity!)).toBe(because);
      expect(unexpectedBecause).toBe(`expected that it holds; it is vacuous: ${because}`);
      expect((await resultOf({ ...spec, expect: 'vacuous' }, engine)).asExpected).toBe(true);
    });

    test.each([
      ['its power acts and is stopped', { capabilities: ['force'] }],
      ['no adversary is meant', { capabilities: [] }],
      ['what is inert is called idle', { capabilities: ['force', 'knock', 'tool'], idle: ['knock', 'tool'] }],
    ])('is none where %s', async (_, spec) => {
      const { asExpected, vacuity, verdict } = await resultOf(spec, engine);
      expect([verdict, asExpected, vacuity]).toEqual(['holds', true, undefined]);
    });

    test('is told of a witness that is missing, and not of one that is there', async () => {
      const without = await resultOf(
        { invariant: 'opens', capabilities: ['knock'], expect: 'violated' },
        engine,
      );
      expect(without.verdict).toBe('vacuous');
      const witnessed = { invariant: 'opens', capabilities: ['force', 'knock'], without: ['seal'] } as const;
      expect((await resultOf(witnessed, engine)).verdict).toBe('holds');
    });

    test('is no matter where there is an attack, which needs no other power', async () => {
      const { attack, verdict } = await resultOf(
        { capabilities: ['force', 'knock'], without: ['seal'], expect: 'violated', length: 1 },
        engine,
      );
      expect([verdict, attack?.length]).toEqual(['violated', 1]);
    });
  },
);

describe('what is called idle', () => {
  test('and acts is not as expected, whatever else comes out', async () => {
    const { unexpectedBecause, verdict } = await resultOf({ capabilities: ['force'], idle: ['force'] });
    expect(verdict).toBe('holds');
    expect(unexpectedBecause).toBe('expected that capability `force` is idle; it acts in 3 states');
  });

  test('has to be given', () => {
    expect(() => claimWith({ capabilities: ['force'], idle: ['knock'] })).toThrow(/UW350/);
  });
});

describe('random search', () => {
  test('knows what does not exist, and says so of a claim that it cannot prove', async () => {
    const { asExpected, unexpectedBecause, verdict } = await resultOf({ capabilities: ['knock'] }, 'random');
    expect([verdict, asExpected]).toEqual(['unresolved', false]);
    expect(unexpectedBecause).toBe(
      'expected that it holds; it is vacuous, whatever a search finds: capability `knock` never acts, ' +
        'for no action of it exists under defence `deaf`: `knock`',
    );
    const expected = await resultOf({ capabilities: ['knock'], expect: 'vacuous' }, 'random');
    expect(expected.asExpected).toBe(true);
  });

  test('does not know whether a guard is ever true, and says what it did not see', async () => {
    const spec = { capabilities: ['climb', 'force'], without: ['bars'] } as const;
    const { asExpected, note, verdict, vacuity } = await resultOf(spec, 'random');
    expect([verdict, asExpected, vacuity]).toEqual(['unresolved', true, undefined]);
    expect(note).toBe(
      'not seen to act: `climb`; if a search of every state sees no more, the claim is vacuous',
    );
  });
});

describe('a search that was cut short, or reduced', () => {
  test('says nothing of what it did not look at', async () => {
    const claim = { ...claimWith({ capabilities: ['climb', 'force'], without: ['bars'] }) };
    const { results } = await runClaims([claim], { limits: { maxDepth: 1 } });
    expect(results[0]).toMatchObject({ verdict: 'unresolved', bound: 'maxDepth' });
    expect(results[0]?.vacuity).toBeUndefined();
  });
});

interface Lamps {
  readonly lamps: readonly { readonly lit: boolean }[];
}

/** Two lamps that are alike, and somebody who may act only where more are lit than there are. */
const lamps: Model<Lamps, object, never, string, 'dark'> = defineModel({
  id: 'lamps',
  says: 'two lamps',
  defences: {},
  capabilities: { light: 'switches lamps', climb: 'climbs', shout: 'shouts' },
  parameters: {},
  initial: (): Lamps => ({ lamps: [{ lit: false }, { lit: false }] }),
  actions: {
    light: actionOf<Lamps, Setting<object, never>>()({
      actor: 'hand',
      says: 'lights a lamp',
      needs: 'light',
      choose: { lamp: oneOf([0, 1]) },
      then: (draft, { lamp }) => {
        draft.lamps[lamp]!.lit = true;
      },
    }),
    climb: actionOf<Lamps, Setting<object, never>>()({
      actor: 'stranger',
      says: 'climbs over',
      needs: 'climb',
      when: (state) => state.lamps.filter(({ lit }) => lit).length > 2,
      then: (draft) => {
        draft.lamps[0]!.lit = false;
      },
    }),
  },
  invariants: {
    dark: { kind: 'always', says: 'Two lamps.', source: 'test', holds: (state) => state.lamps.length === 2 },
  },
  interchangeable: ['lamps'],
});

describe('a search in which states stand for others', () => {
  const about = { invariant: 'dark', expect: 'holds', says: 'it holds', source: 'test' } as const;
  const { claims } = suite({
    id: 'lamps',
    says: 'of lamps',
    model: lamps,
    claims: {
      GUARDED: { ...about, capabilities: ['light', 'climb'] },
      MISSING: { ...about, capabilities: ['light', 'shout'] },
    },
  });

  test('does not say that a guard is never true, which may be so in the others, and says what has no action', async () => {
    const { results, searches } = await runClaims(claims, { reduce: ['symmetry'] });
    expect(searches.map(({ reduced, states }) => [reduced?.map(({ kind }) => kind), states])).toEqual([
      [['symmetry'], 3],
      [['symmetry'], 3],
    ]);
    expect(results.map(({ asExpected, note, verdict }) => [verdict, asExpected, note])).toEqual([
      [
        'holds',
        true,
        'not seen to act: `climb`; if a search of every state sees no more, the claim is vacuous',
      ],
      ['vacuous', false, 'cannot happen here: action `climb` needs `climb`, which the claim does not give'],
    ]);
    const whole = await runClaims(claims.slice(0, 1));
    expect(whole.results[0]?.verdict).toBe('vacuous');
  });
});
