// They are what is recorded:
// oxlint-disable no-array-sort, require-array-sort-compare, no-self-assign, no-instanceof-builtins
import { current, isDraft, original, produce } from 'immer';
import { match, P } from 'ts-pattern';
import { askingAll, changingAll } from './array-changes.ts';
import { CELLS, SLOTS, type Change } from './sample.ts';

const BOX = 'box.left box.right box.inner.seen';

const arrays: readonly Change[] = [
  ['push(shift())', (d) => void d.slots.push(d.slots.shift()!), 'slots.0 slots.1 slots.2', SLOTS],
  ['unshift(pop())', (d) => void d.cells.unshift(d.cells.pop()!), 'cells.1.on cells.0.on', CELLS],
  [
    'splice and push',
    (d) => {
      d.slots.splice(0, 1);
      d.slots.push(null);
    },
    'slots.0 slots.1 slots.2',
    SLOTS,
  ],
  ['splice in place', (d) => void d.slots.splice(1, 1, 7), 'slots.1', 'slots.1'],
  [
    'an object taken off, put back and changed',
    (d) => {
      const last = d.cells.pop()!;
      d.cells.push(last);
      last.on = false;
    },
    '',
    'cells.1.on',
  ],
  [
    'cut off and filled again',
    (d) => {
      d.slots.length = 1;
      d.slots.push(5, 6);
    },
    '',
    'slots.1 slots.2',
  ],
  ['sort', (d) => void d.slots.sort(), SLOTS, SLOTS],
  ['sort by a comparison', (d) => void d.cells.sort((a, b) => Number(b.on) - Number(a.on)), CELLS, CELLS],
  [
    'reverse, then change',
    (d) => {
      d.cells.reverse();
      d.cells[1]!.on = true;
    },
    'cells.1.on',
    CELLS,
  ],
  ['fill', (d) => void d.slots.fill(0, 1), '', 'slots.1 slots.2'],
  ['copyWithin', (d) => void d.slots.copyWithin(0, 1), 'slots.1 slots.2', 'slots.0 slots.1'],
  [
    'two elements change places',
    (d) => {
      [d.cells[0], d.cells[1]] = [d.cells[1]!, d.cells[0]!];
    },
    'cells.1.on cells.0.on',
    CELLS,
  ],
  [
    'one object in two places',
    (d) => {
      d.cells[0] = d.cells[1]!;
      d.cells[1]!.on = false;
    },
    '',
    CELLS,
  ],
  ['another array', (d) => void (d.slots = d.slots.map((slot) => slot! + 1)), SLOTS, SLOTS],
  [
    'an array of the same objects',
    (d) => {
      d.cells = d.cells.filter(() => true);
      d.cells[0]!.on = true;
    },
    'cells.1.on',
    CELLS,
  ],
  ['forEach', (d) => d.cells.forEach((cell) => void (cell.on = !cell.on)), CELLS, CELLS],
  ['a queue of changing length', (d) => void d.queue.push(7, 8), 'queue', 'queue'],
];

const objects: readonly Change[] = [
  ['a field', (d) => void (d.flag = false), '', 'flag'],
  ['a field by what it was', (d) => void (d.box.left += 1), 'box.left', 'box.left'],
  [
    'a read after a write sees it',
    (d) => {
      d.flag = false;
      d.box.left = d.flag ? 8 : 9;
    },
    '',
    'flag box.left',
  ],
  ['a whole object', (d) => void (d.box = { left: 8, right: 9, inner: { seen: true } }), '', BOX],
  ['Object.assign', (d) => void Object.assign(d.box, { left: 5, right: 6 }), '', 'box.left box.right'],
  [
    'spread into another',
    (d) => {
      d.box = { ...d.box, left: 4 };
      d.box.inner.seen = true;
    },
    'box.left box.right',
    BOX,
  ],
  [
    'fields deleted and put back in their order',
    (d) => {
      const { inner, right } = d.box;
      Reflect.deleteProperty(d.box, 'right');
      Reflect.deleteProperty(d.box, 'inner');
      Object.assign(d.box, { right: right + 1, inner });
    },
    'box.right box.inner.seen',
    'box.right box.inner.seen',
  ],
  [
    'a part deleted, put back and changed',
    (d) => {
      const { inner } = d.box;
      Reflect.deleteProperty(d.box, 'inner');
      d.box.inner = inner;
      inner.seen = true;
    },
    '',
    'box.inner.seen',
  ],
  [
    'a part that was replaced is changed in vain',
    (d) => {
      const { inner } = d.box;
      d.box.inner = { seen: true };
      inner.seen = false;
    },
    '',
    'box.inner.seen',
  ],
  [
    'a nested produce',
    (d) => void (d.box = produce(d.box, (box) => void (box.left = 3))),
    'box.left box.right box.inner.seen',
    BOX,
  ],
  [
    'for in',
    (d) => {
      for (const name in d.box) if (name !== 'inner') d.box[name as 'left'] += 1;
    },
    'box.left box.right',
    'box.left box.right',
  ],
  [
    'matching',
    (d) =>
      match(d.box)
        .with({ inner: { seen: false }, left: P.select() }, (left) => void (d.slots[0] = left + 4))
        .otherwise(() => undefined),
    'box.inner.seen box.left',
    'slots.0',
  ],
];

const trees: readonly Change[] = [
  ['looked at only', (d) => void (d.flag = d.message?.to === 4), 'message', 'flag'],
  ['given to itself', (d) => void (d.message = d.message), 'message', ''],
  ['changed within', (d) => void d.message?.tags.push('b'), 'message', 'message'],
  ['put in the place of null', (d) => void (d.nothing = { to: 3 }), '', 'nothing'],
  ['replaced by null', (d) => void (d.message = null), '', 'message'],
  [
    'moved, then changed',
    (d) => {
      d.nothing = d.message;
      d.message!.to = 9;
    },
    'message',
    'message nothing',
  ],
  [
    'a part of fixed shape moved into it, then changed',
    (d) => {
      Object.assign(d.message!, { box: d.box });
      d.box.left = 12;
    },
    'message box.right box.inner.seen',
    'box.left message',
  ],
];

const NAMES = 'flag mode box cells slots queue message nothing';
// The result of `current` is the very object that was there before, unless something was changed: it sees how
// drafts are made.
const AROUND_BOX = `flag mode ${CELLS} ${SLOTS} queue message nothing`;
const AROUND_SLOTS = `flag mode ${BOX} ${CELLS} queue message nothing`;
const withImmer: readonly Change[] = [
  [
    'current',
    (d) => {
      d.box.left = 9;
      d.message!.tags.push('b');
      const now = current(d);
      d.box.left = 10;
      d.slots = [now.box.left, now.message!.tags.length, Object.keys(now).join(' ') === NAMES ? 1 : 0];
    },
    'message flag mode queue nothing box.right box.inner.seen cells.0.on cells.1.on slots.0 slots.1 slots.2 box.left',
    'box.left slots.0 slots.1 slots.2 message',
  ],
  ['current of a part', (d) => void (d.queue = [current(d.box).left]), `${BOX} ${AROUND_BOX}`, 'queue'],
  [
    'current of a list',
    (d) => void (d.queue = current(d.slots).map(Number)),
    `${SLOTS} ${AROUND_SLOTS}`,
    'queue',
  ],
  [
    'original',
    (d) => {
      d.box.left = 9;
      d.slots[0] = original(d).box.left + original(d.box).left + d.box.left;
    },
    'box.left',
    'box.left slots.0',
  ],
  [
    'isDraft',
    (d) => {
      d.slots = [d, d.box, d.cells, d.message, d.flag].map((one) => Number(isDraft(one))).slice(2);
    },
    'message flag',
    SLOTS,
  ],
];

const asking: readonly Change[] = [
  [
    'names and lengths are the shape, not the state',
    (d) => {
      const { box, cells } = d;
      const names = [Object.keys(d), Object.getOwnPropertyNames(box), Reflect.ownKeys(cells)];
      d.slots = [names.flat().length, Number('left' in box) + Number(Object.hasOwn(box, 'up')), cells.length];
    },
    '',
    SLOTS,
  ],
  [
    'comparing by identity',
    (d) => {
      const found = d.cells.find(({ on }) => on)!;
      d.slots = [d.cells.indexOf(found), Number(d.cells[0] === found), Number(d.cells.includes(found))];
    },
    CELLS,
    SLOTS,
  ],
  [
    'what kind it is',
    (d) => {
      d.slots = [
        Number(Array.isArray(d.cells)),
        Number(d.cells instanceof Array),
        Number(d.box.constructor === Object),
      ];
    },
    '',
    SLOTS,
  ],
  ['JSON.stringify', (d) => void (d.queue = [JSON.stringify(d.box).length]), BOX, 'queue'],
];

/** Recipes, by kind. */
export const changes: { readonly [kind: string]: readonly Change[] } = {
  'an array': arrays,
  'an object': objects,
  'a value of changing shape': trees,
  "immer's own functions": withImmer,
  'asking in a recipe': asking,
  'asking all elements of an array': askingAll,
  'changing all elements of an array': changingAll,
};
