import { describe, expect, test } from 'vitest';
import { plainScenario } from '../../testing/models/random-model.ts';
import { WAYS } from '../../testing/every-way.ts';
import { checkModel, Fault, integers, oneOf, systemOf, type AnyModel } from '../index.ts';

const right = {
  id: 'm',
  says: 's',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: () => ({ n: 0 }),
  actions: {
    go: {
      actor: 'a',
      says: 's',
      choose: { to: integers(1, 2) },
      when: ({ n }: { n: number }) => n < 2,
      then: (draft: { n: number }, { to }: { to: number }) => void (draft.n = to),
    },
  },
  invariants: { a: { kind: 'always', says: 's', source: 's', holds: () => true } },
};

// Values that JavaScript lets through: types are not looked at.
const asModel = (parts: object): AnyModel => ({ ...right, ...parts }) as unknown as AnyModel;
const action = (parts: object): object => ({ actions: { go: { ...right.actions.go, ...parts } } });
const invariant = (parts: object): object => ({ invariants: { a: { ...right.invariants.a, ...parts } } });
const statement = { says: 's', source: 's' };
const within = (steps: unknown): object => ({
  invariants: { a: { kind: 'within', ...statement, given: () => true, responds: () => true, steps } },
});

const faultOf = (run: () => unknown): string => {
  try {
    run();
    return 'none';
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { where, got, likely } = error.details;
    return `${error.code} ${where} | ${got} | ${likely}`;
  }
};

const START = 'UW101 model m, ';
const LEFT_OUT = 'the field was left out';
const COMPUTED = 'it is computed from something that is missing';

describe('a model that types would not let through is refused', () => {
  test.each<readonly [string, object, string]>([
    [
      'a misspelt kind',
      invariant({ kind: 'allways' }),
      'invariant a, kind | allways | a typing error for always',
    ],
    ['no kind', invariant({ kind: undefined }), 'invariant a, kind | nothing | a part that nothing looks at'],
    ['no holds', invariant({ holds: undefined }), `invariant a, holds | nothing | ${LEFT_OUT}`],
    ['a misspelt holds', invariant({ hold: () => true }), 'invariant a | hold | a typing error for holds'],
    ['steps NaN', within(Number.NaN), `invariant a, steps | NaN | ${COMPUTED}`],
    ['steps undefined', within(undefined), `invariant a, steps | nothing | ${LEFT_OUT}`],
    ['steps -1', within(-1), `invariant a, steps | -1 | ${COMPUTED}`],
    ['steps 1.5', within(1.5), `invariant a, steps | 1.5 | ${COMPUTED}`],
    ['steps Infinity', within(Infinity), `invariant a, steps | Infinity | ${COMPUTED}`],
    [
      'a guard by another name',
      action({ guard: () => true }),
      'action go | guard | a part that nothing looks at',
    ],
    ['a misspelt when', action({ whem: () => true }), 'action go | whem | a typing error for when'],
    ['a guard that is no function', action({ when: true }), `action go, when | true | ${COMPUTED}`],
    ['no initial', { initial: undefined }, ''],
  ])('%s', (what, parts, said) => {
    const wanted =
      what === 'no initial' ? `UW101 a model, initial | nothing | ${LEFT_OUT}` : `${START}${said}`;
    expect(faultOf(() => systemOf(asModel(parts), plainScenario))).toBe(wanted);
  });

  test.each<readonly [string, object, string]>([
    ['a map of actions', { actions: new Map([['go', right.actions.go]]) }, 'actions | an instance of Map'],
    ['a set of defences', { defences: new Set(['a']) }, 'defences | an instance of Set'],
    ['a map of parameters', { parameters: new Map([['n', 1]]) }, 'parameters | an instance of Map'],
    [
      'actions of another object',
      { actions: Object.create(right.actions) as object },
      'actions | an object that is not plain',
    ],
    [
      'an action by a symbol',
      { actions: { [Symbol('go')]: right.actions.go } },
      'actions | an object that is not plain',
    ],
    ['a capability that is a number', { capabilities: { a: 3 } }, 'capabilities | a: a value of type number'],
    ['one list of what is alike', { interchangeable: 'xs' }, 'interchangeable | "xs"'],
    ['a misspelt presentation', { present: { steps: () => '' } }, 'present | steps'],
    ['a power that is null', action({ needs: null }), 'action go, needs | null'],
  ])('%s', (_, parts, said) => {
    const got = faultOf(() => systemOf(asModel(parts), plainScenario));
    expect(got.replace(/^UW101 a model,/, 'UW101 model m,')).toContain(`${START}${said} |`);
  });

  test('a text that is none is told by its kind', () => {
    const said = faultOf(() => checkModel(asModel(action({ actor: Symbol('a') }))));
    expect(said).toContain(`${START}action go | a value of type symbol |`);
  });

  test('methods of a class are no parts: a copy of an action would have lost its guard', () => {
    class Go {
      readonly actor = 'a';
      readonly says = 's';
      readonly then = (draft: { n: number }): void => void (draft.n += 1);
      when({ n }: { n: number }): boolean {
        return n < 2;
      }
    }
    const hidden = Object.defineProperty({ ...right.invariants.a }, 'given', { value: () => false });
    const said = (parts: object): string => faultOf(() => systemOf(asModel(parts), plainScenario));
    expect(said({ actions: { go: new Go() } })).toContain(
      `${START}action go, when | one that an instance of Go does not list |`,
    );
    expect(said({ invariants: { a: hidden } })).toContain(`${START}invariant a, given |`);
  });

  test('the right one passes', () => {
    expect(faultOf(() => systemOf(asModel({}), plainScenario))).toBe('none');
    expect(faultOf(() => systemOf(asModel(within(0)), plainScenario))).toBe('none');
  });
});

test.each(['defences', 'capabilities', 'parameters', 'invariants'])(
  'a name in %s that every object has already is refused',
  (part) => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      const own = Object.fromEntries([[name, part === 'invariants' ? right.invariants.a : 'it']]);
      expect(faultOf(() => systemOf(asModel({ [part]: own }), plainScenario))).toContain(
        `UW101 model m, ${part} | ${name} |`,
      );
    }
  },
);

test.each<readonly [string, unknown, string]>([
  ['a promise', async () => Promise.resolve({ to: integers(0, 4) }), 'an object that is not plain'],
  ['a map', () => new Map([['to', integers(0, 4)]]), 'an object that is not plain'],
  [
    'what has no fields but a prototype',
    () => JSON.parse('{"__proto__":{"values":[1]}}') as object,
    'an object',
  ],
  ['null that is returned', () => null, 'null'],
])('%s is no choices, and not none', (_what, choose, got) => {
  expect(faultOf(() => systemOf(asModel(action({ choose })), plainScenario))).toContain(
    `UW113 model m, action go, choose | ${got}`,
  );
});

test('null is no choices', () => {
  expect(faultOf(() => systemOf(asModel(action({ choose: null })), plainScenario))).toContain(
    'UW101 model m, action go, choose | null |',
  );
});

describe('choices', () => {
  test.each<readonly [string, unknown, string]>([
    ['-0', oneOf([0, -0]), 'UW103 model m, action go, choice to, at 1 | the number -0'],
    ['NaN', oneOf([Number.NaN]), 'UW103 model m, action go, choice to, at 0 | the number NaN'],
    ['a bigint', { values: [1n] }, 'UW103 model m, action go, choice to, at 0 | a value of type bigint'],
    ['a date', { values: [new Date(0)] }, 'UW103 model m, action go, choice to, at 0 | an instance of Date'],
    ['undefined', { values: [undefined] }, 'UW103 model m, action go, choice to, at 0 | undefined'],
    ['one twice', oneOf([1, 2, 1]), 'UW113 model m, action go, choice to | 1 twice'],
    ['a list', [1, 2], 'UW113 model m, action go, choice to | a list'],
    ['null', null, 'UW113 model m, action go, choice to | null'],
    ['none', oneOf([]), 'UW102 model m, action go, choice to | an empty one'],
  ])('%s', (_what, to, said) => {
    expect(faultOf(() => systemOf(asModel(action({ choose: { to } })), plainScenario)).startsWith(said)).toBe(
      true,
    );
  });

  test.each([
    [0.5, 3, '0.5'],
    [0, Number.NaN, 'NaN'],
    [0, Infinity, 'Infinity'],
  ])('integers from %d to %d', (min, max, got) => {
    expect(faultOf(() => integers(min, max))).toContain(`UW113 integers(${min}, ${max}) | ${got} |`);
  });
});

test.each<readonly [unknown, string]>([
  [null, 'null'],
  [undefined, 'a value of type undefined'],
  [7, 'a value of type number'],
  [[7], 'a value of type number'],
])('a state has to be an object: %j', (state, got) => {
  const said = faultOf(() => systemOf(asModel({ initial: () => state }), plainScenario));
  expect(said.startsWith(`UW114 model m, initial state | ${got} |`)).toBe(true);
});

test('parameters are plain', () => {
  const of = (parameters: object, own: object = {}) =>
    faultOf(() => systemOf(asModel({ parameters }), { ...plainScenario, parameters: own as never }));
  expect(of({ when: new Date(0) })).toContain('UW103 model m, parameters, at when | an instance of Date');
  expect(of({ n: 1 }, { n: -0 })).toContain(
    'UW103 model m, parameters of the scenario, at n | the number -0',
  );
});

const ANSWERS: readonly (readonly [answer: () => unknown, got: string])[] = [
  [() => 1, 'the number 1'],
  [() => 0, 'the number 0'],
  [() => null, 'null'],
  [() => undefined, 'undefined'],
  [() => '', 'a string'],
  [() => Promise.reject(new Error('nobody waits for it')), 'a promise'],
];

const ASKED: { readonly [question: string]: (answer: () => unknown) => object } = {
  'action go, when': (when) => action({ when }),
  'invariant a, holds': (holds) => invariant({ holds }),
  'invariant a, given': (given) => invariant({ given }),
  'invariant a, bad': (bad) => ({ invariants: { a: { kind: 'never-step', ...statement, bad } } }),
  'invariant a, witness': (witness) => ({ invariants: { a: { kind: 'sometimes', ...statement, witness } } }),
  'invariant a, responds': (responds) => ({
    invariants: { a: { kind: 'within', ...statement, given: () => true, responds, steps: 1 } },
  }),
};

// An invariant of single states is not asked about steps, nor about waits.
const ofStates = (way: string): boolean => way === 'exports' || way === 'partial order';
const questionsTo = (way: string): readonly (readonly [string, (answer: () => unknown) => object])[] =>
  Object.entries(ASKED).filter(([question]) => !(ofStates(way) && /bad|responds/.test(question)));

describe.each(Object.entries(WAYS))('%s: what is asked answers true or false', (way, search) => {
  test.each(questionsTo(way))('%s', (question, partsFor) => {
    for (const [answer, got] of ANSWERS) {
      const said = faultOf(() => search(systemOf(asModel(partsFor(answer)), plainScenario)));
      expect(said.startsWith(`UW112 model m, ${question} | ${got} |`)).toBe(true);
    }
  });
});

test('whether an action exists is answered by true or false', () => {
  const said = faultOf(() => systemOf(asModel(action({ exists: () => 0 })), plainScenario));
  expect(said).toContain('UW112 model m, action go, exists | the number 0 |');
});
