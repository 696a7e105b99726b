import { describe, expect, test } from 'vitest';
import { Fault, systemOf, type AnyModel } from '../model/index.ts';
import { plainScenario } from '../testing/models/random-model.ts';
import { WAYS, type Said } from '../testing/every-way.ts';
import { exploreSymbolically } from './symbolic/explore.ts';
import { explore } from './exhaustive/explore.ts';

interface Action {
  readonly when?: (state: never) => boolean;
  readonly then: (draft: never) => void;
}

const modelOf = (
  initial: () => unknown,
  actions: { readonly [name: string]: Action },
  holds: (state: never) => boolean,
  more: object = {},
): AnyModel => ({
  id: 'keys',
  says: 'looks at keys',
  defences: {},
  capabilities: {},
  parameters: {},
  initial,
  actions: Object.fromEntries(
    Object.entries(actions).map(([name, action]) => [name, { actor: 'a', says: name, ...action }]),
  ),
  invariants: { fine: { kind: 'always', says: 'fine', source: 'none', holds } },
  ...more,
});

const saidBy = (model: AnyModel): readonly (readonly [way: string, said: string | undefined])[] => {
  const system = systemOf(model, plainScenario);
  const wordsOf = (search: (of: typeof system) => Said): string | undefined => {
    try {
      return search(system)['fine'];
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return error.code;
    }
  };
  return Object.entries(WAYS)
    .filter(([way]) => way !== 'exports')
    .map(([way, search]) => [way, wordsOf(search)]);
};

/** The ways of searching that do not say what is wanted; random search never says that something holds. */
const unlike = (model: AnyModel, wanted: string): ReturnType<typeof saidBy> =>
  saidBy(model).filter(
    ([way, said]) => said !== (wanted === 'holds' && way === 'random' ? 'unresolved' : wanted),
  );

interface Cache {
  entries: { [key: string]: number };
  evicted: string;
}

const put = (key: string): Action => ({
  when: ({ entries, evicted }: Cache) => !Object.hasOwn(entries, key) && evicted === 'none',
  then: ({ entries }: Cache) => void (entries[key] = 1),
});
const evict: Action = {
  when: ({ entries, evicted }: Cache) => Object.keys(entries).length === 2 && evicted === 'none',
  then: (draft: Cache) => void (draft.evicted = Object.keys(draft.entries)[0]!),
};
const cache = modelOf(
  (): Cache => ({ entries: {}, evicted: 'none' }),
  { 'put a': put('a'), 'put b': put('b'), evict },
  ({ evicted }: Cache) => evicted !== 'b',
);

interface Pair {
  m: { [key: string]: number };
  first: string;
}
const look: Action = { then: (draft: Pair) => void (draft.first = Object.keys(draft.m)[0]!) };
const firstIsA = ({ first }: Pair): boolean => first === 'a';
const pair = (): Pair => ({ m: { a: 0, b: 0 }, first: 'a' });

interface Cells {
  cells: { [key: string]: number }[];
  first: string;
}

describe('what depends on the order of keys is found in every way', () => {
  test.each<readonly [string, AnyModel]>([
    ['a record from which the oldest entry is taken', cache],
    [
      'an object made anew',
      modelOf(
        pair,
        { turn: { then: (d: Pair) => void (d.m = { b: d.m['b']!, a: d.m['a']! }) }, look },
        firstIsA,
      ),
    ],
    [
      'a field deleted and put back',
      modelOf(
        pair,
        {
          turn: {
            then: ({ m }: Pair) => {
              delete m['a'];
              m['a'] = 0;
            },
          },
          look,
        },
        firstIsA,
      ),
    ],
    ['initial states', modelOf(() => [pair(), { ...pair(), m: { b: 0, a: 0 } }], { look }, firstIsA)],
    [
      'interchangeable elements',
      modelOf(
        (): Cells => ({
          cells: [
            { a: 0, b: 0 },
            { b: 0, a: 0 },
          ],
          first: 'a',
        }),
        {
          look: { then: (draft: Cells) => void (draft.first = Object.keys(draft.cells[0]!)[0]!) },
          turn: { then: (draft: Cells) => void (draft.cells = draft.cells.toReversed()) },
        },
        ({ first }: Cells) => first === 'a',
      ),
    ],
  ])('%s', (_what, model) => expect(unlike(model, 'violated')).toEqual([]));

  test('in as many steps', () => {
    const system = systemOf(cache, plainScenario);
    const shortest = [explore(system), exploreSymbolically(system)].map(({ verdicts }) => verdicts['fine']);
    expect(
      shortest.map(
        (verdict) => verdict?.kind === 'violated' && verdict.trace?.steps.map((step) => step.action),
      ),
    ).toEqual([
      ['put b', 'put a', 'evict'],
      ['put b', 'put a', 'evict'],
    ]);
    expect(explore(system).states).toBe(7);
  });
});

const count = (at: number): Action => ({
  when: ({ cells }: Cells) => Object.values(cells[at]!)[0]! < 2,
  then: ({ cells }: Cells) => void (cells[at]![Object.keys(cells[at]!)[0]!]! += 1),
});

test('interchangeable elements whose keys are in another order keep them where they are exchanged', () => {
  const counted = (cells: Cells['cells']) =>
    systemOf(
      modelOf(
        (): Cells => ({ cells, first: 'a' }),
        {
          turn: { then: (draft: Cells) => void (draft.cells = draft.cells.toReversed()) },
          'count in the first': count(0),
          'count in the second': count(1),
        },
        ({ first }: Cells) => first === 'a',
        { interchangeable: ['cells'] },
      ),
      plainScenario,
    );
  const states = (cells: Cells['cells']): readonly number[] => {
    const system = counted(cells);
    return [explore(system).states, explore(system, { reduce: ['symmetry'] }).states];
  };
  // Two counters to 2 in either order: of elements that are alike, exchanged states are one.
  expect(states([{ a: 0, b: 0 }, { a: 0, b: 0 }])).toEqual([9, 6]); // prettier-ignore
  expect(states([{ a: 0, b: 0 }, { b: 0, a: 0 }])).toEqual([18, 9]); // prettier-ignore
});

test('the top-level fields have one order in all states', () => {
  const model = modelOf(
    pair,
    {
      turn: {
        then: (draft: Pair) => {
          const { m } = draft;
          delete (draft as Partial<Pair>).m;
          draft.m = m;
        },
      },
    },
    () => true,
  );
  const said = saidBy(model).filter(([way]) => way !== 'plain stepping' && way !== 'random');
  expect(said.filter(([, code]) => code !== 'UW107')).toEqual([]);
});

describe('a field with the name __proto__ is a field like any other', () => {
  const parsed = (text: string) => (): unknown => JSON.parse(text);
  interface Odd {
    n: { [key: string]: number };
    a: number;
  }
  test.each<readonly [string, string, AnyModel]>([
    [
      'it is there',
      'holds',
      modelOf(
        parsed('{"__proto__":{"v":0},"a":0}'),
        { set: { then: (draft: Odd) => void (draft.a = 1) } },
        (state: object) => Object.keys(state).length === 2,
      ),
    ],
    [
      'it cannot be assigned to',
      'UW103',
      modelOf(
        parsed('{"n":{"__proto__":0}}'),
        {
          go: {
            when: ({ n }: Odd) => n['__proto__']! < 3,
            then: ({ n }: Odd) => void (n['__proto__']! += 1),
          },
        },
        ({ n }: Odd) => !(n['__proto__']! >= 3),
      ),
    ],
    [
      'it comes and goes',
      'violated',
      modelOf(
        parsed('{"n":{"__proto__":0,"a":0},"a":0}'),
        {
          take: {
            then: (draft: Odd) => {
              delete draft.n['__proto__'];
              draft.a = Object.keys(draft.n).length;
            },
          },
        },
        ({ a }: Odd) => a !== 1,
      ),
    ],
  ])('%s', (_what, wanted, model) => expect(unlike(model, wanted)).toEqual([]));

  test('an object that is assigned where it is not there would be the prototype', () => {
    const model = modelOf(
      parsed('{"n":{"a":0}}'),
      {
        set: {
          then: ({ n }: { n: object }) => void Object.assign(n, { a: 1 }, parsed('{"__proto__":{"v":1}}')()),
        },
      },
      () => true,
    );
    expect(saidBy(model).filter(([, code]) => code !== 'UW106')).toEqual([]);
  });
});
