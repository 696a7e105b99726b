import { describe, expect, it, test } from 'vitest';
import { systemOf, type State } from '../../model/index.ts';
import { pathViolatesOrWitnesses } from '../../search/trace.ts';
import { door } from '../../testing/models/door.ts';
import { graph } from '../../testing/models/graph.ts';
import { judgedAt } from './judged.ts';
import { judgementOf, walk, waysFrom } from './walk.ts';

const open = systemOf(door, {
  capabilities: ['hands', 'pick'],
  without: ['steel'],
  parameters: { lock: true },
});
const numberOf = (action: string): number => open.instances.findIndex((one) => one.action === action);
const [pick, push, ring] = ['pick', 'push', 'ring'].map(numberOf) as [number, number, number];

describe('a walk through a system', () => {
  it('goes as far as the model lets it, and says why no further', () => {
    const whole = walk(open, { start: 0, taken: [pick, push, ring] });
    expect(whole.steps.map(({ text }) => text)).toEqual([
      'picks the lock; quietly #1',
      'pushes the door',
      'rings',
    ]);
    expect([whole.states.length, whole.stopped]).toEqual([4, undefined]);
    const early = walk(open, { start: 0, taken: [push, pick] });
    expect([early.steps.length, early.states.length]).toEqual([0, 1]);
    expect(early.stopped).toBe('step 1 is not possible here: burglar: pushes the door');
    expect(walk(open, { start: 0, taken: [pick, 99] }).stopped).toBe(
      'step 2 does not exist in this scenario',
    );
  });

  it('says what can happen, where it leads, and what it breaks that was not broken', () => {
    const ways = (...taken: readonly number[]) =>
      waysFrom(open, walk(open, { start: 0, taken }).states).map(({ breaks, needs, step }) => [
        step.action,
        needs,
        breaks,
        step.changes.map(({ after, field }) => `${field} ${after}`),
      ]);
    expect(ways()).toEqual([['pick', 'pick', [], ['lock.picked true']]]);
    expect(ways(pick)).toEqual([['push', 'hands', ['shut'], ['open wide open']]]);
    expect(ways(pick, push)).toEqual([['ring', undefined, [], ['alarm.rings true']]]);
    expect(ways(pick, push, ring)).toEqual([]);
  });

  it('says of an invariant what it reads where it is broken, and which of it decides', () => {
    const { states } = walk(open, { start: 0, taken: [pick, push, ring] });
    expect(judgementOf(open, 'shut', states, 3)).toEqual({
      id: 'shut',
      says: 'The door is never open.',
      along: ['holds', 'holds', 'broken', 'broken'],
      brokenAt: 2,
      grounds: [{ field: 'open', value: true, otherwise: false }],
    });
    expect(judgementOf(open, 'unnoticed', states, 2).grounds).toEqual([
      { field: 'open', value: true },
      { field: 'alarm.on', value: true },
    ]);
    expect(judgementOf(open, 'bell', states, 3).along).toEqual([
      'not asked',
      'not asked',
      'not asked',
      'holds',
    ]);
    expect(judgementOf(open, 'quiet', states, 3).along).toEqual([
      ...Array.from({ length: 3 }, () => 'no witness'),
      'witnessed',
    ]);
  });
});

describe('an invariant along a path', () => {
  const at = (place: number) => (state: { readonly at: number }) => state.at === place;
  const system = graph([[1], [2], [3], [1, 4], []], {
    never: { kind: 'never-step', given: (before) => before.at >= 1, bad: (_, after) => after.at === 3 },
    answers: { kind: 'within', given: at(1), responds: at(4), steps: 2 },
    goesOn: { kind: 'no-deadlock' },
    back: { kind: 'recovers', given: at(3), good: at(1) },
  });
  const instanceTo = (place: number): number =>
    system.instances.findIndex(({ choice }) => choice['to'] === place);
  const { states } = walk(system, { start: 0, taken: [1, 2, 3, 4].map(instanceTo) });
  const along = (id: string): readonly string[] => judgementOf(system, id, states, 0).along;

  it('is owed, asked, broken where a search would say so', () => {
    expect(states).toHaveLength(5);
    expect(along('answers')).toEqual(['not asked', 'waits', 'waits', 'broken', 'broken']);
    expect(along('never')).toEqual(['not asked', 'not asked', 'holds', 'broken', 'holds']);
    expect(along('goesOn')).toEqual(['holds', 'holds', 'holds', 'holds', 'broken']);
    expect(along('back')).toEqual(['not asked', 'not asked', 'not asked', 'needs a search', 'not asked']);
  });

  test.each(['answers', 'never', 'goesOn', 'shut'])(
    'first breaks at the state at which the path does: %s',
    (id) => {
      const [of, path] =
        id === 'shut' ? [open, walk(open, { start: 0, taken: [pick, push, ring] }).states] : [system, states];
      const first = (breaks: (states: readonly State[]) => boolean): number =>
        path.findIndex((_, place) => breaks(path.slice(0, place + 1)));
      const expected = first((prefix) => pathViolatesOrWitnesses(of, id, prefix));
      expect(expected).toBeGreaterThan(0);
      expect(first((prefix) => judgedAt(of, id, prefix) === 'broken')).toBe(expected);
    },
  );
});
