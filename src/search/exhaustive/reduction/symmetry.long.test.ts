import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  actionOf,
  canonical,
  defineModel,
  enabledIn,
  integers,
  stepOf,
  systemOf,
  type AnyAction,
  type AnyModel,
  type Scenario,
  type State,
  type System,
} from '../../../model/index.ts';
import { plainScenario } from '../../../testing/models/random-model.ts';
import { smiGate } from '../../../testing/models/smi-gate.ts';
import { explore } from '../explore.ts';
import { violatesOrWitnesses } from '../../violates-or-witnesses.ts';
import { layoutOf, pack, unpack } from '../packing/layout.ts';
import { statesOf } from '../../trace.ts';
import { symmetryOf } from './symmetry.ts';

const gate = (scenario: Partial<Scenario>): System => systemOf(smiGate, { ...plainScenario, ...scenario });

/** The state with its cores in the order of their text, as text. */
const withoutOrder = (state: State): string => {
  const { cores, ...rest } = state as { readonly cores: readonly State[] } & State;
  return canonical({ ...rest, cores: cores.map((core) => canonical(core)).toSorted() });
};

/** Counts the states but for the order of cores, by plain stepping through all states with any order. */
const quotientOf = (system: System): { readonly states: number; readonly classes: number } => {
  const seen = new Set<string>();
  const classes = new Set<string>();
  const queue: State[] = [];
  const add = (state: State): void => {
    // The reference model's objects keep the order of their fields, so that their text will do.
    const key = JSON.stringify(state);
    if (seen.has(key)) return;
    seen.add(key);
    classes.add(withoutOrder(state));
    queue.push(state);
  };
  for (const state of system.initial) add(state);
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    for (const instance of enabledIn(system, state)) add(stepOf(system, state, instance));
  }
  return { states: seen.size, classes: classes.size };
};

const reduce = ['symmetry'] as const;

type Cores = { readonly cores: readonly { readonly mode: string }[] };

/**
 * Counts the reachable states in which the cores at the given places are alike, by the search without
 * reduction.
 */
const statesAlike = (parameters: Scenario['parameters'], places: readonly number[]): number => {
  const alike = {
    kind: 'always',
    says: 'counts',
    source: 'test',
    given: ({ cores }: Cores) => new Set(places.map((place) => cores[place]!.mode)).size === 1,
    holds: () => true,
  } as const;
  const model = { ...smiGate, invariants: { alike } };
  return explore(systemOf(model, { ...plainScenario, parameters })).antecedents['alike']!;
};

/**
 * Burnside's lemma: the classes are the mean, over all permutations, of the states that each leaves as they
 * are.
 */
const classesOf = (parameters: Scenario['parameters'], cores: 2 | 3): number => {
  const count = (...places: readonly number[]): number => statesAlike(parameters, places);
  if (cores === 2) return (count(0) + count(0, 1)) / 2;
  return (count(0) + count(0, 1) + count(0, 2) + count(1, 2) + 2 * count(0, 1, 2)) / 6;
};

describe('the reference model with its cores exchanged', () => {
  test('small: what plain stepping finds, without the order of cores', () => {
    const system = gate({ parameters: { cores: 2, nonces: 1, pending: 1 } });
    expect(quotientOf(system)).toEqual({ states: 34_952, classes: 23_656 });
    expect(explore(system, { reduce }).states).toBe(23_656);
  });

  test.each([
    ['S', { cores: 2, nonces: 2 }, 160_365, 521_673, 40],
    ['M', { cores: 3, nonces: 3 }, 861_470, 3_386_061, 59],
  ] as const)(
    '%s: exactly the classes of states, and the same verdict',
    (_, parameters, states, transitions, depth) => {
      const result = explore(gate({ parameters }), { reduce });
      expect(result).toMatchObject({ states, transitions, depth, complete: true });
      expect(classesOf(parameters, parameters.cores)).toBe(states);
      expect(result.verdicts).toEqual({ 'never-fooled': { kind: 'holds' } });
      expect(result.reduced).toEqual([
        { kind: 'symmetry', exchanged: ['cores'], checked: expect.any(Number) },
      ]);
    },
    240_000,
  );

  test.each([
    ['B1', { without: ['altStatusCheck'] }, 12],
    ['B2', { without: ['smiLock'], parameters: { cores: 3, nonces: 3 } }, 13],
  ] as const)('%s: the attack is as short as without, and runs', (_, scenario, length) => {
    const system = gate(scenario);
    const verdict = explore(system, { reduce }).verdicts['never-fooled'];
    if (verdict?.kind !== 'violated' || verdict.trace === undefined) throw new Error('no attack');
    expect(verdict.shortest).toBe(true);
    expect(verdict.trace.steps).toHaveLength(length);
    expect(violatesOrWitnesses(system, 'never-fooled', statesOf(system, verdict.trace))).toBe(true);
  });

  test('a search that is not asked to reduce says nothing of it', () => {
    expect(explore(gate({}), { limits: { maxDepth: 3 } })).not.toHaveProperty('reduced');
  });
});

interface Lamps {
  readonly lamps: readonly { readonly lit: boolean; readonly wear: number }[];
  readonly last: number;
}

const act = actionOf<Lamps, unknown>();
const which = { lamp: integers(0, 2) };

const toggle: AnyAction<Lamps, unknown> = act({
  actor: 'hand',
  says: 'switches a lamp',
  choose: which,
  when: ({ lamps }, { lamp }) => lamps[lamp]!.wear < 2,
  then: ({ lamps }, { lamp }) => {
    lamps[lamp]!.lit = !lamps[lamp]!.lit;
    if (lamps[lamp]!.lit) lamps[lamp]!.wear += 1;
  },
});

const lampsWith = (parts: Partial<Pick<AnyModel, 'actions' | 'invariants' | 'interchangeable'>>): AnyModel =>
  defineModel<Lamps, object, string, string, string>({
    id: 'lamps',
    says: 'three lamps',
    defences: {},
    capabilities: {},
    parameters: {},
    initial: () => ({ lamps: Array.from({ length: 3 }, () => ({ lit: false, wear: 0 })), last: 0 }),
    actions: { toggle },
    invariants: {},
    interchangeable: ['lamps'],
    ...(parts as object),
  });

const search = (model: AnyModel) => explore(systemOf(model, plainScenario), { reduce });
const about = { says: 'of lamps', source: 'test' };

describe('each kind of invariant, with elements exchanged', () => {
  const lamps = lampsWith({
    invariants: {
      dark: { ...about, kind: 'always', holds: ({ lamps: all }: Lamps) => !all.every(({ lit }) => lit) },
      worn: {
        ...about,
        kind: 'sometimes',
        witness: ({ lamps: all }: Lamps) => all.every(({ wear }) => wear === 2),
      },
      calm: {
        ...about,
        kind: 'never-step',
        bad: (a: Lamps, b: Lamps) =>
          a.lamps.some(({ wear, lit }, at) => wear === 2 && lit !== b.lamps[at]!.lit) ||
          a.lamps.some(({ wear }, at) => wear === 1 && b.lamps[at]!.wear === 2),
      },
      soon: {
        ...about,
        kind: 'within',
        given: ({ lamps: all }: Lamps) => all.some(({ lit }) => lit),
        responds: ({ lamps: all }: Lamps) => all.every(({ lit }) => !lit),
        steps: 3,
      },
    },
  });

  test.each(Object.keys(lamps.invariants))('%s: as without, and the trace runs', (id) => {
    const system = systemOf(lamps, plainScenario);
    const options = { invariants: [id] };
    const plain = explore(system, options).verdicts[id]!;
    const reduced = explore(system, { ...options, reduce }).verdicts[id]!;
    const stepsOf = (verdict: typeof plain): number | undefined =>
      (verdict.kind === 'violated' ? verdict.trace : verdict.kind === 'holds' ? verdict.witness : undefined)
        ?.steps.length;
    expect(reduced.kind).toBe(plain.kind);
    expect(stepsOf(reduced)).toBe(stepsOf(plain));
    expect(stepsOf(plain)).toBeGreaterThan(0);
  });
});

describe('what is declared interchangeable and is not', () => {
  const fault = (model: AnyModel): unknown => {
    try {
      return search(model);
    } catch (error) {
      return error;
    }
  };

  test('a field elsewhere that holds the place of an element, by a step', () => {
    const model = lampsWith({
      actions: {
        toggle: act({
          actor: 'hand',
          says: 'switches a lamp and remembers which',
          choose: which,
          then: (draft, { lamp }) => {
            draft.lamps[lamp]!.lit = !draft.lamps[lamp]!.lit;
            draft.last = lamp;
          },
        }),
      },
    });
    const error = fault(model);
    expect(error).toMatchObject({
      code: 'UW108',
      details: { where: expect.stringContaining('model lamps, interchangeable lamps, action toggle') },
    });
    expect((error as { readonly details: { readonly got: string } }).details.got).toContain('"last":');
  });

  test('an action that only one element has', () => {
    const actions = { toggle: { ...toggle, choose: { lamp: integers(0, 1) } } };
    expect(fault(lampsWith({ actions }))).toMatchObject({ code: 'UW108' });
  });

  const firstDark = act({
    actor: 'hand',
    says: 'lights the first lamp that is dark',
    when: ({ lamps }) => lamps.some(({ lit }) => !lit),
    then: ({ lamps }) => {
      lamps.find(({ lit }) => !lit)!.lit = true;
    },
  });

  test('picking the first of those that are alike is not told from picking another', () => {
    const { states, verdicts } = search(
      lampsWith({
        actions: { toggle: firstDark },
        invariants: {
          all: { ...about, kind: 'sometimes', witness: ({ lamps }: Lamps) => lamps.every(({ lit }) => lit) },
        },
      }),
    );
    expect(states).toBe(4);
    expect(verdicts['all']).toMatchObject({ kind: 'holds', witness: { steps: { length: 3 } } });
  });

  test('unless an invariant looks at steps, and could see which one it was', () => {
    const invariants: AnyModel['invariants'] = {
      kept: { ...about, kind: 'never-step', bad: (a: Lamps, b: Lamps) => a.last > b.last },
    };
    expect(fault(lampsWith({ actions: { toggle: firstDark }, invariants }))).toMatchObject({ code: 'UW108' });
  });

  test('an invariant that knows the elements by their places', () => {
    const invariants: AnyModel['invariants'] = {
      first: { ...about, kind: 'always', holds: ({ lamps }: Lamps) => !lamps[0]!.lit },
    };
    expect(fault(lampsWith({ invariants }))).toMatchObject({
      code: 'UW108',
      details: { where: 'model lamps, interchangeable lamps, invariant first' },
    });
  });

  test.each([
    [['lamp'], 'model lamps, interchangeable lamp'],
    [['last'], 'model lamps, interchangeable last'],
    [['lamps', 'lamps.0'], 'model lamps, interchangeable lamps.0'],
  ])('%j is no array that stands by itself', (interchangeable, where) => {
    expect(fault(lampsWith({ interchangeable }))).toMatchObject({ code: 'UW108', details: { where } });
  });

  test('nothing of it matters to a search that does not make use of it', () => {
    const model = lampsWith({ interchangeable: ['lamp'] });
    expect(explore(systemOf(model, plainScenario)).complete).toBe(true);
  });
});

describe('elements of any shape', () => {
  const element = fc.oneof(
    fc.constant(null),
    fc.integer({ min: 0, max: 2 }),
    fc.record(
      { at: fc.constantFrom('a', 'b'), more: fc.constantFrom(null, [1], { deep: true }) },
      { noNullPrototype: true },
    ),
    fc.array(fc.boolean(), { maxLength: 2 }),
  );

  test('exchanging them leads nowhere, however they differ', () => {
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 4 }), (elements) => {
        const model = defineModel({
          id: 'ring',
          says: 'elements that change places',
          defences: {},
          capabilities: {},
          parameters: {},
          initial: () => ({ ring: elements }),
          actions: {
            swap: actionOf<{ readonly ring: readonly unknown[] }, unknown>()({
              actor: 'hand',
              says: 'exchanges two elements',
              choose: { a: integers(0, elements.length - 1), b: integers(0, elements.length - 1) },
              then: ({ ring }, { a, b }) => {
                [ring[a], ring[b]] = [ring[b], ring[a]];
              },
            }),
          },
          invariants: {},
          interchangeable: ['ring'],
        });
        expect(explore(systemOf(model as AnyModel, plainScenario), { reduce }).states).toBe(1);
      }),
    );
  });
});

describe('packed states', () => {
  /**
   * Elements of some fields each: the bits that their values need, and of each field how many more it has
   * got.
   */
  const packed = fc
    .record({
      needs: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
      count: fc.integer({ min: 2, max: 4 }),
    })
    .chain(({ needs, count }) =>
      fc.record({
        needs: fc.constant(needs),
        spare: fc.array(
          fc.array(fc.integer({ min: 0, max: 2 }), { minLength: needs.length, maxLength: needs.length }),
          {
            minLength: count,
            maxLength: count,
          },
        ),
        row: fc.tuple(
          ...Array.from({ length: count }, () =>
            needs.map((bits) => fc.integer({ min: 0, max: 2 ** bits - 1 })),
          ).flat(),
        ),
      }),
    );

  test('are put in order as rows are, whatever room each field has been given', () => {
    fc.assert(
      fc.property(packed, ({ needs, spare, row }) => {
        const elements = spare.map((_, element) => needs.map((__, place) => element * needs.length + place));
        const symmetry = symmetryOf({ exchanges: [{ path: 'twins', elements }] })!;
        const layout = layoutOf(
          spare.flatMap((more, element) =>
            more.map((bits, place) => ({ part: `twins.${element}`, bits: needs[place]! + bits })),
          ),
        );
        const candidate = new Int32Array(layout.words + 2);
        pack(layout, Uint32Array.from(row), candidate, 0);
        const found = symmetry.representatives(layout, candidate, candidate.length, candidate.length);
        const unpacked = new Uint32Array(row.length);
        unpack(layout, found, 0, unpacked);
        const sorted = Uint32Array.from(row);
        symmetry.sort(sorted);
        expect(unpacked).toEqual(sorted);
      }),
    );
  });
});
