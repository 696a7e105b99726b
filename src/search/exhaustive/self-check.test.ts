import { describe, expect, test } from 'vitest';
import { actionOf, defineModel, systemOf, type AnyModel, type Invariant } from '../../model/index.ts';
import { plainScenario } from '../../testing/random-model.ts';
import { explore } from './explore.ts';

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
