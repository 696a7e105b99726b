import { describe, expect, test } from 'vitest';
import { actionOf, defineModel, integers, systemOf, type System } from '../../model/index.ts';
import { plainScenario } from '../../testing/models/random-model.ts';
import { explore } from '../exhaustive/explore.ts';
import type { SearchResult } from '../result.ts';
import { exploreSymbolically } from './explore.ts';

interface Hall {
  readonly doors: readonly { readonly open: boolean; readonly seen: number }[];
  readonly alarm: boolean;
}

const act = actionOf<Hall, unknown>();
const DOORS = 6;

/** Doors that open and close one by one, and an alarm that `asks` about all of them. */
const hall = (asks: (state: Hall) => boolean): System =>
  systemOf(
    defineModel({
      id: 'hall',
      says: 'doors and an alarm',
      defences: {},
      capabilities: {},
      parameters: {},
      initial: (): Hall => ({
        doors: Array.from({ length: DOORS }, () => ({ open: false, seen: 0 })),
        alarm: false,
      }),
      actions: {
        turn: act({
          actor: 'anyone',
          says: 'opens or closes a door',
          choose: { door: integers(0, DOORS - 1) },
          then: (draft, { door }) => {
            const one = draft.doors[door]!;
            one.open = !one.open;
            if (one.open && one.seen < 2) one.seen += 1;
          },
        }),
        ring: act({
          actor: 'alarm',
          says: 'rings',
          when: (state) => !state.alarm && asks(state),
          then: (draft) => {
            draft.alarm = true;
          },
        }),
      },
      invariants: {
        quiet: { kind: 'always', says: 'it is quiet', source: 'test', holds: ({ alarm }) => !alarm },
      },
    }),
    plainScenario,
  );

// Turning a door takes four runs each, a bell that rings one; the rest is what there is to answer, or learned
// anew where a door was seen for the first time. A test that is handed the array, or its `this`, is read
// element by element.
const QUESTIONS: readonly (readonly [string, (state: Hall) => boolean, number])[] = [
  ['some, over one field', ({ doors }) => doors.some(({ open }) => open), 27],
  ['every, over one field', ({ doors }) => doors.every(({ open }) => open), 27],
  ['some, over two fields', ({ doors }) => doors.some(({ open, seen }) => open && seen === 2), 33],
  ['every, in the order of the fields', ({ doors }) => doors.every(({ open, seen }) => seen > 1 || open), 33],
  ['find', ({ doors }) => doors.find(({ open }) => open)?.seen === 2, 38],
  ['findIndex', ({ doors }) => doors.findIndex(({ open }) => open) === DOORS - 1, 32],
  ['counting', ({ doors }) => doors.filter(({ open }) => open).length === 4, 32],
  ['an element left out by its place', ({ doors }) => doors.every(({ open }, at) => at === 3 || open), 27],
  [
    'the length of the array',
    ({ doors }) => doors.some(({ open }, at, all) => open && at < all.length - 2),
    33,
  ],
  [
    'a test that is handed its this',
    ({ doors }) =>
      doors.some(function isOpen(this: string, { open }) {
        return open && this.length > 0;
      }, 'this'),
    32,
  ],
];

const stepsIn = ({ verdicts: { quiet } }: SearchResult): number | undefined =>
  quiet?.kind === 'violated' ? quiet.trace?.steps.length : undefined;

describe('what a function asks of a whole array is learned once for each answer', () => {
  test.each(QUESTIONS)('%s', (_, asks, runs) => {
    const system = hall(asks);
    const one = explore(system, { invariants: [], askFrom: Infinity });
    const sets = exploreSymbolically(system, { invariants: [] });
    expect([sets.states, sets.transitions, sets.depth]).toEqual([one.states, one.transitions, one.depth]);
    expect(sets.userRuns).toBe(runs);
    expect(one.userRuns).toBeGreaterThanOrEqual(runs);
    expect(stepsIn(exploreSymbolically(system))).toBe(stepsIn(explore(system)));
  });
});

describe('what cannot be asked at once is read element by element, to the same states', () => {
  test.each<readonly [string, (state: Hall) => boolean]>([
    [
      'a test that remembers the element before',
      ({ doors }) => {
        let last: boolean | undefined;
        return doors.every(({ open }) => {
          const isOther = last === undefined || last !== open;
          last = open;
          return isOther;
        });
      },
    ],
    [
      'a test that throws where it expects not to be asked',
      ({ doors }) =>
        doors.some(({ open, seen }) => {
          if (open && seen === 0) throw new Error('an open door was seen');
          return open && seen === 2;
        }),
    ],
    [
      'a filter that is gone through',
      ({ doors }) => doors.filter(({ open }) => open).every(({ seen }) => seen === 2),
    ],
    ['a test within a test', ({ doors }) => doors.every((a) => doors.some((b) => a.open !== b.open))],
  ])('%s', (_, asks) => {
    const system = hall(asks);
    const one = explore(system, { invariants: [] });
    const sets = exploreSymbolically(system, { invariants: [] });
    expect([sets.states, sets.transitions, sets.depth]).toEqual([one.states, one.transitions, one.depth]);
  });
});

/** Doors that a guard goes round and shuts, all in one step; `shuts` is how. */
const guarded = (
  count: number,
  shuts: (draft: { doors: { open: boolean; seen: number }[] }) => void,
): System =>
  systemOf(
    defineModel({
      id: 'guarded',
      says: 'doors and a guard',
      defences: {},
      capabilities: {},
      parameters: {},
      initial: (): Hall => ({
        doors: Array.from({ length: count }, () => ({ open: false, seen: 0 })),
        alarm: false,
      }),
      actions: {
        open: act({
          actor: 'anyone',
          says: 'opens a door',
          choose: { door: integers(0, count - 1) },
          when: ({ doors }, { door }) => !doors[door]!.open,
          then: (draft, { door }) => {
            draft.doors[door]!.open = true;
          },
        }),
        shut: act({ actor: 'guard', says: 'shuts all doors', then: (draft) => shuts(draft) }),
      },
      invariants: {
        unseen: {
          kind: 'always',
          says: 'no door was found open twice by the one beside it',
          source: 'test',
          holds: ({ doors }) => !(doors[0]!.seen === 2 && doors.at(-1)!.seen === 1),
        },
        back: {
          kind: 'recovers',
          says: 'all doors can be shut again',
          source: 'test',
          good: ({ doors }) => doors.every(({ open }) => !open),
        },
      },
    }),
    plainScenario,
  );

describe('what is done to each element of an array is learned element by element', () => {
  const shuts = (draft: { doors: { open: boolean; seen: number }[] }): void =>
    draft.doors.forEach((door) => {
      if (door.open && door.seen < 2) door.seen += 1;
      door.open = false;
    });

  test('the same states, steps and shortest attack as one by one', () => {
    const system = guarded(4, shuts);
    const one = explore(system, { invariants: [] });
    for (const strategy of ['levels', 'chaining', 'saturation'] as const) {
      const sets = exploreSymbolically(system, { invariants: [], strategy });
      expect([sets.states, sets.transitions, sets.actions]).toEqual([
        one.states,
        one.transitions,
        one.actions,
      ]);
      const { verdicts } = exploreSymbolically(system, { strategy });
      expect(verdicts).toMatchObject({
        unseen: { kind: 'violated', shortest: true },
        back: { kind: 'holds' },
      });
      expect(verdicts['unseen']).toHaveProperty('trace.steps.length', 5);
    }
    expect(explore(system).verdicts['unseen']).toHaveProperty('trace.steps.length', 5);
  });

  test('twice as many doors are not the square of the runs', () => {
    const runs = [8, 16].map((count) => {
      const { exactStates, userRuns } = exploreSymbolically(guarded(count, shuts), {
        invariants: [],
        strategy: 'saturation',
      });
      expect(exactStates).toBe(6n ** BigInt(count));
      return userRuns;
    });
    expect(runs).toEqual([33, 61]);
  });

  test('a value that grows without end in elements that are never there is not followed', () => {
    const system = guarded(2, (draft) =>
      draft.doors.forEach((door) => {
        if (door.seen > 0) door.seen += 1;
        door.open = false;
      }),
    );
    expect(exploreSymbolically(system, { invariants: ['back'] }).exactStates).toBe(4n);
  });
});
