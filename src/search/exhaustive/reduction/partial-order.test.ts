import { describe, expect, test } from 'vitest';
import { actionOf, defineModel, systemOf, type AnyModel } from '../../../model/index.ts';
import { plainScenario } from '../../../testing/models/random-model.ts';
import { smiGate } from '../../../testing/models/smi-gate.ts';
import { explore } from '../explore.ts';
import type { ExhaustiveResult } from '../search.ts';
import { violatesOrWitnesses } from '../../violates-or-witnesses.ts';
import { statesOf } from '../../trace.ts';

interface Wheels {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly alarm: boolean;
}

const act = actionOf<Wheels, unknown>();

/** Counts up to `most`, or round and round. */
const turn = (wheel: 'a' | 'b' | 'c', most: number, round: boolean) =>
  act({
    actor: 'hand',
    says: `turns ${wheel}`,
    when: (state) => round || state[wheel] < most,
    then: (draft) => {
      draft[wheel] = (draft[wheel] + 1) % (most + 1);
    },
  });

const alarm = act({
  actor: 'hand',
  says: 'raises the alarm',
  when: ({ a, b }) => a === 3 && b === 3,
  then: (draft) => {
    draft.alarm = true;
  },
});

const about = { says: 'of wheels', source: 'test' } as const;
const quiet = { ...about, kind: 'always', holds: (state: Wheels) => !state.alarm } as const;

const wheels = (parts: Pick<AnyModel, 'actions'> & Partial<AnyModel>): AnyModel =>
  defineModel<Wheels, object, string, string, string>({
    id: 'wheels',
    says: 'three wheels',
    defences: {},
    capabilities: {},
    parameters: {},
    initial: () => ({ a: 0, b: 0, c: 0, alarm: false }),
    invariants: { quiet },
    ...(parts as object),
  } as never);

const search = (model: AnyModel, invariants?: readonly string[]): ExhaustiveResult =>
  explore(systemOf(model, plainScenario), {
    reduce: ['partial-order'],
    ...(invariants === undefined ? {} : { invariants }),
  });

describe('orders of steps that lead to the same', () => {
  const apart = { a: turn('a', 3, false), b: turn('b', 3, false), c: turn('c', 3, false) };

  test('wheels that have nothing to do with each other are turned one after the other', () => {
    const result = search(wheels({ actions: apart }));
    expect(explore(systemOf(wheels({ actions: apart }), plainScenario)).states).toBe(64);
    expect(result).toMatchObject({ states: 10, transitions: 9, complete: true, warnings: [] });
    expect(result.verdicts).toEqual({ quiet: { kind: 'holds' } });
    expect(result.reduced).toEqual([{ kind: 'partial-order', reduced: 6 }]);
  });

  test('what an invariant looks at is turned in every order', () => {
    const low = { ...about, kind: 'always', holds: ({ a, b }: Wheels) => a + b < 7 } as const;
    expect(search(wheels({ actions: apart, invariants: { low } })).states).toBe(16 + 3);
  });

  test('an attack is found, runs, and is not called shortest', () => {
    const model = wheels({ actions: { ...apart, alarm } });
    const verdict = search(model).verdicts['quiet'];
    if (verdict?.kind !== 'violated' || verdict.trace === undefined) throw new Error('no attack');
    expect(verdict.shortest).toBe(false);
    const system = systemOf(model, plainScenario);
    expect(violatesOrWitnesses(system, 'quiet', statesOf(system, verdict.trace))).toBe(true);
  });

  test('a wheel that turns for ever does not keep the others from turning', () => {
    const actions = { c: turn('c', 1, true), a: turn('a', 3, false), b: turn('b', 3, false), alarm };
    expect(search(wheels({ actions })).verdicts['quiet']).toMatchObject({ kind: 'violated' });
  });

  test('an action that reads what is only written where another one gets to later counts as reading it', () => {
    // `c` becomes 2 only after a and b; the guard on it is not run in any state before.
    const actions = {
      a: turn('a', 1, false),
      b: act({
        actor: 'hand',
        says: 'looks at a once c is 1',
        when: ({ b, c, a }) => b < 1 && (c === 0 || a === 0),
        then: (draft) => {
          draft.b = 1;
        },
      }),
      c: act({
        actor: 'hand',
        says: 'turns c',
        when: ({ c }) => c === 0,
        then: (draft) => {
          draft.c = 1;
        },
      }),
      alarm: act({
        actor: 'hand',
        says: 'raises the alarm',
        when: ({ a, b, c }) => a === 0 && b === 1 && c === 1,
        then: (draft) => {
          draft.alarm = true;
        },
      }),
    };
    expect(search(wheels({ actions })).verdicts['quiet']).toMatchObject({ kind: 'violated' });
  });
});

describe('where nothing can be said of all states, nothing is reduced', () => {
  // One of a and b is turned, never both: the third action never happens.
  const either = (wheel: 'a' | 'b', other: 'a' | 'b', more: (state: Wheels) => boolean) =>
    act({
      actor: 'hand',
      says: `turns ${wheel}`,
      when: (state) => (state[wheel] < 1 && state[other] === 0) || more(state),
      then: (draft) => {
        draft[wheel] += 1;
      },
    });
  const withBoth = (more: (state: Wheels) => boolean, then: (draft: { alarm: boolean }) => void) =>
    search(
      wheels({
        actions: {
          a: either('a', 'b', more),
          b: either('b', 'a', () => false),
          c: turn('c', 3, false),
          both: act({ actor: 'hand', says: 'has both', when: ({ a, b }) => a === 1 && b === 1, then }),
        },
        invariants: {},
      }),
    );

  test('a function that throws on values which never meet', () => {
    const result = withBoth(
      () => false,
      () => {
        throw new RangeError('both at once');
      },
    );
    expect(result).toMatchObject({ states: 12, complete: true });
    expect(result.reduced).toEqual([
      {
        kind: 'partial-order',
        reduced: 0,
        unbounded: expect.stringMatching(
          /^model wheels, action both fails on values that may never meet: RangeError: both at once, at src\/search\/exhaustive\/reduction\/partial-order\.test\.ts:\d+:\d+$/,
        ),
      },
    ]);
  });

  test('values without end', () => {
    const result = withBoth(
      (state) => state.alarm,
      (draft) => {
        draft.alarm = true;
      },
    );
    expect(result).toMatchObject({ states: 12, complete: true });
    expect(result.reduced).toMatchObject([
      { reduced: 0, unbounded: expect.stringContaining('too many values, or combinations') },
    ]);
  });
});

test.each([
  ['never-step', { ...about, kind: 'never-step', bad: () => false }],
  ['within', { ...about, kind: 'within', given: () => true, responds: () => true, steps: 3 }],
] as const)('an invariant of kind %s is refused', (_, claim) => {
  const model = wheels({ actions: { a: turn('a', 1, false) }, invariants: { claim } });
  expect(() => search(model)).toThrow(expect.objectContaining({ code: 'UW202' }));
});

test('the reference model: the same verdicts, with and without symmetry', () => {
  const system = systemOf(smiGate, { ...plainScenario, without: ['altStatusCheck'] });
  for (const reduce of [['partial-order'], ['partial-order', 'symmetry']] as const) {
    const verdict = explore(system, { reduce }).verdicts['never-fooled'];
    expect(verdict).toMatchObject({ kind: 'violated', shortest: false });
  }
});
