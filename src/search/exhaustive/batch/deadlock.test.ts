import { describe, expect, test } from 'vitest';
import { graph, walk } from '../../../testing/models/graph.ts';
import { violatesOrWitnesses } from '../../violates-or-witnesses.ts';
import { statesOf } from '../../trace.ts';
import { explore } from '../explore.ts';

const goesOn = { kind: 'no-deadlock' } as const;
const endsAt = (...places: readonly number[]) =>
  ({ kind: 'no-deadlock', mayEnd: ({ at }: { readonly at: number }) => places.includes(at) }) as const;

describe('no-deadlock', () => {
  // Stuck in 3 after two steps, and in 4 after three.
  const edges = [[1, 2], [2], [0, 3], [], []];
  const deeper = [[1], [2], [3, 4], [], []];

  test('is violated by the shortest path to where nothing can happen', () => {
    const system = graph(edges, { goesOn });
    const { verdicts, antecedents } = explore(system);
    const trace = { initial: 0, steps: walk(2, 3) };
    expect(verdicts).toEqual({ goesOn: { kind: 'violated', trace, shortest: true } });
    expect(antecedents).toEqual({ goesOn: 1 });
    expect(violatesOrWitnesses(system, 'goesOn', statesOf(system, trace))).toBe(true);
    expect(violatesOrWitnesses(system, 'goesOn', statesOf(system, { ...trace, steps: walk(2) }))).toBe(false);
  });

  test('is not violated where it may end', () => {
    const { verdicts, antecedents, complete } = explore(
      graph(deeper, { ends: endsAt(3, 4), half: endsAt(3) }),
    );
    expect(verdicts['ends']).toEqual({ kind: 'holds' });
    expect(verdicts['half']).toMatchObject({ kind: 'violated', trace: { steps: walk(1, 2, 4) } });
    expect(antecedents).toEqual({ ends: 2, half: 2 });
    expect(complete).toBe(true);
  });

  test('is never vacuous: a system that never stops is all that it asks for', () => {
    const { verdicts, antecedents } = explore(graph([[1], [0]], { goesOn, ends: endsAt(0) }));
    expect(verdicts).toEqual({ goesOn: { kind: 'holds' }, ends: { kind: 'holds' } });
    expect(antecedents).toEqual({ goesOn: 0, ends: 0 });
  });

  test('takes a step that changes nothing for something', () => {
    expect(explore(graph([[0]], { goesOn })).verdicts['goesOn']).toEqual({ kind: 'holds' });
  });

  test('starts with the first of several initial states that is stuck', () => {
    const { verdicts } = explore(graph([[1], [0], [], []], { goesOn }, [0, 3, 2]));
    expect(verdicts['goesOn']).toEqual({
      kind: 'violated',
      trace: { initial: 1, steps: [] },
      shortest: true,
    });
  });

  test('gives the same beside a claim that counts how long it waits, and beside one that is decided sooner', () => {
    const waits = {
      kind: 'within',
      given: ({ at }: { readonly at: number }) => at === 0,
      responds: ({ at }: { readonly at: number }) => at === 4,
      steps: 9,
    } as const;
    const first = { kind: 'always', holds: () => false } as const;
    const alone = explore(graph(deeper, { goesOn })).verdicts['goesOn'];
    const together = explore(graph(deeper, { first, waits, goesOn })).verdicts;
    expect(together['goesOn']).toEqual(alone);
    expect(together['waits']).toMatchObject({ kind: 'violated', trace: { steps: walk(1, 2, 3) } });
  });

  test.each([
    ['maxDepth', { maxDepth: 3 }],
    ['maxStates', { maxStates: 3 }],
  ] as const)(
    'is unresolved where %s ends the search before the stuck state is expanded',
    (bound, limits) => {
      const { verdicts } = explore(graph(deeper, { goesOn }), { limits });
      expect(verdicts['goesOn']).toEqual({ kind: 'unresolved', bound });
      expect(explore(graph(deeper, { goesOn }), { limits: { maxDepth: 4 } }).verdicts['goesOn']?.kind).toBe(
        'violated',
      );
    },
  );

  test('does not count a stuck state that comes after the one whose successors were too many', () => {
    const starts = graph([[2, 3], [], [0], [0]], { goesOn }, [0, 1]);
    const { verdicts, antecedents } = explore(starts, { limits: { maxStates: 3 } });
    expect(verdicts['goesOn']).toEqual({ kind: 'unresolved', bound: 'maxStates' });
    expect(antecedents['goesOn']).toBe(0);
  });
});
