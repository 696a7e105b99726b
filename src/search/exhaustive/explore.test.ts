import { describe, expect, test } from 'vitest';
import {
  actionOf,
  defineModel,
  Fault,
  integers,
  systemOf,
  type AnyModel,
  type Scenario,
} from '../../model/index.ts';
import { plainScenario } from '../../testing/models/random-model.ts';
import { smiGate } from '../../testing/models/smi-gate.ts';
import type { Step, Verdict } from '../result.ts';
import { violatesOrWitnesses } from '../violates-or-witnesses.ts';
import { statesOf } from '../trace.ts';
import { explore } from './explore.ts';
import type { ExhaustiveOptions } from './options.ts';

const gate = (scenario: Partial<Scenario>) => systemOf(smiGate, { ...plainScenario, ...scenario });

describe('the reference model, as other checkers counted it', () => {
  test('S: two cores, nothing broken', () => {
    const result = explore(gate({}));
    expect(result).toMatchObject({ states: 236_865, transitions: 780_827, depth: 40, complete: true });
    expect(result.verdicts['never-fooled']).toEqual({ kind: 'holds' });
    expect(result.userRuns).toBeLessThan(2_500);
    expect(result.bytes / result.states).toBeLessThan(64);
  });

  test('B1: without the status check the shortest attack takes 12 steps', () => {
    const system = gate({ without: ['altStatusCheck'] });
    const verdict = explore(system).verdicts['never-fooled']!;
    expect(verdict).toMatchObject({ kind: 'violated', shortest: true });
    if (verdict.kind !== 'violated' || verdict.trace === undefined) throw new Error('no trace');
    expect(verdict.trace.steps).toHaveLength(12);
    expect(violatesOrWitnesses(system, 'never-fooled', statesOf(system, verdict.trace))).toBe(true);
  });

  test('B2: three cores and no SMI lock, 13 steps', () => {
    const system = gate({ without: ['smiLock'], parameters: { cores: 3, nonces: 3 } });
    const verdict = explore(system).verdicts['never-fooled']!;
    expect(verdict.kind === 'violated' && verdict.trace?.steps).toHaveLength(13);
  });
});

test('same seed, same search: the result is the same object in every detail', () => {
  const scenario = { without: ['altStatusCheck'] };
  expect(explore(gate(scenario))).toEqual(explore(gate(scenario)));
});

interface Counter {
  readonly count: number;
  readonly alarm: boolean;
}

const act = actionOf<Counter, unknown>();
const counter: AnyModel = defineModel({
  id: 'counter',
  says: 'counts to nine in steps of one or two, and may raise an alarm at six',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): Counter => ({ count: 0, alarm: false }),
  actions: {
    add: act({
      actor: 'user',
      says: 'adds',
      choose: { amount: integers(1, 2) },
      when: ({ count }, { amount }) => count + amount <= 9,
      then: (draft, { amount }) => {
        draft.count += amount;
      },
    }),
    raise: act({
      actor: 'user',
      says: 'raises the alarm',
      when: ({ count, alarm }) => count === 6 && !alarm,
      then: (draft) => {
        draft.alarm = true;
      },
    }),
    never: act({ actor: 'user', says: 'is never possible', when: ({ count }) => count > 9, then: () => {} }),
  },
  invariants: {
    small: { kind: 'always', says: 'below seven', source: 'test', holds: ({ count }: Counter) => count < 7 },
    calm: {
      kind: 'always',
      says: 'no alarm at seven',
      source: 'test',
      given: ({ count }: Counter) => count === 7,
      holds: ({ alarm }: Counter) => !alarm,
    },
    empty: {
      kind: 'always',
      says: 'says nothing',
      source: 'test',
      given: ({ count }: Counter) => count > 9,
      holds: () => false,
    },
    monotone: {
      kind: 'never-step',
      says: 'never counts down',
      source: 'test',
      bad: (a: Counter, b: Counter) => b.count < a.count,
    },
    gradual: {
      kind: 'never-step',
      says: 'never skips eight',
      source: 'test',
      given: (a: Counter) => a.count === 7,
      bad: (_: Counter, b: Counter) => b.count === 9,
    },
    reaches: {
      kind: 'sometimes',
      says: 'reaches nine',
      source: 'test',
      witness: ({ count }: Counter) => count === 9,
    },
    flies: {
      kind: 'sometimes',
      says: 'reaches ten',
      source: 'test',
      witness: ({ count }: Counter) => count === 10,
    },
    ends: {
      kind: 'within',
      says: 'from five to nine in four steps',
      source: 'test',
      given: ({ count }: Counter) => count === 5,
      responds: ({ count }: Counter) => count === 9,
      steps: 4,
    },
    rings: {
      kind: 'within',
      says: 'from five to the alarm in two steps',
      source: 'test',
      given: ({ count }: Counter) => count === 5,
      responds: ({ alarm }: Counter) => alarm,
      steps: 2,
    },
  },
});

const stepsOf = (verdict: Verdict | undefined): readonly Step[] | undefined =>
  verdict?.kind === 'violated'
    ? verdict.trace?.steps
    : verdict?.kind === 'holds'
      ? verdict.witness?.steps
      : undefined;

const count = (options: ExhaustiveOptions = {}) => explore(systemOf(counter, plainScenario), options);

describe('each kind of invariant', () => {
  test('always, with and without an antecedent', () => {
    const { verdicts, antecedents } = count({ invariants: ['small', 'calm', 'empty'] });
    expect(verdicts['small']).toMatchObject({ kind: 'violated', shortest: true });
    expect(stepsOf(verdicts['small'])).toHaveLength(4);
    expect(stepsOf(verdicts['calm'])).toHaveLength(5);
    expect(verdicts['empty']).toEqual({ kind: 'vacuous' });
    expect(antecedents['empty']).toBe(0);
  });

  test('never-step', () => {
    const { verdicts } = count({ invariants: ['monotone', 'gradual'] });
    expect(verdicts['monotone']).toEqual({ kind: 'holds' });
    expect(stepsOf(verdicts['gradual'])).toHaveLength(5);
  });

  test('sometimes: a witness, or a complete search without one', () => {
    const { verdicts } = count({ invariants: ['reaches', 'flies'] });
    expect(stepsOf(verdicts['reaches'])).toHaveLength(5);
    expect(verdicts['flies']).toEqual({ kind: 'violated', shortest: false });
  });

  test('within: late, and never because nothing can happen any more', () => {
    const { verdicts } = count({ invariants: ['ends', 'rings'] });
    // 5, 6, alarm, 7, 8: the fifth state of waiting is one too many.
    expect(stepsOf(verdicts['ends'])).toHaveLength(7);
    expect(stepsOf(verdicts['rings'])).toHaveLength(5);
  });

  test('within: a state that is stuck at the level before a late one is one step less', () => {
    const step = actionOf<{ readonly at: number }, unknown>();
    const to = (from: number, goal: number) =>
      step({
        actor: 'user',
        says: 'goes on',
        when: ({ at }) => at === from,
        then: (draft) => {
          draft.at = goal;
        },
      });
    // 0, 1, 2, 3 waits too long; 0, 4, 5 has nowhere to go, and comes later in the same level as 2.
    const forked = defineModel({
      id: 'forked',
      says: 'a way that is late, and one that ends',
      defences: {},
      capabilities: {},
      parameters: {},
      initial: () => ({ at: 0 }),
      actions: { a: to(0, 1), b: to(0, 4), c: to(1, 2), d: to(4, 5), e: to(2, 3) },
      invariants: {
        answers: {
          kind: 'within' as const,
          says: 'answers in three states',
          source: 'test',
          given: () => true,
          responds: () => false,
          steps: 3,
        },
      },
    });
    const verdict = explore(systemOf(forked, plainScenario)).verdicts['answers'];
    expect(stepsOf(verdict)?.map(({ action }) => action)).toEqual(['b', 'd']);
  });

  test('all at once give the verdicts that each gives alone', () => {
    const together = count().verdicts;
    for (const id of Object.keys(together))
      expect(count({ invariants: [id] }).verdicts[id]).toEqual(together[id]);
  });

  test('an action that is never possible is told', () => {
    expect(count({ invariants: [] }).warnings).toEqual(['action never is never possible in this scenario']);
    expect(count({ invariants: [] }).actions['raise']).toEqual({ enabled: 1, effective: 1 });
  });
});

describe('limits end a search by name, and nothing is claimed beyond them', () => {
  test.each([
    ['maxDepth', { maxDepth: 3 }],
    ['maxStates', { maxStates: 6 }],
  ] as const)('%s', (bound, limits) => {
    const result = count({ invariants: ['small', 'monotone', 'flies'], limits });
    expect(result).toMatchObject({ complete: false, bound });
    for (const verdict of Object.values(result.verdicts))
      expect(verdict).toEqual({ kind: 'unresolved', bound });
  });

  test('a depth that is just enough finds the attack', () => {
    expect(count({ invariants: ['small'], limits: { maxDepth: 4 } }).verdicts['small']).toMatchObject({
      kind: 'violated',
    });
  });

  test.each([
    ['timeLimitMs', { timeLimitMs: 1 }],
    ['memoryLimitMb', { memoryLimitMb: 1 }],
  ] as const)('%s', (bound, limits) => {
    expect(explore(gate({}), { limits })).toMatchObject({ complete: false, bound });
  });

  test('a limit that makes no sense is refused', () => {
    expect(() => count({ limits: { maxStates: 0 } })).toThrow(expect.objectContaining({ code: 'UW201' }));
  });

  test('whoever watches may stop it', () => {
    const result = explore(gate({}), { observer: () => 'stop' });
    expect(result.verdicts['never-fooled']).toEqual({ kind: 'unresolved', bound: 'interrupted' });
  });
});

describe('models that are not pure', () => {
  const impure = (then: (draft: { count: number }) => void): AnyModel =>
    defineModel({
      id: 'impure',
      says: 'does what it should not',
      defences: {},
      capabilities: {},
      parameters: {},
      initial: () => ({ count: 0 }),
      actions: {
        tick: actionOf<{ readonly count: number }, unknown>()({ actor: 'user', says: 'ticks', then }),
      },
      invariants: {},
    });

  test('a variable outside the state is noticed and named', () => {
    let outside = 0;
    const model = impure((draft) => {
      outside += 1;
      draft.count = outside % 5;
    });
    const run = (): unknown => explore(systemOf(model, plainScenario));
    expect(run).toThrow(expect.objectContaining({ code: 'UW104' }));
    expect(run).toThrow(Fault);
  });

  test('a value that cannot be compared is named', () => {
    const model = impure((draft) => {
      draft.count = Number.NaN;
    });
    expect(() => explore(systemOf(model, plainScenario))).toThrow(expect.objectContaining({ code: 'UW103' }));
  });

  test('what throws is named', () => {
    const model = impure(() => {
      throw new RangeError('no such core');
    });
    expect(() => explore(systemOf(model, plainScenario))).toThrow(expect.objectContaining({ code: 'UW106' }));
  });
});
