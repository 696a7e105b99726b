import { describe, expect, test } from 'vitest';
import { actionOf, defineModel, integers, systemOf, type Setting, type System } from '../../model/index.ts';
import { explore } from './explore.ts';

interface Row {
  readonly x: readonly number[];
}

/** Eight counters to 5, one at a time: 1,679,616 states. */
const counters = (): System =>
  systemOf(
    defineModel({
      id: 'counters',
      says: 'eight counters',
      defences: {},
      capabilities: {},
      parameters: {},
      initial: (): Row => ({ x: [0, 0, 0, 0, 0, 0, 0, 0] }),
      actions: {
        count: actionOf<Row, Setting<object, never>>()({
          actor: 'clock',
          says: 'counts',
          choose: { i: integers(0, 7) },
          when: ({ x }, { i }) => x[i]! < 5,
          then: (draft, { i }) => {
            draft.x[i]! += 1;
          },
        }),
      },
      invariants: {
        small: {
          kind: 'always',
          says: 'Three of them stay below 15 together.',
          source: 'this test: they do not',
          holds: ({ x }) => x[0]! + x[1]! + x[7]! < 15,
        },
      },
    }),
    { without: [], capabilities: [], parameters: {} },
  );

describe('a limit of memory', () => {
  // 42 mebibytes less the 40 beside the states: with 16,384 of them the set is a table of more than two
  // mebibytes.
  const limits = { memoryLimitMb: 42 };
  const said = (options: Parameters<typeof explore>[1]) => {
    const { bound, complete, depth, states, transitions, verdicts } = explore(counters(), options);
    return { bound, complete, depth, states, transitions, verdicts };
  };
  const expected = said({ limits });

  test('ends a search at a number of states that is fixed', () => {
    expect(expected).toMatchObject({
      bound: 'memoryLimitMb',
      complete: false,
      verdicts: { small: { kind: 'unresolved', bound: 'memoryLimitMb' } },
    });
    expect([expected.states, expected.transitions]).toEqual([8192, 30_575]);
    // As if just so many states had been asked for.
    const { states, transitions, depth } = explore(counters(), { limits: { maxStates: expected.states } });
    expect({ states, transitions, depth }).toEqual({
      states: expected.states,
      transitions: expected.transitions,
      depth: expected.depth,
    });
  });

  test.each([
    { threads: 2, threadsFrom: 2048, fuseFrom: 1024 },
    { threads: 3, threadsFrom: 4096 },
    { fuseFrom: 64 },
    { fuseFrom: Infinity },
  ])('ends it there however it is gone through: %o', (options) => {
    expect(said({ ...options, limits })).toEqual(expected);
  });

  test('leaves room for more states where there is more of it', () => {
    const { states, transitions } = explore(counters(), { limits: { memoryLimitMb: 44 } });
    expect([states, transitions]).toEqual([3 * 65_536, 1_033_011]);
  });
});
