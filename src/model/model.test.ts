import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  actionOf,
  assertPlain,
  booleans,
  byName,
  canonical,
  checkModel,
  checkPurity,
  defineModel,
  enabledIn,
  Fault,
  faultText,
  integers,
  oneOf,
  stepOf,
  systemOf,
  type AnyModel,
  type Scenario,
  type Setting,
  type Value,
} from './index.ts';
import { isSame } from './plain/plain.ts';

interface Safe {
  readonly open: boolean;
  readonly dial: number;
}

const parameters = { digits: 3 };
type SafeSetting = Setting<typeof parameters, 'lock'>;
const act = actionOf<Safe, SafeSetting>();

const safe = defineModel({
  id: 'safe',
  says: 'a safe with a dial',
  defences: { lock: 'the dial has to be right' },
  capabilities: { hands: 'can turn things' },
  parameters,
  initial: (): Safe => ({ open: false, dial: 0 }),
  actions: {
    turn: act({
      actor: 'adversary',
      says: 'turns the dial',
      needs: 'hands',
      choose: ({ parameters: { digits } }: SafeSetting) => ({
        to: integers(0, digits - 1),
        hard: booleans(),
      }),
      when: ({ dial }, { to }) => dial !== to,
      then: (draft, { to }) => {
        draft.dial = to;
      },
    }),
    pull: act({
      actor: 'adversary',
      says: 'pulls the door',
      when: ({ dial, open }, _, { defends }) => !open && (dial === 2 || !defends('lock')),
      then: (draft) => {
        draft.open = true;
      },
    }),
    ring: act({
      actor: 'alarm',
      says: 'rings',
      exists: ({ parameters: { digits } }) => digits > 5,
      then: () => {},
    }),
  },
  invariants: {
    shut: { kind: 'always', says: 'it stays shut', source: 'its maker', holds: ({ open }: Safe) => !open },
  },
});

const scenario = (changes: Partial<Scenario> = {}): Scenario => ({
  without: [],
  capabilities: ['hands'],
  parameters: {},
  ...changes,
});
const code = (wanted: string) => expect.objectContaining({ code: wanted });

/** The model with one action changed into something that it should not be. */
const broken = (change: object): AnyModel => ({
  ...safe,
  actions: { ...safe.actions, pull: { ...safe.actions.pull, ...change } },
});

describe('a system', () => {
  test('has an instance for every combination of choices, in order', () => {
    expect(systemOf(safe, scenario()).instances.map(({ key }) => key)).toEqual([
      'turn {"hard":false,"to":0}',
      'turn {"hard":true,"to":0}',
      'turn {"hard":false,"to":1}',
      'turn {"hard":true,"to":1}',
      'turn {"hard":false,"to":2}',
      'turn {"hard":true,"to":2}',
      'pull',
    ]);
  });

  test('leaves out what the adversary cannot do, and what is not there', () => {
    expect(systemOf(safe, scenario({ capabilities: [] })).instances.map(({ action }) => action)).toEqual([
      'pull',
    ]);
    expect(
      systemOf(safe, scenario({ parameters: { digits: 6 } })).instances.some(
        ({ action }) => action === 'ring',
      ),
    ).toBe(true);
  });

  test('steps, and leaves the state before as it was', () => {
    const system = systemOf(safe, scenario({ without: ['lock'] }));
    const [shut] = system.initial;
    const [pull] = enabledIn(system, shut!).slice(-1);
    expect(stepOf(system, shut!, pull!)).toEqual({ open: true, dial: 0 });
    expect(shut).toEqual({ open: false, dial: 0 });
  });

  test.each([
    ['a defence', { without: ['lok'] }],
    ['a capability', { capabilities: ['wings'] }],
    ['a parameter', { parameters: { digit: 4 } }],
    ['a part', { withot: ['lock'] }],
    ['a capability that is no name', { capabilities: [5] }],
    ['a defence that is no name', { without: [['lock']] }],
  ])('refuses %s that the model does not have', (_what, change: object) => {
    expect(() => systemOf(safe, scenario(change))).toThrow(code('UW105'));
  });
});

const thrower = (): never => {
  throw new Error('no dial');
};

test.each([
  ['initial', { initial: thrower }],
  ['choose', { actions: { ...safe.actions, pull: { ...safe.actions.pull, choose: thrower } } }],
  ['exists', { actions: { ...safe.actions, pull: { ...safe.actions.pull, exists: thrower } } }],
])('what `%s` throws is told as a fault', (_name, change) => {
  expect(() => systemOf({ ...safe, ...change })).toThrow(code('UW106'));
});

test('what is accepted is refused where it is no domain', () => {
  const model = { ...safe, accepts: { digits: [1, 2] } };
  expect(() => systemOf(model, scenario({ parameters: { digits: 1 } }))).toThrow(code('UW113'));
});

describe('a parameter', () => {
  const choosy = { ...safe, accepts: { digits: integers(1, 9) } };

  test.each([
    ['of another kind', safe, '3', 'a number, as 3 is'],
    ['that is a list', safe, [3], 'a number, as 3 is'],
    ['beyond what is accepted', choosy, 1_000_000_000, 'a whole number from 1 to 9'],
    ['between what is accepted', choosy, 2.5, 'a whole number from 1 to 9'],
    ['that is none of those accepted', { ...safe, accepts: { digits: oneOf([3, 6]) } }, 4, 'one of 3, 6'],
  ])('%s is refused', (_what, model, digits, expected) => {
    expect(() => systemOf(model, scenario({ parameters: { digits } }))).toThrow(
      expect.objectContaining({
        code: 'UW105',
        details: expect.objectContaining({
          where: 'model safe, parameter digits of the scenario',
          expected,
          got: canonical(digits),
        }),
      }),
    );
  });

  test('may be whatever is accepted', () => {
    expect(systemOf(choosy, scenario({ parameters: { digits: 9 } })).instances).toHaveLength(20);
    expect(systemOf(safe, scenario({ parameters: { digits: 12 } })).instances).toHaveLength(26);
  });
});

describe('bad models are refused, and the place is named', () => {
  test.each([
    ['an action without an actor', 'UW101', () => checkModel(broken({ actor: '' })), /action pull/],
    ['an action that says nothing', 'UW101', () => checkModel(broken({ says: undefined })), /action pull/],
    ['an action without an effect', 'UW101', () => checkModel(broken({ then: undefined })), /action pull/],
    [
      'an action that needs an unknown capability',
      'UW105',
      () => checkModel(broken({ needs: 'wings' })),
      /action pull, needs/,
    ],
    [
      'a model that starts nowhere',
      'UW101',
      () => systemOf({ ...safe, initial: () => [] }, scenario()),
      /model safe, initial/,
    ],
    [
      'a default that is not accepted',
      'UW105',
      () => checkModel({ ...safe, accepts: { digits: integers(4, 9) } }),
      /parameter digits/,
    ],
    [
      'a parameter without a default',
      'UW101',
      () => checkModel({ ...safe, accepts: { knobs: integers(4, 9) } }),
      /model safe, accepts/,
    ],
    ['a model without an id', 'UW101', () => checkModel({ ...safe, id: '' }), /a model/],
    [
      'a choice of nothing',
      'UW102',
      () => systemOf(broken({ choose: { which: oneOf([]) } }), scenario()),
      /action pull, choice which/,
    ],
    [
      'a function in the state',
      'UW103',
      () => systemOf({ ...safe, initial: () => ({ open: () => true }) }, scenario()),
      /initial state, at open/,
    ],
    [
      'NaN in the state',
      'UW103',
      () => systemOf({ ...safe, initial: () => ({ deep: [{ dial: Number.NaN }] }) }, scenario()),
      /initial state, at deep\.0\.dial/,
    ],
    [
      'a Map in the state',
      'UW103',
      () => systemOf({ ...safe, initial: () => ({ map: new Map() }) }, scenario()),
      /at map/,
    ],
  ])('%s', (_what, wanted, run, place) => {
    expect(run).toThrow(code(wanted));
    expect(run).toThrow(place);
  });

  const from = (change: object): (() => void) => {
    const system = systemOf(broken({ when: () => true, ...change }), scenario());
    return () => checkPurity(system);
  };

  test.each([
    ['reads the clock', (draft: Safe) => Object.assign(draft, { dial: Date.now() % 1000 })],
    ['throws dice', (draft: Safe) => Object.assign(draft, { dial: Math.random() })],
    ['looks at the time since start', (draft: Safe) => Object.assign(draft, { dial: performance.now() })],
  ])('an effect that %s', (_what, change) => {
    expect(from({ then: (draft: Safe) => void change(draft) })).toThrow(code('UW104'));
  });

  test('an effect that counts its own runs', () => {
    let runs = 0;
    expect(from({ then: (draft: Safe) => void Object.assign(draft, { dial: (runs += 1) }) })).toThrow(
      code('UW104'),
    );
  });

  test('a guard that changes the state', () => {
    const then = (): void => {};
    expect(from({ then, when: (state: Safe) => Boolean(Object.assign(state, { open: true })) })).toThrow(
      code('UW106'),
    );
  });

  test('a recipe that returns a state', () => {
    expect(from({ then: () => ({ open: true, dial: 0 }) })).toThrow(code('UW125'));
  });

  test('a good one passes', () => {
    checkModel(safe);
    checkPurity(systemOf(safe, scenario()));
  });

  test('a fault says what, where, why and what next', () => {
    const text = faultText(
      new Fault('UW101', { where: 'here', expected: 'this', got: 'that', likely: 'so', next: 'do' }),
    );
    expect(text).toBe(
      'UW101 a model is incomplete: here\n  expected  this\n  got       that\n  likely    so\n  next      do',
    );
  });
});

describe('types are inferred from the model', () => {
  test('names and choices that do not exist do not compile', () => {
    // @ts-expect-error the safe has no such defence
    const wrong: keyof typeof safe.defences = 'moat';
    act({
      actor: 'adversary',
      says: 'turns',
      choose: { to: integers(0, 2) },
      // @ts-expect-error there is no such choice
      then: (_draft, { towards }) => void towards,
    });
    // @ts-expect-error a state is not written to in a guard
    act({ actor: 'adversary', says: 'cheats', when: (state) => (state.open = true), then: () => {} });
    expect(wrong).toBe('moat');
  });
});

const treesOf = (leaf: fc.Arbitrary<Value>, key: fc.Arbitrary<string>): fc.Arbitrary<Value> =>
  fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;

const value: fc.Arbitrary<Value> = treesOf(
  fc.oneof(fc.boolean(), fc.integer(), fc.string(), fc.constant(null)),
  fc.string(),
);
// Many trees of so few leaves and keys are equal, and others nearly so.
const similar: fc.Arbitrary<Value> = treesOf(
  fc.constantFrom<Value>(0, 1, '0', false, null),
  fc.constantFrom('0', 'a', 'length'),
);

const turned = (item: Value): Value => {
  if (item === null || typeof item !== 'object') return item;
  if (Array.isArray(item)) return item.map(turned);
  return Object.fromEntries(
    Object.entries(item)
      .toReversed()
      .map(([key, part]) => [key, turned(part)]),
  );
};

describe('plain values', () => {
  test('the order of keys is part of a value: functions can look at it', () => {
    const [one, other] = [
      { a: 0, b: 1 },
      { b: 1, a: 0 },
    ];
    expect([isSame(one, other), canonical(one) === canonical(other)]).toEqual([false, false]);
    expect(canonical(byName(other))).toBe(canonical(one));
    fc.assert(
      fc.property(
        similar,
        (tree) => isSame(turned(tree), tree) === (canonical(turned(tree)) === canonical(tree)),
      ),
    );
  });

  test('different values have different texts', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const same = canonical(a) === canonical(b);
        expect(same).toBe(
          JSON.stringify(JSON.parse(canonical(a))) === JSON.stringify(JSON.parse(canonical(b))),
        );
      }),
    );
  });

  test('they are the same exactly where their texts are', () => {
    const seen = { same: 0, different: 0 };
    fc.assert(
      fc.property(similar, similar, (a, b) => {
        const same = isSame(a, b);
        seen[same ? 'same' : 'different'] += 1;
        expect(same).toBe(canonical(a) === canonical(b));
      }),
      { numRuns: 2000, seed: 1 },
    );
    expect(Math.min(seen.same, seen.different)).toBeGreaterThan(50);
  });

  test('they are accepted', () => {
    fc.assert(fc.property(value, (one) => assertPlain(one, 'test')));
  });
});
