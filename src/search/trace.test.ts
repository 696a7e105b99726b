import { describe, expect, test } from 'vitest';
import { graph, walk, type At } from '../testing/models/graph.ts';
import { lengthOf, type Onward } from './result.ts';
import { violatesOrWitnesses } from './violates-or-witnesses.ts';
import { statesOf } from './trace.ts';

// Round between 2 and 3 once 0 and 1 are left; 4 is a dead end.
const edges = [[0, 1], [0, 2], [3], [2, 4], []];
const back = { kind: 'recovers', good: ({ at }: At) => at === 0 } as const;
const system = graph(edges, { back, asked: { ...back, given: ({ at }: At) => at === 1 } });
const trace = (places: readonly number[], onward?: Onward) => ({
  initial: 0,
  steps: walk(...places),
  ...(onward === undefined ? {} : { onward }),
});

describe('a trace that goes on', () => {
  test('runs if it ends where its loop begins, or where nothing can happen', () => {
    const loop = trace([1, 2, 3, 2], { stem: 2, loopFrom: 2 });
    expect(statesOf(system, loop).map(({ at }) => at)).toEqual([0, 1, 2, 3, 2]);
    expect(statesOf(system, trace([1, 2, 3, 4], { stem: 2 }))).toHaveLength(5);
    expect([lengthOf(loop), lengthOf(trace([1, 2]))]).toEqual([2, 2]);
  });

  test.each([
    ['a loop that does not close', [1, 2, 3], { stem: 2, loopFrom: 2 }],
    ['a loop of no steps', [1, 2], { stem: 2, loopFrom: 2 }],
    ['a loop that begins before the stem ends', [0, 0, 1], { stem: 2, loopFrom: 0 }],
    ['a loop that begins after the end', [1, 2], { stem: 2, loopFrom: 3 }],
    ['an end where something can happen', [1, 2], { stem: 2 }],
  ] as const)('does not run with %s', (_what, places, onward) => {
    expect(() => statesOf(system, trace(places, onward))).toThrow(expect.objectContaining({ code: 'UW503' }));
  });
});

describe('what a path shows', () => {
  const shows = (id: string, ...places: readonly number[]): boolean =>
    violatesOrWitnesses(system, id, statesOf(system, trace(places)));

  test('is that no way leads back, once none does', () => {
    expect(shows('back', 1)).toBe(false);
    expect(shows('back', 1, 2)).toBe(true);
    expect(shows('back', 1, 2, 3, 2)).toBe(true);
  });

  test('is nothing where a way has to lead back from elsewhere only', () => {
    expect(shows('asked', 1, 2, 3)).toBe(false);
  });
});
