import { describe, expect, test } from 'vitest';
import { actionOf, defineModel, systemOf, type Scenario, type System } from '../../model/index.ts';
import { door } from '../../testing/models/door.ts';
import { plainScenario } from '../../testing/models/random-model.ts';
import { smiGate } from '../../testing/models/smi-gate.ts';
import { statesOf } from '../trace.ts';
import { explore } from '../exhaustive/explore.ts';
import { exploreSymbolically } from './explore.ts';

const gate = (parameters: Scenario['parameters'], without: readonly string[] = []): System =>
  systemOf(smiGate, { ...plainScenario, parameters, without });
const small = gate({ cores: 2, pending: 2, nonces: 2 });

describe('the reference model that other checkers have counted', () => {
  test('S, level by level', () => {
    const { verdicts, states, transitions, depth, complete, nodes } = exploreSymbolically(small);
    expect({ verdicts, states, transitions, depth, complete, nodes }).toEqual({
      verdicts: { 'never-fooled': { kind: 'holds' } },
      states: 236_865,
      transitions: 780_827,
      depth: 40,
      complete: true,
      nodes: 567,
    });
  });

  test('eight cores, five billion states, by saturation', () => {
    const { verdicts, exactStates, exactTransitions, complete, userRuns } = exploreSymbolically(
      gate({ cores: 8, pending: 3, nonces: 7 }),
      { strategy: 'saturation' },
    );
    expect(verdicts).toEqual({ 'never-fooled': { kind: 'holds' } });
    expect([exactStates, exactTransitions, complete]).toEqual([5_337_595_711n, 36_342_892_550n, true]);
    expect(userRuns).toBe(3136);
  });

  test('thirty-two cores: counts beyond 2^53 are exact all the same', () => {
    const result = exploreSymbolically(gate({ cores: 32, pending: 2, nonces: 3 }), {
      strategy: 'saturation',
    });
    expect(result.exactStates).toBe(167_285_009_834_136_591_589n);
    expect(result.states).toBe(Number(result.exactStates));
  });

  test.each([
    ['B1', gate({ cores: 2, pending: 2, nonces: 2 }, ['altStatusCheck']), 12],
    ['B2', gate({ cores: 3, pending: 2, nonces: 3 }, ['smiLock']), 13],
    ['B2 with six cores', gate({ cores: 6, pending: 2, nonces: 5 }, ['smiLock']), 16],
  ])('%s: the shortest attack, which runs', (_, system, length) => {
    const verdict = exploreSymbolically(system).verdicts['never-fooled'];
    expect(verdict).toMatchObject({ kind: 'violated', shortest: true, trace: { steps: { length } } });
    if (verdict?.kind !== 'violated' || verdict.trace === undefined) throw new Error('no trace');
    expect(statesOf(system, verdict.trace).at(-1)).toMatchObject({ verifier: { phase: 'fooled' } });
  });
});

describe('what ends a search leaves it unresolved', () => {
  test.each([
    ['maxDepth', { maxDepth: 5 }],
    ['maxStates', { maxStates: 1000 }],
    ['timeLimitMs', { timeLimitMs: 1 }],
    ['memoryLimitMb', { memoryLimitMb: 1 }],
  ] as const)('%s', (bound, limits) => {
    const { verdicts, bound: said, complete } = exploreSymbolically(small, { limits });
    expect(verdicts).toEqual({ 'never-fooled': { kind: 'unresolved', bound } });
    expect([said, complete]).toEqual([bound, false]);
  });

  test('whoever watches', () => {
    const { verdicts } = exploreSymbolically(small, { observer: () => 'stop' });
    expect(verdicts).toEqual({ 'never-fooled': { kind: 'unresolved', bound: 'interrupted' } });
  });

  test('a depth that is searched has the states that it has one by one', () => {
    const { depth, states, transitions } = exploreSymbolically(small, { limits: { maxDepth: 5 } });
    const one = explore(small, { limits: { maxDepth: 5 } });
    expect({ depth, states, transitions }).toEqual({
      depth: 5,
      states: one.states,
      transitions: one.transitions,
    });
  });
});

describe('the order of fields', () => {
  test('is chosen by what belongs together, and says so', () => {
    const { order, orderBecause } = exploreSymbolically(small, { limits: { maxDepth: 1 } });
    expect(order.slice(0, 4)).toEqual(['chipset.lock', 'chipset.gblEn', 'chipset.apmcEn', 'chipset.apm']);
    expect(orderBecause).toBe(
      "what an instance reads and writes spans 322 levels in sum, 429 in the model's own order",
    );
  });

  test('may be given, in part, and changes nothing but the nodes', () => {
    const { nodes, order, states } = exploreSymbolically(small, { order: ['verifier.nonce', 'hyper'] });
    expect(order.slice(0, 2)).toEqual(['verifier.nonce', 'hyper']);
    expect(states).toBe(236_865);
    expect(nodes).toBeGreaterThan(567);
  });

  test.each([['no such field'], ['hyper', 'hyper']])('that has %s is refused', (...order) => {
    expect(() => exploreSymbolically(small, { order })).toThrow(/UW202/);
  });
});

test('same search, same result, in every detail', () => {
  const system = systemOf(door, plainScenario);
  expect(exploreSymbolically(system)).toEqual(exploreSymbolically(system));
});

test('a state of very many fields does not fit a diagram: unresolved, and it says why', () => {
  interface Wide {
    readonly cells: readonly boolean[];
  }
  const wide = defineModel({
    id: 'wide',
    says: 'cells of which one is turned on',
    defences: {},
    capabilities: {},
    parameters: {},
    initial: (): Wide => ({ cells: Array.from({ length: 2500 }, () => false) }),
    actions: {
      on: actionOf<Wide, unknown>()({
        actor: 'anyone',
        says: 'turns a cell on',
        then: (draft) => {
          draft.cells[0] = true;
        },
      }),
    },
    invariants: {},
  });
  const { bound, complete, warnings } = exploreSymbolically(systemOf(wide, plainScenario));
  expect([bound, complete]).toEqual(['memoryLimitMb', false]);
  expect(warnings).toEqual(['a state has more fields than a diagram can have levels; search exhaustively']);
});

describe('a model that is not pure', () => {
  const about = { says: 'counts', source: 'test' } as const;
  interface Counter {
    readonly count: number;
    readonly lamp: boolean;
  }

  /** Counts to 40 as it should while that is learned, and by two once it is asked again. */
  const restless = (): System => {
    let runs = 0;
    const model = defineModel({
      id: 'restless',
      says: 'counts, but not twice alike',
      defences: {},
      capabilities: {},
      parameters: {},
      initial: (): Counter => ({ count: 0, lamp: false }),
      actions: {
        add: actionOf<Counter, unknown>()({
          actor: 'user',
          says: 'adds one',
          when: ({ count }) => count < 40,
          then: (draft) => {
            runs += 1;
            draft.count += runs > 41 ? 2 : 1;
          },
        }),
      },
      invariants: {
        low: { ...about, kind: 'always', holds: ({ count }: Counter) => count < 99 },
      },
    });
    return systemOf(model, plainScenario);
  };

  test.each(['chaining', 'saturation'] as const)('is caught and named, by %s too', (strategy) => {
    expect(() => exploreSymbolically(restless(), { strategy })).toThrow(
      expect.objectContaining({
        code: 'UW104',
        details: expect.objectContaining({ where: 'model restless, action add, then' }),
      }),
    );
  });
});
