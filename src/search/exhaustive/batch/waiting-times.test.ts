import { describe, expect, test } from 'vitest';
import {
  actionOf,
  defineModel,
  integers,
  systemOf,
  type Setting,
  type System,
} from '../../../model/index.ts';
import { explore } from '../explore.ts';

interface Bits {
  readonly xs: readonly number[];
}

/**
 * Five bits that change one at a time, a question about all of them, and so many waits, the longer ones for
 * longer.
 */
const bits = (waits: number): System =>
  systemOf(
    defineModel({
      id: 'bits',
      says: 'five bits',
      defences: {},
      capabilities: {},
      parameters: {},
      initial: (): Bits => ({ xs: [0, 0, 0, 0, 0] }),
      actions: {
        flip: actionOf<Bits, Setting<object, never>>()({
          actor: 'hand',
          says: 'flips a bit',
          choose: { i: integers(0, 4) },
          then: (draft, { i }) => {
            draft.xs[i] = 1 - draft.xs[i]!;
          },
        }),
      },
      invariants: {
        two: {
          kind: 'always',
          says: 'No bit is 2.',
          source: 'arithmetic',
          holds: ({ xs }) => !xs.some((x) => x === 2),
        },
        ...Object.fromEntries(
          Array.from({ length: waits }, (_, wait) => [
            `w${wait}`,
            {
              kind: 'within' as const,
              says: 'The first two are not both 1 for long.',
              source: 'this test',
              given: ({ xs }: Bits) => xs[0] === 1 && xs[1] === 1,
              responds: ({ xs }: Bits) => xs[1] === 0,
              steps: 1 + wait,
            },
          ]),
        ),
      },
    }),
    { without: [], capabilities: [], parameters: {} },
  );

const lengths = (verdicts: ReturnType<typeof explore>['verdicts']): readonly (number | string)[] =>
  Object.values(verdicts).map((verdict) =>
    verdict.kind === 'violated' ? verdict.trace!.steps.length : verdict.kind,
  );

describe('waiting times', () => {
  const expected = ['holds', ...Array.from({ length: 7 }, (_, wait) => 3 + wait)];

  test.each([
    ['one by one', {}],
    ['with questions about the array', { askFrom: 1 }],
    ['fused', { askFrom: 1, fuseFrom: 64 }],
  ])('are as many as there are invariants, whatever the fields: %s', (_, options) => {
    // Seven over five fields: with these they are more than two rows have.
    expect(lengths(explore(bits(7), { ...options, limits: { maxStates: 50_000 } }).verdicts)).toEqual(
      expected,
    );
  });
});

interface Ring {
  readonly at: number;
}

/** A ring that answers in its last place what is asked in its first. */
const ring = (places: number, steps: number): System =>
  systemOf(
    defineModel({
      id: 'ring',
      says: 'a ring',
      defences: {},
      capabilities: {},
      parameters: {},
      initial: (): Ring => ({ at: 0 }),
      actions: {
        turn: actionOf<Ring, Setting<object, never>>()({
          actor: 'hand',
          says: 'goes on by one place',
          then: (draft) => {
            draft.at = (draft.at + 1) % places;
          },
        }),
      },
      invariants: {
        waits: {
          kind: 'within',
          says: 'A first place is followed by the last one.',
          source: 'this test',
          given: ({ at }) => at === 1,
          responds: ({ at }) => at === 0,
          steps,
        },
      },
    }),
    { without: [], capabilities: [], parameters: {} },
  );

describe('a deadline', () => {
  test.each([2 ** 30, 2 ** 32, Number.MAX_SAFE_INTEGER])('of %d steps is kept by a short wait', (steps) => {
    const { states, verdicts } = explore(ring(3, steps));
    expect(verdicts['waits']).toEqual({ kind: 'holds' });
    expect(states).toBe(3);
  });

  test.each([{}, { fuseFrom: 64 }])(
    'beyond what a state has room for at first is kept, or missed, exactly',
    (options) => {
      expect(explore(ring(1000, 999), options)).toMatchObject({ states: 1000, transitions: 1000 });
      expect(explore(ring(1000, 999), options).verdicts['waits']).toEqual({ kind: 'holds' });
      const missed = explore(ring(1000, 997), options).verdicts['waits'];
      expect(missed).toMatchObject({ kind: 'violated', shortest: true });
      expect(lengths({ waits: missed! })).toEqual([998]);
    },
  );
});
