import { describe, expect, test } from 'vitest';
import { Fault, systemOf, type AnyModel } from '../model/index.ts';
import { plainScenario } from '../testing/models/random-model.ts';
import { WAYS } from '../testing/every-way.ts';

class Point {
  readonly l = 1;
  readonly r = 2;
}

class List extends Array<number> {}

const nested = (levels: number): object => {
  let value = {};
  for (let level = 1; level < levels; level += 1) value = { l: value };
  return value;
};

const ring = (): object => {
  const value: { l: unknown; r: number } = { l: 1, r: 2 };
  value.l = value;
  return value;
};

const roundList = (): unknown => {
  const value: unknown[] = [1, 2];
  value[1] = value;
  return value;
};

/** Values that may not be in a state, made anew each time, and the words of the error about each. */
const ODD: readonly (readonly [make: () => unknown, got: string])[] = [
  [() => new Set([1]), 'an instance of Set'],
  [() => new Map(), 'an instance of Map'],
  [() => new Date(0), 'an instance of Date'],
  [() => new Point(), 'an instance of Point'],
  [() => List.from([1, 2]), 'an instance of List'],
  [() => Promise.resolve(1), 'an instance of Promise'],
  [() => new Uint8Array(2), 'an instance of Uint8Array'],
  [() => Object.assign(Object.create({ up: 1 }) as object, { l: 1, r: 2 }), 'an instance of Object'],
  [() => Object.assign(Object.create(null) as object, { l: 1, r: 2 }), 'an object without a prototype'],
  [() => () => 1, 'a value of type function'],
  [() => 1n, 'a value of type bigint'],
  [() => Symbol('x'), 'a value of type symbol'],
  [() => undefined, 'undefined'],
  [() => Number.NaN, 'the number NaN'],
  [() => -Infinity, 'the number -Infinity'],
  [() => -0, 'the number -0'],
  // oxlint-disable-next-line no-sparse-arrays -- holes are what this is about
  [() => [1, , 2], 'a hole at 1'],
  [() => Object.assign([], { length: 2 }), 'a hole at 0'],
  [() => Object.assign([1, 2], { more: 1 }), 'an array with a property "more"'],
  [() => ({ l: 1, r: 2, [Symbol('key')]: 1 }), 'a property Symbol(key) that JSON leaves out'],
  [
    () => Object.defineProperty({ l: 1, r: 2 }, 'hidden', { value: 1 }),
    'a property "hidden" that JSON leaves out',
  ],
  [() => Object.defineProperty([1, 2], 'hidden', { value: 1 }), 'a property "hidden" that JSON leaves out'],
  [() => ({ get l() { return 1; }, r: 2 }), 'a property "l" that is computed'], // prettier-ignore
  [() => ({ l: 1, set r(_: number) {} }), 'a property "r" that is computed'],
  [ring, 'an object that holds itself'],
  [roundList, 'an object that holds itself'],
  [() => nested(5000), 'more than 500 levels of objects within each other'],
];

/** Values at the place before it: shapes that it could be taken for, and others. */
const BEFORE: readonly (() => unknown)[] = [() => 7, () => ({ l: 1, r: 2 }), () => [1, 2], () => ({})];

const PUT: { readonly [place: string]: (draft: Draft, odd: unknown) => void } = {
  part: (draft, odd) => void (draft.part = odd),
  'box.part': (draft, odd) => void (draft.box.part = odd),
  'queue.0': (draft, odd) => void draft.queue.push(odd),
};

interface Draft {
  turn: number;
  part: unknown;
  box: { part: unknown };
  queue: unknown[];
}

/** A model that puts something odd into its state at its second step. */
const modelOf = (before: () => unknown, put: (draft: Draft) => void): AnyModel => ({
  id: 'odd',
  says: 'puts something into its state',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: () => ({ turn: 0, part: before(), box: { part: before(), other: 1 }, queue: [] }),
  actions: {
    wait: {
      actor: 'a',
      says: 'waits',
      when: ({ turn }: Draft) => turn === 0,
      then: (draft: Draft) => void (draft.turn = 1),
    },
    put: { actor: 'a', says: 'puts it', when: ({ turn }: Draft) => turn === 1, then: put },
  },
  invariants: { fine: { kind: 'always', says: 'always', source: 'none', holds: () => true } },
});

const faultOf = (run: () => unknown): string => {
  try {
    return JSON.stringify(run());
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return `${error.code} ${error.details.where}: ${error.details.got}`;
  }
};

const placesOf = (place: string): RegExp => new RegExp(`^UW103 model odd, action put(, then)?, at ${place}`);

describe.each(Object.entries(WAYS))(
  '%s: what is no plain value is refused where it comes up',
  (_way, search) => {
    test.each(ODD.map(([make, got]) => [got, make] as const))('%s', (got, make) => {
      for (const before of BEFORE) {
        for (const [place, put] of Object.entries(PUT)) {
          const model = modelOf(before, (draft) => put(draft, make()));
          const said = faultOf(() => search(systemOf(model, plainScenario)));
          expect(said).toMatch(placesOf(place));
          expect(said.endsWith(`: ${got}`)).toBe(true);
        }
      }
    });
  },
);

test.each(ODD.map(([make, got]) => [got, make] as const))('in an initial state: %s', (got, make) => {
  const said = faultOf(() =>
    systemOf(
      modelOf(make, () => {}),
      plainScenario,
    ),
  );
  expect(said.startsWith('UW103 model odd, initial state, at part')).toBe(true);
  expect(said.endsWith(`: ${got}`)).toBe(true);
});

test('-0 in the place of 0 is nothing new, as immer has it', () => {
  const model = modelOf(
    () => 0,
    (draft) => {
      draft.part = -0;
      draft.turn = 2;
    },
  );
  const said = Object.entries(WAYS).map(([way, search]) => [
    way,
    faultOf(() => search(systemOf(model, plainScenario))),
  ]);
  expect(said.filter(([, what]) => what !== '{"fine":"holds"}')).toEqual([
    ['exports', '{}'],
    ['random', '{"fine":"unresolved"}'],
  ]);
});
