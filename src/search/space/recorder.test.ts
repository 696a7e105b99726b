import { describe, expect, test } from 'vitest';
import type { State } from '../../model/index.ts';
import { createRecorder, type Recorded } from './recorder.ts';
import { flatten, shapeOf, ShapeChanged, unflatten } from './shape.ts';

const state = {
  flag: true,
  box: { left: 1, right: 2, inner: { seen: false } },
  cells: [{ on: false }, { on: true }],
  queue: [] as readonly number[],
  message: null as null | { readonly to: number },
};
type Sample = typeof state;

const shape = shapeOf(state, new Set());
const values = flatten(shape, state);
const recorder = createRecorder(shape);
const name = (field: number): string => shape.fields[field % shape.fields.length]!;

const readsOf = (read: (view: Sample) => unknown): readonly string[] =>
  recorder
    .observe(
      (field) => values[field % values.length]!,
      (view) => read(view as unknown as Sample),
    )
    .reads.map(name);

const record = (then: (draft: Sample) => void, when: (view: Sample) => boolean = () => true): Recorded =>
  recorder.record(
    (field) => values[field]!,
    (view) => when(view as unknown as Sample),
    (draft) => then(draft as unknown as Sample),
  );

const after = (then: (draft: Sample) => void): State => {
  const { writes } = record(then);
  return unflatten(shape, (field) => writes?.get(field) ?? values[field]!);
};

type Loose = { -readonly [K in keyof Sample]: unknown };
const loose = (draft: Sample): Loose => draft;

describe('reads are noted field by field, once, in order', () => {
  test.each<[string, (view: Sample) => unknown, readonly string[]]>([
    ['a field', ({ flag }) => flag, ['flag']],
    [
      'nested destructuring',
      ({
        box: {
          inner: { seen },
          left,
        },
      }) => [seen, left, seen],
      ['box.inner.seen', 'box.left'],
    ],
    ['iteration', ({ cells }) => [...cells].filter(({ on }) => on), ['cells.0.on', 'cells.1.on']],
    [
      'some stops where it is answered',
      ({ cells }) => cells.toReversed().some(({ on }) => on),
      ['cells.1.on'],
    ],
    ['spreading', ({ box }) => ({ ...box, left: 0 }), ['box.left', 'box.right']],
    ['Object.values', ({ box }) => Object.values(box.inner), ['box.inner.seen']],
    ['JSON.stringify', (view) => JSON.stringify(view.cells), ['cells.0.on', 'cells.1.on']],
    [
      'names and lengths are the shape, not the state',
      (view) => ['left' in view.box, Object.keys(view), view.cells.length, Array.isArray(view.cells)],
      [],
    ],
    [
      'a value of changing shape is one field',
      ({ queue, message }) => [queue.length, message?.to],
      ['queue', 'message'],
    ],
  ])('%s', (_what, read, expected) => {
    expect(readsOf(read)).toEqual(expected);
  });
});

describe('writes are what plain immer would have made', () => {
  test.each<[string, (draft: Sample) => void, object]>([
    [
      'a field',
      (draft) => {
        loose(draft).flag = false;
      },
      { flag: false },
    ],
    [
      'a whole object',
      (draft) => {
        loose(draft).box = { left: 5, right: 6, inner: { seen: true } };
      },
      { box: { left: 5, right: 6, inner: { seen: true } } },
    ],
    [
      'two objects change places',
      (draft) => {
        (draft.cells as unknown[]).reverse();
      },
      { cells: [{ on: true }, { on: false }] },
    ],
    [
      'a value put in place of null',
      (draft) => {
        loose(draft).message = { to: 3 };
      },
      { message: { to: 3 } },
    ],
    [
      'a queue that is one value grows',
      (draft) => {
        (draft.queue as number[]).push(7);
      },
      { queue: [7] },
    ],
    [
      'a read after a write sees it',
      (draft) => {
        loose(draft).flag = false;
        (draft.box as { left: number }).left = draft.flag ? 8 : 9;
      },
      { flag: false, box: { left: 9, right: 2, inner: { seen: false } } },
    ],
    [
      'an object is changed after it was moved',
      (draft) => {
        const [first] = draft.cells;
        (draft.cells as unknown[])[1] = first;
        (first as { on: boolean }).on = true;
      },
      { cells: [{ on: true }, { on: true }] },
    ],
  ])('%s', (_what, then, expected) => {
    expect(after(then)).toEqual({ ...state, ...expected });
  });

  test('a guard that says no leaves only its reads', () => {
    const { reads, writes } = record(
      () => {},
      ({ flag }) => !flag,
    );
    expect(reads.map(name)).toEqual(['flag']);
    expect(writes).toBeUndefined();
  });

  test('a guard may not write', () => {
    expect(() =>
      record(
        () => {},
        (view) => {
          loose(view).flag = false;
          return true;
        },
      ),
    ).toThrow(TypeError);
  });

  test.each<[string, (draft: Sample) => void, string]>([
    [
      'an array that grows',
      (draft) => {
        (draft.cells as unknown[]).push({ on: true });
      },
      'cells',
    ],
    [
      'an array that shrinks',
      (draft) => {
        (draft.cells as unknown[]).pop();
      },
      'cells',
    ],
    [
      'an array that loses an element and gets another',
      (draft) => {
        (draft.cells as unknown[]).shift();
        (draft.cells as unknown[]).push({ on: false });
      },
      'cells',
    ],
    [
      'an object of another shape',
      (draft) => {
        loose(draft).box = { left: 1 };
      },
      'box',
    ],
    [
      'an object that becomes null',
      (draft) => {
        (draft.box as { inner: unknown }).inner = null;
      },
      'box.inner',
    ],
  ])('%s changes the shape, and says where', (_what, then, path) => {
    // A fresh recorder: a view whose array was shortened is of no use any more.
    const fresh = createRecorder(shape);
    const run = (): unknown =>
      fresh.record(
        (field) => values[field]!,
        () => true,
        (draft) => then(draft as unknown as Sample),
      );
    expect(run).toThrow(ShapeChanged);
    expect(run).toThrow(path);
  });
});
