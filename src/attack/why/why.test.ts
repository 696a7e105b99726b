import { describe, expect, it } from 'vitest';
import { defineModel, systemOf, type Scenario } from '../../model/index.ts';
import type { Progress } from '../../search/result.ts';
import { vault, type Touch } from '../../testing/models/vault.ts';
import { necessityInSlices } from './necessity.ts';
import { explainSteps } from './why.ts';

interface Counter {
  readonly count: number;
  readonly other: number;
}

const finished = <T>(slices: Generator<Progress, T, 'stop' | undefined>): T => {
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next();
  return slice.value;
};

const touch = (thing: Touch['thing'], value: boolean) => ({
  action: 'touch',
  choice: { touch: { thing, value } },
});
const both = (thing: Touch['thing']): readonly Touch[] => [
  { thing, value: false },
  { thing, value: true },
];
const pull = { action: 'pull', choice: {} };
const look = { action: 'look', choice: { left: true } };

const scenario: Scenario = {
  without: [],
  capabilities: ['eyes', 'hands'],
  parameters: { touches: [...both('upper'), ...both('lower'), ...both('lamp'), ...both('paint')] },
};
const system = systemOf(vault, scenario);
const steps = [
  touch('lamp', true),
  look,
  touch('upper', false),
  touch('lamp', false),
  touch('lower', false),
  pull,
];

describe('explainSteps', () => {
  const why = explainSteps(system, 'shut', { initial: 0, steps });

  it('says who reads what a step wrote: guards, what other steps do, the invariant', () => {
    expect(why.map(({ readBy }) => readBy)).toEqual([
      // The lamp: whoever looks needs its light, and whoever switches it off that it is on.
      [
        { kind: 'guard', step: 2, fields: ['lamp'] },
        { kind: 'guard', step: 4, fields: ['lamp'] },
      ],
      [],
      [{ kind: 'guard', step: 6, fields: ['bolts.upper'] }],
      [],
      [{ kind: 'guard', step: 6, fields: ['bolts.lower'] }],
      [{ kind: 'invariant', fields: ['open'] }],
    ]);
  });

  it('says what becomes of the attack without a step', () => {
    expect(why.map(({ left }) => left)).toEqual([
      { kind: 'refused', step: 2 },
      { kind: 'works' },
      { kind: 'refused', step: 6 },
      { kind: 'works' },
      { kind: 'refused', step: 6 },
      { kind: 'harmless' },
    ]);
  });

  it('tells what a step is for: the last one that puts nothing back is the strike', () => {
    expect(why.map(({ phase }) => phase)).toEqual([
      'prepare',
      'prepare',
      'prepare',
      'cover up',
      'strike',
      'others',
    ]);
  });

  it('tells of every invariant that a path shows what it reads, of a step in both of its states', () => {
    const counter = defineModel({
      id: 'counter',
      says: 'a counter',
      defences: {},
      capabilities: {},
      parameters: {},
      initial: (): Counter => ({ count: 0, other: 0 }),
      actions: {
        add: {
          actor: 'somebody',
          says: 'adds one',
          when: ({ count }: Counter) => count < 3,
          then: (draft: { count: number }) => {
            draft.count += 1;
          },
        },
        both: {
          actor: 'somebody',
          says: 'sets the other to the count',
          then: (draft: { count: number; other: number }) => {
            draft.other = draft.count;
          },
        },
      },
      invariants: {
        slow: {
          kind: 'never-step',
          says: 'the other grows by one at most',
          source: 'here',
          bad: (before: Counter, after: Counter) => after.other > before.other + 1,
        },
        soon: {
          kind: 'within',
          says: 'the other follows',
          source: 'here',
          steps: 1,
          given: ({ count }: Counter) => count === 1,
          responds: ({ other }: Counter) => other === 1,
        },
      },
    });
    const add = { action: 'add', choice: {} };
    const set = { action: 'both', choice: {} };
    const slow = explainSteps(systemOf(counter), 'slow', { initial: 0, steps: [add, set, add, add, set] });
    expect(slow.map(({ readBy }) => readBy)).toEqual([
      [
        { kind: 'recipe', step: 2, fields: ['count'] },
        { kind: 'guard', step: 3, fields: ['count'] },
      ],
      [{ kind: 'invariant', fields: ['other'] }],
      [{ kind: 'guard', step: 4, fields: ['count'] }],
      [{ kind: 'recipe', step: 5, fields: ['count'] }],
      [{ kind: 'invariant', fields: ['other'] }],
    ]);
    // Without a capability in the model each step is the adversary's.
    expect(slow.map(({ phase }) => phase)).toEqual(['prepare', 'prepare', 'prepare', 'prepare', 'strike']);
    const soon = explainSteps(systemOf(counter), 'soon', { initial: 0, steps: [add, add] });
    expect(soon.map(({ readBy }) => readBy)).toEqual([
      [
        { kind: 'guard', step: 2, fields: ['count'] },
        { kind: 'invariant', fields: ['count'] },
      ],
      [],
    ]);
  });
});

describe('necessityInSlices', () => {
  it('searches without each action: one that every attack needs, and the choices in it', () => {
    const shortest = { initial: 0, steps: [touch('upper', false), touch('lower', false), pull] };
    const [hands, door] = finished(necessityInSlices(system, 'shut', shortest));
    expect(hands).toEqual({
      action: 'touch',
      without: { kind: 'none', states: 1 },
      choices: [
        { step: 1, without: { kind: 'none', states: 12 } },
        { step: 2, without: { kind: 'none', states: 12 } },
      ],
    });
    expect(door).toEqual({ action: 'pull', without: { kind: 'none', states: 24 }, choices: [] });
  });

  it('shows another attack where one does without', () => {
    const open = systemOf(vault, {
      ...scenario,
      parameters: { touches: [...both('upper'), ...both('lower'), ...both('door')] },
    });
    const attack = { initial: 0, steps: [touch('upper', false), touch('lower', false), pull] };
    const [hands, door] = finished(necessityInSlices(open, 'shut', attack));
    expect(hands?.without.kind).toBe('none');
    expect(hands?.choices.map(({ without }) => without)).toEqual([
      { kind: 'another', trace: { initial: 0, steps: [touch('door', true)] }, shortest: true },
      { kind: 'another', trace: { initial: 0, steps: [touch('door', true)] }, shortest: true },
    ]);
    expect(door?.without.kind).toBe('another');
  });

  it('says which limit left it open', () => {
    const attack = { initial: 0, steps: [touch('upper', false), touch('lower', false), pull] };
    const [, door] = finished(necessityInSlices(system, 'shut', attack, { maxStates: 10 }));
    expect(door?.without).toEqual({ kind: 'undecided', bound: 'maxStates', states: 10 });
  });
});
