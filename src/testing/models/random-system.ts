import fc from 'fast-check';
import {
  actionOf,
  type AnyAction,
  booleans,
  defineModel,
  integers,
  type AnyModel,
  type Invariant,
} from '../../model/index.ts';

/** A part of which there are several that can be exchanged. */
interface Twin {
  readonly mode: 'a' | 'b' | 'c';
  readonly load: null | { readonly of: number };
}

/** A small state with unions, a list that grows, and interchangeable parts. */
interface Yard {
  readonly open: boolean;
  readonly count: number;
  readonly note: null | { readonly kind: 'ask'; readonly count: number } | { readonly kind: 'answer' };
  readonly line: readonly number[];
  readonly twins: readonly Twin[];
}

interface Editable {
  open: boolean;
  count: number;
  note: Yard['note'];
  line: number[];
  twins: { mode: Twin['mode']; load: Twin['load'] }[];
}

const MODES = ['a', 'b', 'c'] as const;

/** A test of the state by a guard or an invariant: nothing that tells one twin from another. */
type Test = {
  readonly ask:
    | 'open'
    | 'asked'
    | 'answered'
    | 'waiting'
    | 'laden'
    | 'allLaden'
    | 'alike'
    | 'anyMode'
    | 'count';
  readonly is: number;
  readonly not: boolean;
};
/** A guard's test of the twin that the action is about. */
type OwnTest = { readonly ask: 'mode' | 'load'; readonly is: number };
type Change = {
  readonly do:
    | 'open'
    | 'count'
    | 'ask'
    | 'answer'
    | 'push'
    | 'shift'
    | 'mode'
    | 'load'
    | 'unload'
    | 'rebuild'
    | 'turn';
  readonly by: number;
};

const answer = (state: Yard, { ask, is }: Test): boolean => {
  const { count, line, note, open, twins } = state;
  switch (ask) {
    case 'open':
      return open;
    case 'asked':
      return note?.kind === 'ask' && note.count >= is;
    case 'answered':
      return note?.kind === 'answer';
    case 'waiting':
      return line.length > is;
    case 'laden':
      return twins.some(({ load }) => load !== null);
    case 'allLaden':
      return twins.every(({ load }) => load !== null);
    case 'alike':
      return new Set(twins.map(({ mode }) => mode)).size === 1;
    case 'anyMode':
      return twins.some(({ mode }) => mode === MODES[is]);
    case 'count':
      return count >= is;
  }
};

const passes = (state: Yard, tests: readonly Test[]): boolean =>
  tests.every((one) => answer(state, one) !== one.not);

const passesOwn = ({ load, mode }: Twin, { ask, is }: OwnTest): boolean =>
  ask === 'mode' ? mode === MODES[is] : (load?.of ?? 0) === is;

const apply = (draft: Editable, twin: number, other: number, change: Change): void => {
  const own = draft.twins[twin]!;
  switch (change.do) {
    case 'open':
      draft.open = !draft.open;
      return;
    case 'count':
      draft.count = (draft.count + change.by) % 3;
      return;
    case 'ask':
      draft.note = { kind: 'ask', count: draft.count };
      return;
    case 'answer':
      draft.note = draft.note === null ? null : { kind: 'answer' };
      return;
    case 'push':
      if (draft.line.length < 2) draft.line.push(draft.count);
      return;
    case 'shift':
      draft.line.shift();
      return;
    case 'mode':
      own.mode = MODES[(MODES.indexOf(own.mode) + change.by) % 3]!;
      return;
    case 'load':
      own.load = { of: draft.count };
      return;
    case 'unload':
      own.load = null;
      return;
    case 'rebuild':
      draft.twins[twin] = { load: own.load, mode: draft.open ? 'a' : own.mode };
      return;
    case 'turn':
      draft.twins[twin] = draft.twins[other]!;
      draft.twins[other] = own;
  }
};

const test: fc.Arbitrary<Test> = fc.record({
  ask: fc.constantFrom<Test['ask'][]>(
    'open',
    'asked',
    'answered',
    'waiting',
    'laden',
    'allLaden',
    'alike',
    'anyMode',
    'count',
  ),
  is: fc.integer({ min: 0, max: 2 }),
  not: fc.boolean(),
});

const change: fc.Arbitrary<Change> = fc.record({
  do: fc.constantFrom<Change['do'][]>(
    'open',
    'count',
    'ask',
    'answer',
    'push',
    'shift',
    'mode',
    'mode',
    'load',
    'unload',
    'rebuild',
    'turn',
  ),
  by: fc.integer({ min: 1, max: 2 }),
});

const changes = fc.array(change, { minLength: 1, maxLength: 2 });

const ownTest: fc.Arbitrary<OwnTest> = fc.record({
  ask: fc.constantFrom('mode', 'load'),
  is: fc.integer({ min: 0, max: 2 }),
});

const rule = fc.record({
  kind: fc.constantFrom('sure', 'sure', 'sure', 'either', 'never', 'unable', 'absent'),
  tests: fc.array(test, { maxLength: 2 }),
  own: fc.array(ownTest, { maxLength: 1 }),
  changes,
  others: changes,
});

type Rule = typeof rule extends fc.Arbitrary<infer R> ? R : never;

const act = actionOf<Yard, unknown>();

const actionFor = (
  { kind, tests, own, changes: some, others }: Rule,
  twins: number,
): AnyAction<Yard, unknown> =>
  act({
    actor: kind === 'either' ? 'hardware' : 'anyone',
    says: 'a generated action',
    ...(kind === 'unable' ? { needs: 'wings' } : {}),
    exists: () => kind !== 'absent',
    choose: {
      twin: integers(0, twins - 1),
      other: integers(0, [...some, ...others].some((one) => one.do === 'turn') ? twins - 1 : 0),
      way: kind === 'either' ? booleans() : { values: [false] },
    },
    when: (state, { twin }) =>
      kind !== 'never' && passes(state, tests) && own.every((one) => passesOwn(state.twins[twin]!, one)),
    then: (draft, { other, twin, way }) => {
      for (const one of way ? others : some) apply(draft, twin, other, one);
    },
  });

const about = { says: 'a generated claim', source: 'generated' } as const;

type Claim = Invariant<Yard, unknown>;

const tests = fc.array(test, { minLength: 1, maxLength: 2 });

const claim: fc.Arbitrary<Claim> = fc.oneof(
  fc.tuple(tests, fc.option(tests)).map(([bad, given]): Claim => ({
    ...about,
    kind: 'always',
    holds: (state) => !passes(state, bad),
    ...(given === null ? {} : { given: (state: Yard) => passes(state, given) }),
  })),
  tests.map((wanted): Claim => ({ ...about, kind: 'sometimes', witness: (state) => passes(state, wanted) })),
  fc.tuple(tests, tests).map(([before, after]): Claim => ({
    ...about,
    kind: 'never-step',
    bad: (a, b) => passes(a, before) && passes(b, after) && a.count !== b.count,
  })),
  fc.tuple(tests, tests, fc.integer({ min: 1, max: 4 })).map(([given, responds, steps]): Claim => ({
    ...about,
    kind: 'within',
    given: (state) => passes(state, given),
    responds: (state) => passes(state, responds),
    steps,
  })),
);

const start = fc.record({
  open: fc.boolean(),
  modes: fc.array(fc.constantFrom(...MODES), { minLength: 3, maxLength: 3 }),
});

/**
 * Small random models in which nothing tells the elements of `twins` apart: with unions, lists that grow,
 * several initial states, actions that are absent or never possible, hardware that goes either way, and
 * claims of every kind.
 */
export const randomSystem: fc.Arbitrary<AnyModel> = fc
  .record({
    twins: fc.integer({ min: 2, max: 3 }),
    starts: fc.array(start, { minLength: 1, maxLength: 3 }),
    rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
    claims: fc.array(claim, { maxLength: 4 }),
  })
  .map(({ twins, starts, rules, claims }) =>
    defineModel<Yard, object, string, string, string>({
      id: 'random',
      says: 'a generated model',
      defences: {},
      capabilities: { wings: 'flies' },
      parameters: {},
      initial: () =>
        starts.map(({ open, modes }) => ({
          open,
          count: 0,
          note: null,
          line: [],
          twins: modes.slice(0, twins).map((mode) => ({ mode, load: null })),
        })),
      actions: Object.fromEntries(rules.map((one, index) => [`rule${index}`, actionFor(one, twins)])),
      invariants: Object.fromEntries(claims.map((one, index) => [`claim${index}`, one])),
      interchangeable: ['twins'],
    }),
  );
