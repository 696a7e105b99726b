import {
  actionOf,
  booleans,
  defineModel,
  integers,
  oneOf,
  systemOf,
  type AnyModel,
  type System,
} from '../../../model/index.ts';

/** A toy in the scenario in which its adversary can do everything. */
export const toySystem = (model: AnyModel): System =>
  systemOf(model, { without: [], capabilities: Object.keys(model.capabilities), parameters: {} });

const source = 'a toy';
const quiet = { says: 'a toy', source } as const;

interface Counter {
  readonly total: number;
  readonly noise: boolean;
}

const counts = actionOf<Counter, unknown>();

/** Reaches 23 in steps of one to three, beside noise that does nothing for it: the shortest takes 8. */
export const counter: AnyModel = defineModel({
  id: 'counter',
  says: 'adds up to 23, with noise',
  defences: {},
  capabilities: { add: 'adds' },
  parameters: {},
  initial: (): Counter => ({ total: 0, noise: false }),
  actions: {
    add: counts({
      actor: 'adversary',
      says: 'adds',
      needs: 'add',
      choose: { by: integers(1, 3) },
      when: ({ total }) => total < 23,
      then: (draft, { by }) => {
        draft.total += by;
      },
    }),
    noise: counts({
      actor: 'hardware',
      says: 'makes noise',
      then: (draft) => {
        draft.noise = !draft.noise;
      },
    }),
  },
  invariants: { below: { kind: 'always', ...quiet, holds: ({ total }: Counter) => total < 23 } },
});

interface Routes {
  readonly long: number;
  readonly short: number;
}

const goes = actionOf<Routes, unknown>();

/** Two ways to one breach, of 6 and of 3 steps; leaving steps out leads from neither to the other. */
export const twoRoutes: AnyModel = defineModel({
  id: 'two-routes',
  says: 'a long way and a short one',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): Routes => ({ long: 0, short: 0 }),
  actions: {
    long: goes({
      actor: 'adversary',
      says: 'goes the long way',
      when: ({ long, short }) => long < 6 && short === 0,
      then: (draft) => {
        draft.long += 1;
      },
    }),
    short: goes({
      actor: 'adversary',
      says: 'goes the short way',
      when: ({ long, short }) => short < 3 && long === 0,
      then: (draft) => {
        draft.short += 1;
      },
    }),
  },
  invariants: {
    intact: { kind: 'always', ...quiet, holds: ({ long, short }: Routes) => long < 6 && short < 3 },
  },
});

/** The digits that open the lock, in order. */
export const COMBINATION: readonly number[] = [3, 0, 2, 3, 1, 1, 0, 2, 3, 0, 1, 2];

interface Lock {
  readonly at: number;
}

const turns = actionOf<Lock, unknown>();

/** Opens after twelve right digits of four; a wrong one starts again. Blind trying needs 4^12 runs. */
export const lock: AnyModel = defineModel({
  id: 'lock',
  says: 'a combination lock of twelve digits',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): Lock => ({ at: 0 }),
  actions: {
    turn: turns({
      actor: 'adversary',
      says: 'tries a digit',
      choose: { digit: integers(0, 3) },
      when: ({ at }) => at < COMBINATION.length,
      then: (draft, { digit }) => {
        draft.at = COMBINATION[draft.at] === digit ? draft.at + 1 : 0;
      },
    }),
    rest: turns({ actor: 'hardware', says: 'rests', then: () => undefined }),
  },
  invariants: {
    closed: { kind: 'always', ...quiet, holds: ({ at }: Lock) => at < COMBINATION.length },
  },
});

interface Mail {
  readonly box: null | { readonly to: 'a' | 'b'; readonly loud: boolean };
  readonly queue: readonly number[];
  readonly asked: boolean;
  readonly broken: boolean;
}

const mails = actionOf<Mail, unknown>();

/**
 * A state with a union, an array and null, two initial states, one invariant of each kind that fails and
 * of most kinds one that does not, an action that is never possible, and states that nothing leaves.
 */
export const mail: AnyModel = defineModel({
  id: 'mail',
  says: 'a letter box and a queue of two',
  defences: {},
  capabilities: { break: 'breaks the box' },
  parameters: {},
  initial: (): readonly Mail[] => [
    { box: null, queue: [], asked: false, broken: false },
    { box: null, queue: [1], asked: false, broken: false },
  ],
  actions: {
    send: mails({
      actor: 'user',
      says: 'puts a letter into the box',
      choose: { to: oneOf(['a', 'b']), loud: booleans() },
      when: ({ box, broken }) => box === null && !broken,
      then: (draft, { to, loud }) => {
        draft.box = { to, loud };
      },
    }),
    take: mails({
      actor: 'user',
      says: 'takes the letter out and remembers it',
      when: ({ box, queue, broken }) => box !== null && queue.length < 2 && !broken,
      then: (draft) => {
        draft.queue.push(draft.box?.to === 'a' ? 1 : 2);
        draft.box = null;
        draft.asked = false;
      },
    }),
    forget: mails({
      actor: 'user',
      says: 'forgets the oldest letter',
      when: ({ queue, broken }) => queue.length > 0 && !broken,
      then: (draft) => {
        draft.queue.shift();
      },
    }),
    ask: mails({
      actor: 'user',
      says: 'asks for the letter',
      when: ({ asked, box, broken }) => !asked && box !== null && !broken,
      then: (draft) => {
        draft.asked = true;
      },
    }),
    break: mails({
      actor: 'adversary',
      says: 'breaks the box for good',
      needs: 'break',
      when: ({ box, asked, broken }) => asked && box?.loud === true && !broken,
      then: (draft) => {
        draft.broken = true;
      },
    }),
    fly: mails({
      actor: 'adversary',
      says: 'flies',
      when: ({ queue }) => queue.length > 5,
      then: (draft) => {
        draft.queue = [];
      },
    }),
  },
  invariants: {
    notFull: {
      kind: 'always',
      ...quiet,
      given: ({ queue }: Mail) => queue.length > 0,
      holds: ({ queue }: Mail) => queue.join() !== '2,1',
    },
    small: { kind: 'always', ...quiet, holds: ({ queue }: Mail) => queue.length < 3 },
    silent: { kind: 'always', ...quiet, given: ({ queue }: Mail) => queue.length > 5, holds: () => false },
    keeps: {
      kind: 'never-step',
      ...quiet,
      bad: (before: Mail, after: Mail) => before.queue.length === 2 && after.queue.length < 2,
    },
    grows: {
      kind: 'never-step',
      ...quiet,
      bad: (before: Mail, after: Mail) => after.queue.length > before.queue.length + 1,
    },
    fills: { kind: 'sometimes', ...quiet, witness: ({ queue }: Mail) => queue.join() === '2,2' },
    overflows: { kind: 'sometimes', ...quiet, witness: ({ queue }: Mail) => queue.length === 3 },
    answers: {
      kind: 'within',
      ...quiet,
      given: ({ asked }: Mail) => asked,
      responds: ({ asked, broken }: Mail) => !asked && !broken,
      steps: 9,
    },
    answersSoon: {
      kind: 'within',
      ...quiet,
      given: ({ asked }: Mail) => asked,
      responds: ({ asked, broken }: Mail) => !asked || broken,
      steps: 2,
    },
  },
});

interface Hay {
  readonly looked: number;
  readonly first: number;
  readonly second: number;
}

const searches = actionOf<Hay, unknown>();

/**
 * Broken by one of ten thousand ways to look twice, none of which is like another: found late, after many
 * runs.
 */
export const haystack: AnyModel = defineModel({
  id: 'haystack',
  says: 'a hundred places, and two looks',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): Hay => ({ looked: 0, first: 0, second: 0 }),
  actions: {
    turn: searches({
      actor: 'adversary',
      says: 'looks in one place',
      choose: { at: integers(0, 99) },
      when: ({ looked }) => looked < 2,
      then: (draft, { at }) => {
        if (draft.looked === 0) draft.first = at;
        else draft.second = at;
        draft.looked += 1;
      },
    }),
  },
  invariants: {
    hidden: { kind: 'always', ...quiet, holds: ({ first, second }: Hay) => first !== 42 || second !== 42 },
  },
});

/** Toys whose violations are found within a few hundred runs. */
export const toys: readonly AnyModel[] = [counter, twoRoutes, lock, mail];
