import { describe, expect, test } from 'vitest';
import { actionOf, defineModel, systemOf, type AnyModel, type System } from '../../../../model/index.ts';
import { searchPlainly } from '../../../../testing/plain-search.ts';
import { plainScenario } from '../../../../testing/models/random-model.ts';
import { explore } from '../../../exhaustive/explore.ts';
import { lengthOf, type SearchResult } from '../../../result.ts';
import { exploreSymbolically } from '../../../symbolic/explore.ts';

type Mode = 'off' | 'idle' | 'busy';
interface Rack {
  readonly units: readonly { readonly mode: Mode; readonly seen: number }[];
  readonly swept: boolean;
}

const act = actionOf<Rack, unknown>();
const allTo = (mode: Mode) =>
  act({
    actor: 'anyone',
    says: `all become ${mode}`,
    when: ({ units }) => units[0]!.mode === 'off',
    then: (draft) => {
      for (const unit of draft.units) unit.mode = mode;
    },
  });

/**
 * Units that are all off at first: tests of them that come to the same there, and not on the values that come
 * later.
 */
const rack = (
  calm: (state: Rack) => boolean,
  sweep: (units: { mode: Mode; seen: number }[]) => void = () => {},
): AnyModel =>
  defineModel({
    id: 'rack',
    says: 'units that change together',
    defences: {},
    capabilities: {},
    parameters: {},
    initial: (): Rack => ({
      units: Array.from({ length: 5 }, () => ({ mode: 'off', seen: 0 })),
      swept: false,
    }),
    actions: {
      rest: allTo('idle'),
      work: allTo('busy'),
      sweep: act({
        actor: 'anyone',
        says: 'looks at each unit',
        when: ({ swept }) => !swept,
        then: (draft) => {
          draft.swept = true;
          sweep(draft.units);
        },
      }),
    },
    invariants: { calm: { kind: 'always', says: 'calm', source: 'test', holds: calm } },
  });

const MODELS: readonly (readonly [what: string, model: AnyModel])[] = [
  [
    'the second is asked where the first says yes',
    rack(
      ({ units }) => !units.some(({ mode }) => mode !== 'idle') || units.some(({ mode }) => mode === 'off'),
    ),
  ],
  [
    'one after the other',
    rack(
      ({ units }) =>
        units.filter(({ mode }) => mode !== 'idle').length === 0 ||
        units.filter(({ mode }) => mode === 'off').length > 0,
    ),
  ],
  [
    'the same text with another value',
    rack(({ units }) => (['busy', 'idle'] as const).every((k) => units.every(({ mode }) => mode !== k))),
  ],
  [
    'changes',
    rack(
      ({ units }) => units.every(({ seen }) => seen === 1),
      (units) => {
        units.forEach((unit) => {
          if (unit.mode !== 'idle') unit.seen = 1;
        });
        units.forEach((unit) => {
          if (unit.mode !== 'busy') unit.seen = 1;
        });
      },
    ),
  ],
];

const ENGINES: readonly (readonly [string, (system: System) => SearchResult])[] = [
  ['as it is', (system) => explore(system, { toTheEnd: true })],
  ['arrays of any length, fused', (system) => explore(system, { toTheEnd: true, askFrom: 1, fuseFrom: 4 })],
  ['element by element', (system) => explore(system, { toTheEnd: true, askFrom: Infinity })],
  ['levels', (system) => exploreSymbolically(system, { toTheEnd: true })],
  ['saturation', (system) => exploreSymbolically(system, { toTheEnd: true, strategy: 'saturation' })],
];

describe.each(MODELS)('tests that come to the same at first: %s', (_, model) => {
  const system = systemOf(model, plainScenario);
  const plainly = searchPlainly(system);
  test.each(ENGINES)('%s', (__, search) => {
    const { states, transitions, verdicts } = search(system);
    expect([states, transitions]).toEqual([plainly.states, plainly.transitions]);
    const { calm } = verdicts;
    const length = calm?.kind === 'violated' && calm.trace !== undefined ? lengthOf(calm.trace) : calm?.kind;
    expect(length).toBe(plainly.broken['calm'] ?? 'holds');
  });
});
