import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, runnable, systemOf, type AnyModel, type State } from '../../../model/index.ts';
import { graph, walk, type At } from '../../../testing/models/graph.ts';
import { plainScenario, randomModel } from '../../../testing/models/random-model.ts';
import { searchPlainly } from '../../../testing/plain-search.ts';
import { smiGate } from '../../../testing/models/smi-gate.ts';
import type { Trace, Verdict } from '../../result.ts';
import { violatesOrWitnesses } from '../../violates-or-witnesses.ts';
import { statesOf } from '../../trace.ts';
import { explore, exploreInSlices } from '../explore.ts';

const backTo = (...places: readonly number[]) =>
  ({ kind: 'recovers', good: ({ at }: At) => places.includes(at) }) as const;
const lost = (trace: Trace): Verdict => ({ kind: 'violated', trace, shortest: true });

describe('recovers', () => {
  test('holds where every way leads back, and vacuously where nobody asks', () => {
    const ring = [[1], [2, 3], [0], [2]];
    const asked = { ...backTo(0), given: ({ at }: At) => at > 7 };
    const { verdicts, antecedents, complete } = explore(graph(ring, { back: backTo(0), asked }));
    expect(verdicts).toEqual({ back: { kind: 'holds' }, asked: { kind: 'vacuous' } });
    expect(antecedents).toEqual({ back: 4, asked: 0 });
    expect(complete).toBe(true);
  });

  test('is violated by the shortest stem, and the trap behind it is shown', () => {
    // From 2 on it goes round between 3 and 4.
    const system = graph([[1, 2], [0], [3], [4], [3]], { back: backTo(1) });
    const trace = { initial: 0, steps: walk(2, 3, 4, 3), onward: { stem: 1, loopFrom: 2 } };
    const result = explore(system);
    expect(result.verdicts['back']).toEqual(lost(trace));
    expect(result.antecedents['back']).toBe(5);
    expect(result.complete).toBe(true);
    expect(violatesOrWitnesses(system, 'back', statesOf(system, trace))).toBe(true);
    expect(violatesOrWitnesses(system, 'back', statesOf(system, { initial: 0, steps: walk(1, 0) }))).toBe(
      false,
    );
  });

  test.each([
    ['a dead end behind the stem', [[1], [2], []], walk(1, 2), { stem: 1 }],
    ['a stem that is one', [[0, 1], []], walk(1), { stem: 1 }],
    ['a step that changes nothing', [[1], [1]], walk(1, 1), { stem: 1, loopFrom: 1 }],
  ])('%s', (_what, edges, steps, onward) => {
    expect(explore(graph(edges, { back: backTo(0) })).verdicts['back']).toEqual(
      lost({ initial: 0, steps, onward }),
    );
  });

  test('no step is needed where the start is lost, whichever of several it is', () => {
    const edges = [[1], [0], [3], [2]];
    expect(explore(graph(edges, { back: backTo(1) }, [0, 2])).verdicts['back']).toEqual(
      lost({ initial: 1, steps: walk(3, 2), onward: { stem: 0, loopFrom: 0 } }),
    );
  });

  test('of two lost states at one depth the first in the order of steps is told', () => {
    const { verdicts } = explore(graph([[0, 1, 2], [], []], { back: backTo(0) }));
    expect(verdicts['back']).toMatchObject({ trace: { steps: walk(1) } });
  });

  test('the stem leads to a state that should recover, though there may be no return sooner', () => {
    const asked = { ...backTo(0), given: ({ at }: At) => at === 2 };
    expect(explore(graph([[0, 1], [2], [2]], { asked })).verdicts['asked']).toEqual(
      lost({ initial: 0, steps: walk(1, 2, 2), onward: { stem: 2, loopFrom: 2 } }),
    );
  });

  test('several at once, with a waiting time beside them, are as each alone', () => {
    const edges = [[1, 2], [0, 1], [3], [4, 2], [5], []];
    const waits = {
      kind: 'within',
      given: ({ at }: At) => at === 0,
      responds: ({ at }: At) => at === 5,
      steps: 3,
    } as const;
    const claims = { one: backTo(1), two: backTo(2), five: backTo(5), waits };
    const together = explore(graph(edges, claims)).verdicts;
    expect(together['five']).toEqual({ kind: 'holds' });
    expect(together['one']).toMatchObject({ trace: { onward: { stem: 1, loopFrom: 1 } } });
    expect(together['two']).toEqual(lost({ initial: 0, steps: walk(2, 3, 4, 5), onward: { stem: 3 } }));
    for (const id of Object.keys(claims)) {
      expect(explore(graph(edges, claims), { invariants: [id] }).verdicts[id]).toEqual(together[id]);
    }
  });
});

const asked = (model: AnyModel): AnyModel => ({
  ...runnable(model),
  invariants: {
    ...runnable(model).invariants,
    late: {
      kind: 'within',
      says: 'a flag is answered',
      source: 'test',
      given: (state: State) => state['flag'] === true,
      responds: (state: State) => state['mode'] === 'run',
      steps: 3,
    },
  },
});

describe('against a plain search of random models', () => {
  test('the same first lost state, waiting times or not, and a way on that avoids what is good', () => {
    fc.assert(
      fc.property(randomModel, (model) => {
        const system = systemOf(asked(model), plainScenario);
        const { broken, where } = searchPlainly(system);
        const alone = explore(system, { invariants: ['comesBack'] }).verdicts['comesBack']!;
        expect(explore(system).verdicts['comesBack']).toEqual(alone);
        expect(explore(system, { fuseFrom: 8 }).verdicts['comesBack']).toEqual(alone);
        expect(alone.kind === 'violated').toBe('comesBack' in broken);
        if (alone.kind !== 'violated') return;
        const states = statesOf(system, alone.trace!);
        const { stem } = alone.trace!.onward!;
        expect([stem, canonical(states[stem]!)]).toEqual([broken['comesBack'], where['comesBack']]);
        const claim = system.model.invariants['comesBack']!;
        const isGood = (state: State): boolean =>
          claim.kind === 'recovers' && claim.good(state, system.setting);
        expect(states.slice(stem).some(isGood)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

/** The reference model with claims of its own; more states than one batch, and than one segment. */
const gate = (size: { readonly cores: number; readonly pending: number; readonly nonces: number }) => {
  const said = { says: 'test', source: 'test' } as const;
  const phase = (state: State): unknown => (state['verifier'] as { readonly phase: string }).phase;
  const model: AnyModel = {
    ...runnable(smiGate),
    invariants: {
      idle: { ...said, kind: 'recovers', good: (state: State) => state['handler'] === 'idle' },
      answers: {
        ...said,
        kind: 'recovers',
        given: (state: State) => phase(state) === 'waiting',
        good: (state: State) => phase(state) === 'accepted',
      },
      goesOn: { ...said, kind: 'no-deadlock' },
    },
  };
  return systemOf(model, { ...plainScenario, parameters: size });
};

const large = { cores: 2, pending: 2, nonces: 2 };

describe('on the reference model', () => {
  test('as a plain search of a small one has it', () => {
    const system = gate({ cores: 1, pending: 1, nonces: 1 });
    const { broken, asked: counts } = searchPlainly(system);
    const { verdicts, antecedents } = explore(system);
    const stems = Object.entries(verdicts).flatMap(([id, verdict]) =>
      verdict.kind === 'violated' ? [[id, verdict.trace!.onward?.stem]] : [],
    );
    expect(Object.fromEntries(stems)).toEqual(broken);
    expect(antecedents).toEqual({ ...counts, goesOn: 0 });
  });

  test('in many batches: the handler always comes back, and a compromised hypervisor is never accepted honestly', () => {
    const { verdicts, antecedents, states } = explore(gate(large));
    expect(states).toBe(236_865);
    expect(verdicts).toMatchObject({
      idle: { kind: 'holds' },
      answers: {
        kind: 'violated',
        trace: {
          steps: { 0: { action: 'request' }, 1: { action: 'compromise' }, length: 21 },
          onward: { stem: 2, loopFrom: 12 },
        },
      },
      goesOn: { kind: 'holds' },
    });
    expect(antecedents).toEqual({ idle: 236_865, answers: 72_996, goesOn: 0 });
  });
});

describe('limits', () => {
  const mebibytes = (bytes: number): number => bytes / 1_048_576;

  test.each([
    ['maxDepth', { maxDepth: 1 }],
    ['maxStates', { maxStates: 3 }],
  ] as const)('%s: what can be reached is not known of some states', (bound, limits) => {
    const system = graph([[1, 2], [0], [3], [2]], { back: backTo(1) });
    expect(explore(system, { limits }).verdicts['back']).toEqual({ kind: 'unresolved', bound });
  });

  test('memoryLimitMb: all states fit, the steps between them do not; with room for these they do', () => {
    const { bytes, states, transitions } = explore(gate(large), { invariants: [] });
    // The memory of a search beside its states, for which its limit is, too.
    const besideMb = 40;
    const within = (leftMb: number) => explore(gate(large), { limits: { memoryLimitMb: besideMb + leftMb } });
    const links = mebibytes(8 * transitions);
    expect(links).toBeGreaterThan(5);
    const scant = within(Math.ceil(mebibytes(bytes) + links));
    expect(scant.verdicts).toMatchObject({
      idle: { kind: 'unresolved', bound: 'memoryLimitMb' },
      goesOn: { kind: 'holds' },
    });
    expect(scant.complete).toBe(true);
    expect(within(Math.ceil(mebibytes(bytes + 13 * states) + links)).verdicts['idle']?.kind).toBe('holds');
  });

  test('whoever stops it once all states are known leaves what was decided', () => {
    const system = gate({ cores: 1, pending: 1, nonces: 1 });
    const slicesOf = (invariants: readonly string[]) => exploreInSlices(system, { invariants });
    const all = Object.keys(system.model.invariants);
    const toKnowAll = [...slicesOf(['goesOn'])].length;
    expect([...slicesOf(all)].length).toBeGreaterThan(toKnowAll);
    const slices = slicesOf(all);
    let slice = slices.next();
    for (let seen = 1; slice.done !== true; seen += 1)
      slice = slices.next(seen > toKnowAll ? 'stop' : undefined);
    expect(slice.value).toMatchObject({ complete: true });
    expect(slice.value.verdicts).toMatchObject({
      idle: { kind: 'unresolved', bound: 'interrupted' },
      goesOn: { kind: 'holds' },
    });
  });
});
