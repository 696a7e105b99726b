import { describe, expect, test } from 'vitest';
import {
  actionOf,
  defineModel,
  systemOf,
  type AnyModel,
  type Invariant,
  type System,
} from '../../../model/index.ts';
import { plainScenario } from '../../../testing/models/random-model.ts';
import { exploreSymbolically } from '../../symbolic/explore.ts';
import { explore } from '../explore.ts';

interface Panel {
  readonly box: { readonly left: number; readonly right: number };
  readonly count: number;
}

const act = actionOf<Panel, unknown>();

const modelOf = (invariant: Invariant<Panel, unknown>): AnyModel =>
  defineModel({
    id: 'panel',
    says: 'a box and a counter',
    defences: {},
    capabilities: {},
    parameters: {},
    initial: (): Panel => ({ box: { left: 0, right: 0 }, count: 0 }),
    actions: {
      count: act({
        actor: 'anyone',
        says: 'counts',
        when: ({ count }) => count < 40,
        then: (draft) => {
          draft.count += 1;
        },
      }),
      switch: act({
        actor: 'anyone',
        says: 'switches',
        when: ({ count }) => count === 30,
        then: (draft) => {
          draft.box.left = 1 - draft.box.left;
        },
      }),
    },
    invariants: { aim: invariant },
  });

const decide = (invariant: Invariant<Panel, unknown>): unknown =>
  explore(systemOf(modelOf(invariant), plainScenario)).verdicts['aim'];

const refused = expect.objectContaining({
  code: 'UW104',
  details: expect.objectContaining({ where: 'model panel, invariant aim' }),
});

describe('questions are held against the model as it stands', () => {
  test.each<readonly [string, (a: Panel, b: Panel) => boolean]>([
    ['an object that stayed as it was', (a, b) => a.box !== b.box],
    ['late, where it decides', (a, b) => a.count === 35 && a.box !== b.box],
    ['an object of either state', (a, b) => [a.box].includes(b.box)],
  ])('comparing the states of a step by identity is refused: %s', (_what, bad) => {
    expect(() => decide({ kind: 'never-step', says: 'it stays', source: 'test', bad })).toThrow(refused);
  });

  test('comparing them by what is in them is not', () => {
    const bad = (a: Panel, b: Panel): boolean => a.box.left > b.box.left && a.count !== b.count;
    expect(decide({ kind: 'never-step', says: 'it stays', source: 'test', bad })).toEqual({ kind: 'holds' });
  });

  test('a question that keeps something is refused', () => {
    let asked = 0;
    const holds = ({ count }: Panel): boolean => count < 50 && (asked += 1) < 20;
    expect(() => decide({ kind: 'always', says: 'it stays', source: 'test', holds })).toThrow(refused);
  });
});

describe('what becomes impure while it is searched is refused, whatever was looked at meanwhile', () => {
  /** Counts up to `last`, and in another way after so many calls. */
  const worn = (last: number, after: number): System => {
    let calls = 0;
    return systemOf(
      defineModel({
        id: 'worn',
        says: 'a counter that wears out',
        defences: {},
        capabilities: {},
        parameters: {},
        initial: () => ({ count: 0 }),
        actions: {
          count: {
            actor: 'anyone',
            says: 'counts',
            when: ({ count }: { readonly count: number }) => count < last,
            then: (draft: { count: number }) => {
              calls += 1;
              draft.count += calls > after && draft.count % 2 === 0 ? 2 : 1;
            },
          },
        },
        invariants: {
          low: {
            kind: 'always',
            says: 'is low',
            source: 'test',
            holds: ({ count }: { readonly count: number }) => count <= last + 1,
          },
        },
      }),
      plainScenario,
    );
  };

  test.each([
    [3000, 1500],
    [3000, 2500],
    [12_000, 10_000],
  ])('up to %i, after %i calls', (last, after) => {
    expect(() => explore(worn(last, after))).toThrow('UW104');
  });

  test('level by level, too', () => {
    expect(() => exploreSymbolically(worn(1000, 900))).toThrow('UW104');
    expect(exploreSymbolically(worn(300, 100_000)).verdicts).toEqual({ low: { kind: 'holds' } });
  });

  test('and what would, were it called more often, is not', () => {
    expect(explore(worn(300, 100_000)).verdicts).toEqual({ low: { kind: 'holds' } });
  });
});
