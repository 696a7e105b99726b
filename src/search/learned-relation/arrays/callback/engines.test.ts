// oxlint-disable -- callbacks as people write them
import { describe, expect, test } from 'vitest';
import {
  actionOf,
  defineModel,
  integers,
  systemOf,
  type AnyModel,
  type System,
} from '../../../../model/index.ts';
import { searchPlainly } from '../../../../testing/plain-search.ts';
import { plainScenario } from '../../../../testing/models/random-model.ts';
import { explore } from '../../../exhaustive/explore.ts';
import { lengthOf, type SearchResult } from '../../../result.ts';
import { exploreSymbolically } from '../../../symbolic/explore.ts';

interface Hall {
  readonly slots: readonly number[];
  readonly cells: readonly { readonly on: boolean; readonly n: number }[];
  readonly locked: boolean;
  readonly sum: number;
  readonly kept: readonly unknown[];
  readonly alarm: boolean;
}
type Draft = {
  -readonly [key in keyof Hall]: key extends 'slots'
    ? number[]
    : key extends 'cells'
      ? { on: boolean; n: number }[]
      : key extends 'kept'
        ? unknown[]
        : Hall[key];
};

const SIZE = 5;
const act = actionOf<Hall, unknown>();

/**
 * Cells and slots that change one by one, and something that looks at all of them, or changes them, in one
 * step.
 */
const hall = (does: (draft: Draft) => void, when: (state: Hall) => boolean = () => true): AnyModel =>
  defineModel({
    id: 'hall',
    says: 'cells, slots, and what is done with all of them',
    defences: {},
    capabilities: {},
    parameters: {},
    initial: (): Hall => ({
      slots: Array.from({ length: SIZE }, () => 0),
      cells: Array.from({ length: SIZE }, () => ({ on: false, n: 0 })),
      locked: false,
      sum: 0,
      kept: [],
      alarm: false,
    }),
    actions: {
      lock: act({
        actor: 'anyone',
        says: 'locks',
        then: (draft) => {
          draft.locked = true;
        },
      }),
      fill: act({
        actor: 'anyone',
        says: 'fills a slot',
        choose: { at: integers(0, SIZE - 1) },
        when: ({ slots }, { at }) => slots[at]! < (at < 2 ? 2 : 1),
        then: (draft, { at }) => {
          draft.slots[at]! += 1;
        },
      }),
      light: act({
        actor: 'anyone',
        says: 'lights a cell, after those before it',
        choose: { at: integers(0, SIZE - 1) },
        when: ({ cells }, { at }) => !cells[at]!.on && (at === 0 || cells[at - 1]!.on),
        then: (draft, { at }) => {
          draft.cells[at]!.on = true;
        },
      }),
      all: act({ actor: 'anyone', says: 'does it', when, then: (draft) => does(draft as Draft) }),
    },
    invariants: {
      calm: { kind: 'always', says: 'no alarm', source: 'test', holds: ({ alarm }) => !alarm },
    },
  });

const RECIPES: readonly (readonly [what: string, does: (draft: Draft) => void])[] = [
  [
    'kept before a write, counted after it',
    (d) => {
      const lit = d.cells.filter(({ on }) => on);
      d.cells[0]!.on = false;
      if (lit.length === SIZE) d.alarm = true;
    },
  ],
  [
    'kept before a write, looked at after it',
    (d) => {
      const lit = d.cells.filter(({ on }) => on);
      d.cells[0]!.on = false;
      d.sum = lit.filter(({ on }) => on).length;
      if (d.sum === SIZE - 1) d.alarm = true;
    },
  ],
  [
    'counted, then gone through',
    (d) => {
      const full = d.slots.filter((slot) => slot === 1);
      if (full.length > 2) d.sum = full.reduce((sum, slot) => sum + slot, 0);
      if (d.sum === SIZE) d.alarm = true;
    },
  ],
  [
    'assigned',
    (d) => {
      d.kept = d.slots.filter((slot) => slot === 2);
      d.slots[0] = 0;
      if (d.kept.length === 2) d.alarm = true;
    },
  ],
  [
    'emptied',
    (d) => {
      const full = d.slots.filter((slot) => slot > 0);
      if (d.locked) full.length = 0;
      if (full.length === SIZE) d.alarm = true;
    },
  ],
  [
    'written to',
    (d) => {
      const full = d.slots.filter((slot) => slot > 0);
      full[0] = 7;
      if (full.length === SIZE && full.includes(7)) d.alarm = true;
    },
  ],
  [
    'a sum on the side',
    (d) => {
      let sum = 0;
      d.slots.every((slot) => {
        sum += slot;
        return true;
      });
      if (sum === SIZE + 2) d.alarm = true;
    },
  ],
  [
    'an index handed out',
    (d) => {
      let at = -1;
      if (
        d.cells.some((cell, index) => {
          if (cell.on) return false;
          at = index;
          return true;
        })
      )
        d.sum = at;
      if (d.sum === SIZE - 1) d.alarm = true;
    },
  ],
  [
    'the first one remembered',
    (d) => {
      let first: number | undefined;
      d.alarm = d.slots.every((slot) => (first ??= slot) === slot) && first === 1;
    },
  ],
  [
    'the one before',
    (d) => {
      let before = 0;
      d.alarm =
        d.slots.findIndex((slot) => {
          const was = before;
          before = slot;
          return was === 2 && slot === 0;
        }) === 2;
    },
  ],
  [
    'what else there is',
    (d) => {
      d.alarm = d.cells.some(({ on }) => on && !d.locked);
    },
  ],
  [
    'neighbours',
    (d) => {
      d.alarm = d.slots.some(
        (slot, at) => at > 0 && slot === 1 && d.slots[at - 1] === 2 && d.slots[at + 1] === 0,
      );
    },
  ],
  [
    'a loop that ends on states that there are',
    (d) => {
      d.sum = d.cells.findIndex((cell, first) => {
        let at = first;
        while (at < SIZE && (d.cells[at]!.on || !d.cells[at]!.on)) at += 1;
        return cell.on && at === SIZE;
      });
    },
  ],
  [
    'an error that is caught',
    (d) => {
      try {
        d.alarm = d.slots.every((slot) => {
          if (slot === 0) throw new Error('empty');
          return slot >= 1;
        });
      } catch {
        d.alarm = false;
      }
    },
  ],
  [
    'a count while going through',
    (d) => {
      let lit = 0;
      d.cells.forEach(({ on }) => {
        if (on) lit += 1;
      });
      if (lit === SIZE) d.alarm = true;
    },
  ],
  [
    'each by the one before it',
    (d) => {
      d.cells.forEach((cell, at) => {
        if (at > 0 && d.cells[at - 1]!.n > 0) cell.n = 1;
        else if (cell.on) cell.n = 1;
      });
      if (d.cells.every(({ n }) => n === 1)) d.alarm = true;
    },
  ],
  [
    'a flag while changing',
    (d) => {
      let any = false;
      d.cells.forEach((cell) => {
        if (cell.on) any = true;
        cell.on = false;
      });
      if (any && d.locked) d.alarm = true;
    },
  ],
  [
    'each by itself, then looked at',
    (d) => {
      d.cells.forEach((cell) => {
        if (cell.on) cell.n = cell.n < 2 ? cell.n + 1 : 2;
        cell.on = false;
      });
      if (d.cells[0]!.n === 2) d.alarm = true;
    },
  ],
  [
    'each by itself, and caught when looked at',
    (d) => {
      d.cells.forEach((cell) => {
        cell.on = !cell.on;
      });
      try {
        if (d.cells.every(({ on }) => on)) d.sum = 1;
      } catch {
        d.alarm = true;
      }
    },
  ],
  [
    'the method of one array on another',
    (d) => {
      const some = d.slots.some as unknown as (
        this: unknown,
        test: (cell: { on: boolean }) => boolean,
      ) => boolean;
      d.alarm = some.call(d.cells, ({ on }) => on) && d.locked;
    },
  ],
  [
    'found, and changed',
    (d) => {
      const found = d.cells.find(({ on, n }) => on && n === 0);
      if (found !== undefined) found.n = 1;
      d.alarm = d.cells.filter(({ n }) => n === 1).length === 3;
    },
  ],
  [
    'a value found',
    (d) => {
      d.sum = d.slots.find((slot) => slot !== 0) ?? 0;
      d.alarm = d.sum === 2 && d.locked;
    },
  ],
];

const GUARDS: readonly (readonly [what: string, when: (state: Hall) => boolean])[] = [
  ['what else there is, at times', ({ cells, ...rest }) => cells.some(({ on }) => on && !rest.locked)],
  ['through the state', (s) => s.slots.some((slot) => slot === 2 && s.locked)],
  ['a table', (s) => s.slots.some((slot) => s.cells[slot]!.on)],
  [
    'agreement',
    ({ slots }) => {
      let chosen: number | null = null;
      return slots.every((slot) => slot === 0 || (chosen ??= slot) === slot);
    },
  ],
  [
    'a memo outside the callback, within the function',
    ({ slots }) => {
      const seen = new Set<number>();
      return slots.every((slot) => {
        if (slot === 0) return true;
        seen.add(slot);
        return seen.size < 2;
      });
    },
  ],
];

const MODELS = [
  ...RECIPES.map(([what, does]) => [what, hall(does)] as const),
  ...GUARDS.map(
    ([what, when]) =>
      [
        `when: ${what}`,
        hall((d) => {
          d.alarm = true;
        }, when),
      ] as const,
  ),
];

const ENGINES: readonly (readonly [string, (system: System) => SearchResult])[] = [
  ['as it is', (system) => explore(system, { toTheEnd: true })],
  ['arrays of any length, fused', (system) => explore(system, { toTheEnd: true, askFrom: 1, fuseFrom: 16 })],
  ['element by element', (system) => explore(system, { toTheEnd: true, askFrom: Infinity })],
  ['levels', (system) => exploreSymbolically(system, { toTheEnd: true })],
  ['saturation', (system) => exploreSymbolically(system, { toTheEnd: true, strategy: 'saturation' })],
];

describe.each(MODELS)('%s', (_, model) => {
  const system = systemOf(model, plainScenario);
  const plainly = searchPlainly(system);
  test.each(ENGINES)('%s', (__, search) => {
    const {
      states,
      transitions,
      verdicts: { calm },
    } = search(system);
    expect([states, transitions]).toEqual([plainly.states, plainly.transitions]);
    const length = calm?.kind === 'violated' && calm.trace !== undefined ? lengthOf(calm.trace) : calm?.kind;
    expect(length).toBe(plainly.broken['calm'] ?? 'holds');
  });
});
