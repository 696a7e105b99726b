// oxlint-disable no-array-sort, no-array-reverse, require-array-sort-compare -- they are what is refused
import { describe, expect, test } from 'vitest';
import { looks } from './testing/looks.ts';
import { pathOf, sample, sampleRecorder, sampleValues, type Sample } from './testing/sample.ts';

const recorder = sampleRecorder();
const valueOf = (field: number) => sampleValues[field % sampleValues.length]!;

/** Returns the result of `read` for a view, and the fields it reads. */
const look = <T>(read: (view: Sample) => T): { readonly result: T; readonly reads: string } => {
  const { result, reads } = recorder.observe(valueOf, 1, (view) => read(view as unknown as Sample));
  return { result, reads: reads.map(pathOf).join(' ') };
};

describe.each(Object.entries(looks))('%s reads what it looks at, once, in order', (_kind, cases) => {
  test.each(cases)('%s', (_what, read, reads) => {
    expect(look(read)).toEqual({ result: read(sample), reads });
  });
});

describe('a function that only looks', () => {
  test.each<readonly [string, (view: Sample) => unknown]>([
    [
      'assign',
      (view) => {
        view.flag = false;
      },
    ],
    [
      'assign to a part',
      (view) => {
        view.box.left = 5;
      },
    ],
    [
      'replace a part',
      (view) => {
        view.box = { left: 1, right: 2, inner: { seen: true } };
      },
    ],
    ['add a field', (view) => Object.assign(view.box, { up: 1 })],
    [
      'delete a field',
      (view) => Reflect.deleteProperty(view.box, 'left') || delete (view.box as { left?: number }).left,
    ],
    ['push', ({ slots }) => slots.push(1)],
    ['pop', ({ slots }) => slots.pop()],
    ['sort', ({ slots }) => slots.sort()],
    ['reverse', ({ cells }) => cells.reverse()],
    [
      'cut an array off',
      ({ slots }) => {
        slots.length = 0;
      },
    ],
    ['write into a value of changing shape', ({ queue }) => queue.push(1)],
  ])('may not %s', (_what, write) => {
    expect(() => look(write)).toThrow(/./);
    // It did no harm to later runs.
    expect(look((view) => JSON.stringify(view)).result).toBe(JSON.stringify(sample));
  });

  test('meets other objects in each run, so that it may keep what it found for an object', () => {
    const kept = new WeakMap<object, boolean>();
    const isLeft = ({ box }: Sample): boolean => {
      if (!kept.has(box)) kept.set(box, box.left > 0);
      return kept.get(box)!;
    };
    expect(look(isLeft).reads).toBe('box.left');
    expect(look(isLeft).reads).toBe('box.left');
  });
});
