import { describe, expect, test } from 'vitest';
import { plainScenario } from '../../testing/models/random-model.ts';
import { checkPurity, Fault, systemOf } from '../index.ts';
import { watchedOnce } from '../watchdog/slices.ts';
import { dials, type DialParts, type Dials } from './testing/steps.ts';
import { IMPURE } from './testing/impure.ts';

const check = (parts: DialParts): string => {
  try {
    checkPurity(systemOf(dials(parts), plainScenario));
    return 'pure';
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return `${error.code} ${error.details.got}`;
  }
};

describe('impure models are refused', () => {
  test.each(IMPURE)('%s', (_name, make) => {
    expect(check(make())).toMatch(/^UW104 /);
  });
});

const PURE: readonly (readonly [string, () => DialParts])[] = [
  ['plain ones', () => ({})],
  ['dates of what they are given', () => ({ when: ({ xs }) => new Date(2020, xs[0]!, 1).getMonth() === 2 })],
  [
    'a memo by all that it looks at',
    () => {
      const memo = new Map<string, boolean>();
      return {
        when: ({ xs }) => {
          const key = xs.join();
          if (!memo.has(key)) memo.set(key, xs[1] === 2 && xs[2] === 1);
          return memo.get(key)!;
        },
      };
    },
  ],
  [
    'a memo by the object that it looks at',
    () => {
      const memo = new WeakMap<Dials, boolean>();
      return {
        when: (state) => {
          if (!memo.has(state)) memo.set(state, state.xs[0] === 2 && !state.bad);
          return memo.get(state)!;
        },
      };
    },
  ],
  [
    'a memo by the setting',
    () => {
      const memo = new WeakMap<object, readonly boolean[]>();
      return {
        when: ({ xs }, setting) => {
          if (!memo.has(setting))
            memo.set(
              setting,
              [0, 1, 2].map((at) => at === setting.parameters.n),
            );
          return memo.get(setting)![xs[0]!]!;
        },
      };
    },
  ],
  [
    'a table of nothing but constants, made at first use',
    () => {
      let table: readonly boolean[] | undefined;
      return { when: ({ xs }) => (table ??= [false, true, false])[xs[0]!]! };
    },
  ],
  [
    'recipes that move, spread and assign what they are given',
    () => ({
      then: (draft, { parameters }) => {
        const { xs } = draft;
        draft.xs = [...xs.toSorted((a, b) => a - b), xs.indexOf(xs[1]!)].slice(0, 3);
        draft.xs[1] = parameters.box.n;
        draft.xs.reverse();
        draft.bad = Object.keys({ ...draft }).length === 2 && 'bad' in draft;
      },
    }),
  ],
  [
    'a library that asks whether it is in production',
    () => ({ when: () => process.env.NODE_ENV === 'none' }),
  ],
];

describe('pure models are not', () => {
  test.each(PURE)('%s', (_name, make) => {
    expect(check(make())).toBe('pure');
  });
});

describe('what is told', () => {
  const told = (name: string): string => check(IMPURE.find(([one]) => one === name)![1]());

  test('the clock that was asked', () => {
    expect(told('new Date')).toBe('UW104 a call of new Date() without arguments');
  });

  test('what a memo does not look at any more', () => {
    expect(told('a memo by a part of its input')).toBe(
      'UW104 xs.length, xs.0, xs.1 and then xs.length, xs.0',
    );
  });

  test('what was kept', () => {
    expect(told('the first state ever')).toBe(
      'UW104 a look at xs of a state, a draft or a setting of an earlier run',
    );
  });
});

test('parameters, choices and initial states are frozen, whatever is in them', () => {
  const { initial, instances, setting } = systemOf(dials({ domain: () => [1] }), plainScenario);
  const box = (setting.parameters as { readonly box: object }).box;
  for (const part of [setting, setting.parameters, box, instances[0]!.choice, initial[0]!, initial[0]!['xs']])
    expect(Object.isFrozen(part)).toBe(true);
});

const forever = (): boolean => {
  for (let turn = 0; ; turn += 1) if (turn < 0) return true;
};

test('the world is as it was afterwards, whatever came out', () => {
  const prototype = Object.getPrototypeOf(performance) as object;
  const owners = [globalThis, Math, Date, process, process.hrtime, process.memoryUsage, prototype];
  const world = (): readonly { readonly [name: string]: PropertyDescriptor }[] =>
    owners.map((owner) => Object.getOwnPropertyDescriptors(owner));
  const before = world();
  expect(check({})).toBe('pure');
  expect(check({ when: () => Date.now() > 0 })).toBe('UW104 a call of Date.now()');
  const endless = systemOf(dials({ when: ({ xs }) => xs[0] === 2 && forever() }), plainScenario);
  expect(() => watchedOnce(() => checkPurity(endless), { callMs: 300 })).toThrow(
    expect.objectContaining({ code: 'UW117' }),
  );
  for (const [number, after] of world().entries()) {
    for (const [name, descriptor] of Object.entries(after)) {
      const earlier = before[number]![name]!;
      for (const part of ['value', 'get', 'set', 'configurable'] as const)
        expect(Object.is(descriptor[part], earlier[part]), name).toBe(true);
    }
  }
});
