import { describe, expect, test } from 'vitest';
import { actionOf, defineModel, integers, systemOf, type AnyModel } from '../../../model/index.ts';
import { faultOf } from '../../../testing/fault-of.ts';
import { plainScenario } from '../../../testing/models/random-model.ts';
import { explore } from '../explore.ts';
import type { SearchResult } from '../../result.ts';
import { checkUnreduced } from './unreduced.ts';

interface Line {
  readonly steps: readonly number[];
  readonly isBroken: boolean;
}
const action = actionOf<Line, unknown>();

/**
 * Three walkers, of which one may be told from the others in a single state that no exchange of neighbours
 * leads to.
 */
const line = (breaks: (steps: readonly number[]) => boolean): AnyModel =>
  defineModel({
    id: 'line',
    says: 'three walkers',
    defences: {},
    capabilities: {},
    parameters: {},
    interchangeable: ['steps'],
    initial: (): Line => ({ steps: [0, 0, 0], isBroken: false }),
    actions: {
      walk: action({
        actor: 'walker',
        says: 'takes a step',
        choose: { who: integers(0, 2) },
        when: ({ steps }, { who }) => steps[who]! < 4,
        then: (draft, { who }) => void (draft.steps[who]! += 1),
      }),
      break: action({
        actor: 'floor',
        says: 'breaks',
        when: ({ steps }) => breaks(steps),
        then: (draft) => void (draft.isBroken = true),
      }),
    },
    invariants: {
      whole: { kind: 'always', says: 'It is whole.', source: 'test', holds: ({ isBroken }) => !isBroken },
    },
  });

const symmetrically = (model: AnyModel): SearchResult =>
  explore(systemOf(model, plainScenario), { reduce: ['symmetry'] });

describe('a small search by symmetry is held against one of all states', () => {
  test('which finds what tells one part from the others', () => {
    const { code, details } = faultOf(() =>
      symmetrically(line(([first, second, third]) => first === 3 && second === 1 && third === 1)),
    );
    expect([code, details.expected.split(',')[0], details.got.split(',')[0]]).toEqual([
      'UW108',
      'violated in 6',
      'holds',
    ]);
  });

  test('and says the same where all are treated alike', () => {
    const { states, verdicts } = symmetrically(
      line((steps) => steps.toSorted((a, b) => a - b).join() === '1,1,3'),
    );
    expect(verdicts['whole']).toMatchObject({ kind: 'violated', shortest: true });
    expect(states).toBeLessThan(35);
  });
});

describe('a search in part and one of all states', () => {
  const system = systemOf(
    line(() => false),
    plainScenario,
  );
  const whole = explore(system);
  const broken = explore(
    systemOf(
      line(([first]) => first === 2),
      plainScenario,
    ),
  );
  const holds = { ...whole, verdicts: { whole: { kind: 'holds' } } } as const;

  test('may differ by how far an attack is where only steps were left out', () => {
    const trace = broken.verdicts['whole'];
    if (trace?.kind !== 'violated' || trace.trace === undefined) throw new Error('it is violated');
    const longer = { ...trace.trace, steps: [...trace.trace.steps, ...trace.trace.steps] };
    const late = { ...broken, verdicts: { whole: { ...trace, trace: longer } } };
    expect(() => checkUnreduced(system, ['partial-order'], late, broken)).not.toThrow();
    expect(faultOf(() => checkUnreduced(system, ['symmetry'], late, broken)).code).toBe('UW108');
  });

  test('may not differ by the verdict', () => {
    expect(faultOf(() => checkUnreduced(system, ['partial-order'], holds, broken)).code).toBe('UW701');
  });

  test('say nothing of each other where a limit ended one of them', () => {
    const cut = { ...broken, bound: 'timeLimitMs' } as const;
    expect(() => checkUnreduced(system, ['symmetry'], holds, cut)).not.toThrow();
  });
});
