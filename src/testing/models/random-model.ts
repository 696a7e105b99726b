import fc from 'fast-check';
import { actionOf, defineModel, integers, type AnyModel, type Value } from '../../model/index.ts';

/** A state with every kind of part that a model may have. */
interface Plant {
  readonly flag: boolean;
  readonly count: number;
  readonly mode: 'off' | 'idle' | 'run';
  readonly message: null | { readonly to: number; readonly text: string };
  readonly queue: readonly number[];
  readonly cells: readonly { readonly on: boolean; readonly level: number }[];
  readonly box: { readonly left: number; readonly inner: { readonly seen: boolean } };
}

const MODES = ['off', 'idle', 'run'] as const;

/** A test of a generated guard. */
type Test =
  | { readonly ask: 'flag' | 'seen' | 'message' | 'anyOn' | 'allOn' | 'full' }
  | { readonly ask: 'count' | 'left' | 'queue'; readonly least: number }
  | { readonly ask: 'mode'; readonly is: number }
  | { readonly ask: 'spread' };

const PLAIN = [
  'flip',
  'see',
  'send',
  'clear',
  'push',
  'pop',
  'swap',
  'replace',
  'rebuild',
  'ask',
  'toggle',
  'first',
] as const;
const COUNTED = ['count', 'left', 'mode', 'level', 'levels'] as const;

/** A change by a generated effect. */
type Change =
  | { readonly do: (typeof PLAIN)[number] }
  | { readonly do: (typeof COUNTED)[number]; readonly by: number };

const passes = (state: Plant, test: Test, choice: number): boolean => {
  switch (test.ask) {
    case 'flag':
      return state.flag;
    case 'seen': {
      const {
        inner: { seen },
      } = state.box;
      return seen;
    }
    case 'message':
      return state.message !== null && state.message.to === choice;
    case 'anyOn':
      return state.cells.some(({ on }) => on);
    case 'allOn':
      return [...state.cells].every((cell) => cell.on);
    case 'full':
      return 'level' in state.cells[0]! && Object.values(state.cells[choice]!).includes(2);
    case 'count':
      return state.count >= test.least;
    case 'left':
      return state.box.left >= test.least;
    case 'queue':
      return state.queue.length >= test.least;
    case 'mode':
      return state.mode === MODES[test.is];
    case 'spread':
      return JSON.stringify({ ...state.box }).length % 2 === 0;
  }
};

interface Editable {
  flag: boolean;
  count: number;
  mode: (typeof MODES)[number];
  message: null | { to: number; text: string };
  queue: number[];
  cells: { on: boolean; level: number }[];
  box: { left: number; inner: { seen: boolean } };
}

const apply = (draft: Editable, change: Change, choice: number): void => {
  switch (change.do) {
    case 'flip':
      draft.flag = !draft.flag;
      return;
    case 'see':
      draft.box.inner.seen = draft.flag;
      return;
    case 'send':
      draft.message = { to: choice, text: draft.mode };
      return;
    case 'clear':
      if (draft.message !== null) draft.message.to = 0;
      draft.message = draft.count === 0 ? null : draft.message;
      return;
    case 'push':
      if (draft.queue.length < 2) draft.queue.push(choice);
      return;
    case 'pop':
      draft.queue.shift();
      return;
    case 'swap':
      draft.cells.reverse();
      return;
    case 'replace':
      draft.cells[choice] = { level: draft.cells[choice]!.level, on: !draft.cells[choice]!.on };
      return;
    case 'rebuild':
      draft.box = { left: draft.count, inner: { ...draft.box.inner } };
      return;
    case 'count':
      draft.count = (draft.count + change.by) % 3;
      return;
    case 'left':
      draft.box.left = (draft.box.left + change.by) % 3;
      return;
    case 'mode':
      draft.mode = MODES[(MODES.indexOf(draft.mode) + change.by) % 3]!;
      return;
    case 'level':
      draft.cells[choice]!.level = (draft.cells[choice]!.level + change.by) % 3;
      return;
    case 'ask':
      draft.flag = draft.cells.some(({ on, level }) => on && level > draft.count);
      return;
    case 'first': {
      const first = draft.cells.find(({ on }) => !on);
      if (first !== undefined) first.on = draft.flag;
      return;
    }
    case 'toggle':
      draft.cells.forEach((cell) => {
        if (cell.level < 2) cell.on = !cell.on;
      });
      return;
    case 'levels':
      draft.cells.forEach((cell) => {
        if (cell.on || draft.flag) cell.level = (cell.level + change.by) % 3;
      });
  }
};

const test = fc.oneof(
  fc.record({ ask: fc.constantFrom('flag', 'seen', 'message', 'anyOn', 'allOn', 'full') }),
  fc.record({ ask: fc.constantFrom('count', 'left', 'queue'), least: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ ask: fc.constant('mode' as const), is: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ ask: fc.constant('spread' as const) }),
) as fc.Arbitrary<Test>;

const change = fc.oneof(
  fc.record({
    do: fc.constantFrom(...PLAIN),
  }),
  fc.record({ do: fc.constantFrom(...COUNTED), by: fc.integer({ min: 1, max: 2 }) }),
) as fc.Arbitrary<Change>;

interface Rule {
  readonly tests: readonly Test[];
  readonly changes: readonly Change[];
}

const rule: fc.Arbitrary<Rule> = fc.record({
  tests: fc.array(test, { maxLength: 3 }),
  changes: fc.array(change, { minLength: 1, maxLength: 3 }),
});

const act = actionOf<Plant, unknown>();

/**
 * The questions to a generated model beside its aims: where it may stop, from where it must recover, and to
 * what.
 */
interface Asked {
  readonly ends: readonly Test[];
  readonly from: readonly Test[];
  readonly good: readonly Test[];
}

const generated = { says: 'a generated claim', source: 'generated' } as const;

const modelOf = (rules: readonly Rule[], aims: readonly (readonly Test[])[], asked: Asked): AnyModel => {
  const all =
    (tests: readonly Test[]) =>
    (state: Plant): boolean =>
      tests.every((one) => passes(state, one, 0));
  return defineModel({
    id: 'random',
    says: 'a generated model',
    defences: {},
    capabilities: {},
    parameters: {},
    initial: (): Plant => ({
      flag: false,
      count: 0,
      mode: 'off',
      message: null,
      queue: [],
      cells: [
        { on: false, level: 0 },
        { on: true, level: 1 },
      ],
      box: { left: 0, inner: { seen: false } },
    }),
    actions: Object.fromEntries(
      rules.map(({ tests, changes }, index) => [
        `rule${index}`,
        act({
          actor: 'anyone',
          says: 'a generated action',
          choose: { which: integers(0, 1) },
          when: (state, { which }) => tests.every((one) => passes(state, one, which)),
          then: (draft, { which }) => {
            for (const one of changes) apply(draft, one, which);
          },
        }),
      ]),
    ),
    invariants: {
      ...Object.fromEntries(
        aims.map((tests, index) => [
          `aim${index}`,
          { kind: 'always' as const, ...generated, holds: (state: Plant) => !all(tests)(state) },
        ]),
      ),
      goesOn: { kind: 'no-deadlock', ...generated, mayEnd: (state: Plant) => !all(asked.ends)(state) },
      comesBack: { kind: 'recovers', ...generated, given: all(asked.from), good: all(asked.good) },
    },
  });
};

/** Small random models with unions, arrays of fixed and of changing length, nested objects and choices. */
export const randomModel: fc.Arbitrary<AnyModel> = fc
  .record({
    rules: fc.array(rule, { minLength: 1, maxLength: 5 }),
    aims: fc.array(fc.array(test, { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
    asked: fc.record({
      ends: fc.array(test, { maxLength: 1 }),
      from: fc.array(test, { maxLength: 1 }),
      good: fc.array(test, { minLength: 1, maxLength: 2 }),
    }),
  })
  .map(({ rules, aims, asked }) => modelOf(rules, aims, asked));

/** The scenario in which every generated model runs. */
export const plainScenario: {
  readonly without: readonly string[];
  readonly capabilities: readonly string[];
  readonly parameters: { readonly [name: string]: Value };
} = { without: [], capabilities: [], parameters: {} };
