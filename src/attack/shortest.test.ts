import { describe, expect, test } from 'vitest';
import { systemOf, type System } from '../model/index.ts';
import { explore } from '../search/exhaustive/explore.ts';
import type { Limits, Trace } from '../search/result.ts';
import { violatesOrWitnesses } from '../search/violates-or-witnesses.ts';
import { statesOf } from '../search/trace.ts';
import { graph, walk, type At } from '../testing/models/graph.ts';
import { plainScenario } from '../testing/models/random-model.ts';
import { smiGate } from '../testing/models/smi-gate.ts';
import { certify, type Certificate } from './shortest.ts';

const system = systemOf(smiGate, { ...plainScenario, without: ['altStatusCheck'] });

const shortestTrace = (of: System): Trace => {
  const verdict = explore(of).verdicts['never-fooled'];
  if (verdict?.kind !== 'violated' || verdict.trace === undefined)
    throw new Error('the model lost its attack');
  return verdict.trace;
};

const finish = (search: ReturnType<typeof certify>): Certificate => {
  let slice = search.next();
  while (slice.done !== true) slice = search.next();
  return slice.value;
};
const run = (trace: Trace, limits?: Limits): Certificate =>
  finish(certify(system, 'never-fooled', trace, limits));

/** The shortest attack with two steps in front that lead nowhere. */
const detour = (trace: Trace): Trace => ({
  ...trace,
  steps: [
    { action: 'vmexit', choice: { core: 0 } },
    { action: 'vmentry', choice: { core: 0 } },
    ...trace.steps,
  ],
});

describe('certify', () => {
  test('a shortest attack is certified by the states below its length', () => {
    const trace = shortestTrace(system);
    expect(run(trace)).toMatchObject({ trace, shortest: true, depth: 11 });
    expect(run(trace).states).toBeGreaterThan(10_000);
  });

  test('a longer one is replaced by a shortest, which replays', () => {
    const { trace, shortest } = run(detour(shortestTrace(system)));
    expect(shortest).toBe(true);
    expect(trace.steps).toHaveLength(12);
    expect(violatesOrWitnesses(system, 'never-fooled', statesOf(system, trace))).toBe(true);
  });

  test.each([
    ['never-fooled', { initial: 9, steps: [] }, 'UW503'],
    ['never-fooled', { initial: 0, steps: [] }, 'UW503'],
    ['never-fooled', { initial: 0, steps: [{ action: 'periodic', choice: {} }] }, 'UW503'],
    ['never-foold', { initial: 0, steps: [] }, 'UW202'],
  ] as const)('what is no attack is refused: %s, %o', (invariant, trace, code) => {
    expect(() => finish(certify(system, invariant, trace))).toThrow(code);
  });

  test.each([
    [{ maxStates: 500 }, 'maxStates'],
    [{ maxDepth: 5 }, undefined],
  ] as const)('within %o nothing is certified', (limits, bound) => {
    const trace = shortestTrace(system);
    const certificate = run(trace, limits);
    expect(certificate).toMatchObject({ trace, shortest: false });
    expect(certificate.bound).toBe(bound);
  });

  test('a state in which nothing can happen is looked for up to one step before the end', () => {
    const stuck = graph([[1, 4], [2], [3], [], [5], []], { goesOn: { kind: 'no-deadlock' } });
    const long = { initial: 0, steps: walk(1, 2, 3) };
    const short = { initial: 0, steps: walk(4, 5) };
    expect(finish(certify(stuck, 'goesOn', long))).toMatchObject({ trace: short, shortest: true, depth: 2 });
    expect(finish(certify(stuck, 'goesOn', short))).toMatchObject({ trace: short, shortest: true, depth: 1 });
    expect(finish(certify(stuck, 'goesOn', long, { maxDepth: 2 }))).toMatchObject({
      trace: long,
      shortest: false,
    });
  });

  test('so is one in which a response is owed', () => {
    const at = (place: number) => (state: At) => state.at === place;
    const owed = graph([[1, 4], [2], [3], [], [5], []], {
      answers: { kind: 'within', given: at(0), responds: at(6), steps: 9 },
    });
    const long = { initial: 0, steps: walk(1, 2, 3) };
    expect(finish(certify(owed, 'answers', long)).trace.steps).toEqual(walk(4, 5));
  });

  test('an attack of one step is held against all initial states', () => {
    const starts = graph([[1], [0], [2]], { low: { kind: 'always', holds: ({ at }) => at === 0 } }, [0, 2]);
    const certificate = finish(certify(starts, 'low', { initial: 0, steps: walk(1) }));
    expect(certificate).toMatchObject({ trace: { initial: 1, steps: [] }, shortest: true });
  });

  test('where no way leads back is certified by all states or not at all', () => {
    const edges = [[0, 1, 2], [2], [3], [2]];
    const back = { kind: 'recovers', good: ({ at }: At) => at === 0 } as const;
    const long: Trace = { initial: 0, steps: walk(0, 1, 2, 3, 2), onward: { stem: 3, loopFrom: 3 } };
    const short: Trace = { initial: 0, steps: walk(1, 2, 3, 2), onward: { stem: 1, loopFrom: 2 } };
    const certified = (limits?: Limits) => finish(certify(graph(edges, { back }), 'back', long, limits));
    expect(certified()).toEqual({ trace: short, shortest: true, states: 4, depth: 1 });
    expect(certified({ maxDepth: 2 })).toEqual({ trace: long, shortest: false, states: 4, depth: 2 });
    expect(certified({ maxStates: 2 })).toMatchObject({ trace: long, shortest: false, bound: 'maxStates' });
  });
});
