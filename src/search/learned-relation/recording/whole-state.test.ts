import { inspect } from 'node:util';
import { current, original } from 'immer';
import { describe, expect, test } from 'vitest';
import { actionOf, defineModel, systemOf, type AnyModel, type System } from '../../../model/index.ts';
import { searchPlainly } from '../../../testing/plain-search.ts';
import { plainScenario } from '../../../testing/models/random-model.ts';
import { explore } from '../../exhaustive/explore.ts';
import { lengthOf, type SearchResult } from '../../result.ts';
import { exploreSymbolically } from '../../symbolic/explore.ts';

interface Shelf {
  readonly at: number;
  readonly step: number;
  readonly box: { readonly left: number; readonly tags: readonly number[] };
  readonly bad: boolean;
}

const act = actionOf<Shelf, unknown>();
type Draft = Parameters<Parameters<typeof act>[0]['then']>[0];

const turn = (recipe: (draft: Draft) => void) => act({ actor: 'anyone', says: 'turns', then: recipe });

/** Makes a model that looks so late that no sample of its states meets what is looked at. */
const shelf = (isFound: (state: Shelf) => boolean, change: (draft: Draft) => boolean): AnyModel =>
  defineModel({
    id: 'shelf',
    says: 'a box on a shelf',
    defences: {},
    capabilities: {},
    parameters: {},
    initial: (): Shelf => ({ at: 0, step: 0, box: { left: 0, tags: [0] }, bad: false }),
    actions: {
      move: turn((draft) => void (draft.at = (draft.at + 1) % 11)),
      pace: turn((draft) => void (draft.step = (draft.step + 1) % 11)),
      fill: turn((draft) => void (draft.box.left = (draft.box.left + 1) % 3)),
      look: act({
        actor: 'anyone',
        says: 'looks at the box',
        when: (state) => state.at === 9 && state.step === 8 && isFound(state),
        then: (draft) => {
          if (change(draft)) draft.bad = true;
        },
      }),
    },
    invariants: {
      good: { kind: 'always', says: 'good', source: 'test', holds: ({ bad }) => !bad },
      unseen: {
        kind: 'always',
        says: 'unseen',
        source: 'test',
        holds: (state) => !(state.at === 9 && state.step === 8 && isFound(state)),
      },
      unmoved: {
        kind: 'never-step',
        says: 'unmoved',
        source: 'test',
        bad: (before, after) => before.at === 9 && before.step === 8 && isFound(before) !== isFound(after),
      },
    },
  });

const yes = (): boolean => true;
const TWO = { left: 2, tags: [0] };

const LOOKS: readonly (readonly [what: string, isFound: (state: Shelf) => boolean])[] = [
  ['a description of a field', ({ box }) => Object.getOwnPropertyDescriptor(box, 'left')!.value === 2],
  ['descriptions of all', ({ box }) => Object.getOwnPropertyDescriptors(box).left.value === 2],
  ['a description by Reflect', ({ box }) => Reflect.getOwnPropertyDescriptor(box, 'left')!.value === 2],
  ['a getter that is none', ({ box }) => box.left === 2 && !Reflect.has(box, 'right') && isPlainField(box)],
  ['that it is frozen', ({ box }) => Object.isFrozen(box) && !Object.isExtensible(box) && box.left === 2],
  ['that it cannot be written to', ({ box }) => box.left === 2 && isRefused(() => Object.assign(box, TWO))],
  ['a text for people', ({ box }) => inspect(box) === inspect(TWO)],
  ['a text of what is around', (state) => inspect({ held: [state.box] }) === inspect({ held: [TWO] })],
  ['a clone', ({ box }) => structuredClone(box).left === 2],
  ['a clone that is tried', (state) => leftOf(() => structuredClone(state)) === 2],
];

const isPlainField = (box: object): boolean => {
  const { __lookupGetter__: getterOf } = Object.prototype as unknown as {
    __lookupGetter__: (this: object, name: string) => unknown;
  };
  return getterOf.call(box, 'left') === undefined;
};

const isRefused = (write: () => void): boolean => {
  try {
    write();
    return false;
  } catch {
    return true;
  }
};

const leftOf = (clone: () => Shelf): number => {
  try {
    return clone().box.left;
  } catch {
    return -1;
  }
};

const RECIPES: readonly (readonly [what: string, change: (draft: Draft) => boolean])[] = [
  ['what it is now, where nothing was changed', (draft) => current(draft.box) === original(draft.box)],
  ['what it is now, twice', (draft) => current(draft.box) === current(draft.box)],
  [
    'what it is now, where what was written was there',
    (draft) => {
      draft.box.left = 2;
      return draft.box.left === 2 && current(draft.box) === original(draft.box);
    },
  ],
  ['a description of a draft', ({ box }) => Object.getOwnPropertyDescriptor(box, 'left')!.value === 2],
  ['a clone of what it is now', (draft) => structuredClone(current(draft)).box.left === 2],
];

const ENGINES: { readonly [name: string]: (system: System) => SearchResult } = {
  exhaustive: (system) => explore(system, { toTheEnd: true }),
  'asking all': (system) => explore(system, { askFrom: 1, toTheEnd: true }),
  levels: (system) => exploreSymbolically(system, { strategy: 'levels', toTheEnd: true }),
};

const lengthIn = ({ verdicts }: SearchResult, invariant: string): number | string | undefined => {
  const verdict = verdicts[invariant];
  return verdict?.kind === 'violated' && verdict.trace !== undefined
    ? lengthOf(verdict.trace)
    : verdict?.kind;
};

describe.each([
  ...LOOKS.map(([what, isFound]) => [what, shelf(isFound, yes), 19] as const),
  ...RECIPES.map(([what, change]) => [what, shelf(yes, change), 'holds'] as const),
])('a function that sees more than it reads is run on the state itself: %s', (_, model, moved) => {
  const system = systemOf(model, plainScenario);
  const plainly = searchPlainly(system);
  test.each(Object.keys(ENGINES))('%s', (engine) => {
    const result = ENGINES[engine]!(system);
    expect([result.states, result.transitions]).toEqual([plainly.states, plainly.transitions]);
    expect(lengthIn(result, 'good')).toBe(plainly.broken['good']);
    expect(lengthIn(result, 'unseen')).toBe(plainly.broken['unseen']);
    expect(lengthIn(result, 'unmoved')).toBe(moved);
    expect(plainly.broken['good']).toBeGreaterThan(17);
  });
});
