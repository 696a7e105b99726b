import { expect, test } from 'vitest';
import { actionOf, defineModel, type Model, type Setting } from '../model/index.ts';
import { MOST_INSUFFICIENT } from './enough.ts';
import { findDefences } from './report.ts';

interface Door {
  readonly open: boolean;
}
const locks = Array.from({ length: 8 }, (_, at) => `lock${at + 1}`);

/** A door that so many of eight locks keep shut, whichever they are. */
const doorOf = (needed: number): Model<Door, object, string, 'push', 'shut'> =>
  defineModel({
    id: 'locks',
    says: 'a door with eight locks',
    defences: Object.fromEntries(locks.map((name) => [name, 'a lock'])),
    capabilities: { hands: 'pushes' },
    parameters: {},
    initial: (): Door => ({ open: false }),
    actions: {
      push: actionOf<Door, Setting<object, string>>()({
        actor: 'burglar',
        says: 'pushes',
        needs: 'hands',
        when: (_, __, { defends }) => locks.filter((name) => defends(name)).length < needed,
        then: (draft) => {
          draft.open = true;
        },
      }),
    },
    invariants: { shut: { kind: 'always', says: 'it is shut', source: 'test', holds: ({ open }) => !open } },
  });

const found = (needed: number): ReturnType<typeof findDefences> =>
  findDefences([
    {
      id: 'pushed',
      model: doorOf(needed),
      invariant: 'shut',
      scenario: { without: locks, capabilities: ['hands'], parameters: {} },
    },
  ]);

test('of more sets that are not enough than are listed it is told that there are more', () => {
  // Of any seven locks 28 sets of six are not enough; of any five 70 sets of four.
  const few = found(7).together;
  expect([few.sets.length, few.insufficient.length, few.insufficientMore]).toEqual([8, 28, undefined]);
  const many = found(5).together;
  expect(many.sets).toHaveLength(56);
  expect([many.insufficient.length, many.insufficientMore]).toEqual([MOST_INSUFFICIENT, true]);
});
