// They are what is recorded:
// oxlint-disable require-array-sort-compare, no-useless-default-assignment, no-instanceof-builtins
import { isDraft, produce } from 'immer';
import { match, P } from 'ts-pattern';
import type { Sample } from './sample.ts';

/** A way of looking at a state, and the fields that it reads in the sample, in order. */
export type Look = readonly [what: string, read: (view: Sample) => unknown, reads: string];

const BOX = 'box.left box.right box.inner.seen';
const CELLS = 'cells.0.on cells.1.on';
const SLOTS = 'slots.0 slots.1 slots.2';
const ALL = `flag mode ${BOX} ${CELLS} ${SLOTS} queue message nothing`;

const destructuring: readonly Look[] = [
  ['a field', ({ flag }) => flag, 'flag'],
  [
    'a field twice',
    ({ flag, ...rest }) => [flag, flag, Object.keys(rest).length],
    'flag mode queue message nothing',
  ],
  [
    'parts of parts',
    ({
      box: {
        inner: { seen },
        left,
      },
    }) => [seen, left],
    'box.inner.seen box.left',
  ],
  ['a default that is not needed', ({ box: { left = 7 } }) => left, 'box.left'],
  [
    'a default that is needed',
    (view) => {
      const { absent = view.flag } = view as unknown as { absent?: boolean };
      return absent;
    },
    'flag',
  ],
  [
    'the others',
    ({ box }) => {
      const { left, ...others } = box;
      return [left, Object.keys(others)];
    },
    'box.left box.right',
  ],
  ['the first elements', ({ slots: [first, second] }) => [first, second], 'slots.0 slots.1'],
  [
    'the other elements',
    ({ slots }) => {
      const [, ...others] = slots;
      return others;
    },
    SLOTS,
  ],
];

const iterating: readonly Look[] = [
  [
    'for of, until it breaks',
    ({ cells }) => {
      for (const { on } of cells) if (!on) return 'found';
      return 'none';
    },
    'cells.0.on',
  ],
  [
    'for in',
    ({ box }) => {
      const names: string[] = [];
      for (const name in box) names.push(name);
      return names;
    },
    '',
  ],
  ['entries', ({ slots }) => [...slots.entries()], SLOTS],
  ['keys', ({ slots }) => [...slots.keys()], ''],
  ['values', ({ cells }) => [...cells.values()].length, ''],
  ['spreading an array of objects', ({ cells }) => [...cells].length, ''],
  ['spreading an array of values', ({ slots }) => [...slots], SLOTS],
  ['Array.from', ({ slots }) => Array.from(slots, (slot) => slot === null), SLOTS],
  ['some', ({ slots }) => slots.some((slot) => slot === 1), 'slots.0 slots.1'],
  ['every', ({ slots }) => slots.every((slot) => slot === 1), 'slots.0'],
  ['find', ({ cells }) => cells.find(({ on }) => on)?.on, CELLS],
  ['findIndex', ({ slots }) => slots.findIndex((slot) => slot === 3), 'slots.0'],
  ['findLast', ({ slots }) => slots.findLast((slot) => slot === 2), 'slots.2'],
  ['includes', ({ slots }) => slots.includes(3), 'slots.0'],
  ['indexOf', ({ slots }) => slots.indexOf(9), SLOTS],
  ['lastIndexOf', ({ slots }) => slots.lastIndexOf(2), 'slots.2'],
  ['map', ({ cells }) => cells.map(({ on }) => !on), CELLS],
  ['filter', ({ cells }) => cells.filter(({ on }) => on).length, CELLS],
  ['reduce', ({ slots }) => slots.reduce((sum, slot) => sum! + slot!, 0), SLOTS],
  ['flatMap', ({ cells }) => cells.flatMap(({ on }) => [on, on]), CELLS],
  ['flat', ({ slots }) => [slots, [5]].flat(), SLOTS],
  ['concat', ({ slots }) => ([] as unknown[]).concat(slots, 5), SLOTS],
  ['at', ({ slots }) => slots.at(-1), 'slots.2'],
  ['slice', ({ slots }) => slots.slice(1), 'slots.1 slots.2'],
  ['join', ({ slots }) => slots.join('-'), SLOTS],
  ['toSorted', ({ slots }) => slots.toSorted(), SLOTS],
  ['toReversed', ({ cells }) => cells.toReversed()[0]!.on, 'cells.1.on'],
  ['toSpliced', ({ slots }) => slots.toSpliced(0, 1), 'slots.1 slots.2'],
  ['with', ({ slots }) => slots.with(1, 5), 'slots.0 slots.2'],
  ['length', ({ slots, cells }) => slots.length + cells.length, ''],
  ['beyond the end', ({ slots }) => slots[7] ?? 'none', ''],
];

const wholes: readonly Look[] = [
  ['names', ({ box }) => [Object.keys(box), Object.getOwnPropertyNames(box), Reflect.ownKeys(box)], ''],
  ['whether it is there', ({ box }) => ['left' in box, Object.hasOwn(box, 'up'), Reflect.has(box, 'up')], ''],
  ['Object.values', ({ box }) => Object.values(box.inner), 'box.inner.seen'],
  ['Object.entries', ({ box }) => Object.entries(box)[0], 'box.left box.right'],
  ['Object.assign', ({ box }) => Object.assign({ up: 1 }, box).left, 'box.left box.right'],
  ['Object.fromEntries', ({ slots }) => Object.fromEntries(slots.entries()), SLOTS],
  ['spreading', ({ box }) => ({ ...box, inner: null }), 'box.left box.right'],
  ['JSON.stringify', (view) => JSON.stringify(view), ALL],
  ['JSON.stringify of some', (view) => JSON.stringify(view, ['box', 'left']), 'box.left'],
  ['what kind it is', ({ box, cells }) => [typeof box, Array.isArray(cells), cells instanceof Array], ''],
  ['that it is no draft', ({ box, flag }) => [isDraft(box), isDraft(flag)], 'flag'],
  [
    'that it is frozen',
    ({ box, cells, queue }) => [box, cells, queue].map((one) => Object.isFrozen(one)),
    'queue',
  ],
  ['a null', ({ nothing }) => nothing?.to ?? 'none', 'nothing'],
  [
    'a value of changing shape',
    ({ message, queue }) => [message?.to, message?.tags.at(0), queue.length],
    'message queue',
  ],
  [
    'what is computed when it is asked for',
    (view) => {
      const derived = {
        get busy() {
          return view.queue.length > 0;
        },
        get wide() {
          return view.box.left > 0;
        },
      };
      return derived.wide;
    },
    'box.left',
  ],
  [
    'a next state by produce',
    ({ box }) =>
      produce(box, (draft) => {
        draft.left += 1;
      }),
    'box.left box.right',
  ],
  [
    'a part of a next state',
    ({ box }) =>
      produce(box, (draft) => {
        draft.inner = { seen: true };
      }).left,
    'box.left box.right',
  ],
];

const sameness: readonly Look[] = [
  [
    'an object and itself',
    ({ box, cells }) => [box === box, cells[0] === cells[0], cells[0] === cells[1]],
    '',
  ],
  ['a found object by its place', ({ cells }) => cells.indexOf(cells.find(({ on }) => on)!), CELLS],
  ['whether an object is in a list', ({ cells }) => cells.includes(cells[1]!), ''],
  ['a value of changing shape and itself', (view) => view.message === view.message, 'message'],
  ['objects as keys', ({ cells }) => new Set([cells[0], cells[1], cells[0]]).size, ''],
];

const matching: readonly Look[] = [
  [
    'the fields that a pattern names, in its order',
    (view) =>
      match(view)
        .with({ mode: 'idle', flag: true }, () => 1)
        .otherwise(() => 2),
    'mode flag',
  ],
  [
    'no more than it takes to say no',
    (view) =>
      match(view)
        .with({ mode: 'run', flag: true }, () => 1)
        .with({ mode: 'idle' }, () => 2)
        .otherwise(() => 3),
    'mode',
  ],
  [
    'exhaustive',
    ({ mode }) =>
      match(mode)
        .with('off', () => 0)
        .with('idle', 'run', () => 1)
        .exhaustive(),
    'mode',
  ],
  [
    'P.union',
    (view) =>
      match(view)
        .with({ mode: P.union('run', 'idle') }, () => 1)
        .otherwise(() => 2),
    'mode',
  ],
  [
    'P.when',
    (view) =>
      match(view)
        .with({ box: P.when(({ left }) => left > 0) }, () => 1)
        .otherwise(() => 2),
    'box.left',
  ],
  [
    'P.select',
    (view) =>
      match(view)
        .with({ box: { left: P.select() } }, (left) => left)
        .otherwise(() => 2),
    'box.left',
  ],
  [
    'P.array',
    (view) =>
      match(view.cells)
        .with(P.array({ on: P.boolean }), () => 1)
        .otherwise(() => 2),
    CELLS,
  ],
  [
    'P.array that fails',
    (view) =>
      match(view.cells)
        .with(P.array({ on: true }), () => 1)
        .otherwise(() => 2),
    'cells.0.on',
  ],
  [
    'P.nullish',
    (view) =>
      match(view)
        .with({ nothing: P.nullish }, () => 1)
        .otherwise(() => 2),
    'nothing',
  ],
  [
    'a tuple',
    ({ slots }) =>
      match(slots)
        .with([3, P.number, P._], () => 1)
        .otherwise(() => 2),
    'slots.0 slots.1 slots.2',
  ],
];

/** Ways of looking at a state, by kind. */
export const looks: { readonly [kind: string]: readonly Look[] } = {
  destructuring: destructuring,
  iterating: iterating,
  'whole objects': wholes,
  'comparing by identity': sameness,
  matching: matching,
};
