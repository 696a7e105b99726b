import { expect, test } from 'vitest';
import { actionOf } from './action.ts';
import { integers } from './domain.ts';
import { defineModel } from './model.ts';
import { systemOf } from './system.ts';

test('a domain of more numbers than a search could try is refused by name', () => {
  expect(integers(1, 2 ** 20).values).toHaveLength(2 ** 20);
  expect(() => integers(0, 2 ** 20)).toThrow(expect.objectContaining({ code: 'UW118' }));
  expect(() => integers(0, 2 ** 32)).toThrow(
    'UW118 a choice has too much to choose from: integers(0, 4294967296)',
  );
});

test('so are choices with too many combinations, before these are made', () => {
  const model = (size: number) =>
    defineModel({
      id: 'dice',
      says: 'three dice',
      defences: {},
      capabilities: {},
      parameters: {},
      initial: () => ({ sum: 0 }),
      actions: {
        roll: actionOf<{ readonly sum: number }, unknown>()({
          actor: 'hand',
          says: 'rolls',
          choose: { a: integers(1, size), b: integers(1, size), c: integers(1, size) },
          then: (draft, { a, b, c }) => {
            draft.sum = a + b + c;
          },
        }),
      },
      invariants: {},
    });
  const scenario = { without: [], capabilities: [], parameters: {} };
  expect(systemOf(model(46), scenario).instances).toHaveLength(97_336);
  expect(() => systemOf(model(1000), scenario)).toThrow(
    expect.objectContaining({
      code: 'UW118',
      details: expect.objectContaining({
        where: 'model dice, action roll',
        got: '1000 times 1000 times 1000 combinations',
      }) as unknown,
    }),
  );
});
