import { expect, test } from 'vitest';
import { graph } from '../../testing/models/graph.ts';
import { withSpace, type Space } from './space.ts';

const walk = graph([[1], [2], []], {});

/** Returns what instances 0 and 1 do in the initial state, to 0 and to 1; and what it took to ask again. */
const asked = (space: Space) => {
  const start = Uint32Array.from(space.initial[0]!);
  const effects = [0, 1].map((instance) => space.effect(instance, start));
  const { userRuns } = space.counts();
  const again = [0, 1].map((instance) => space.effect(instance, start));
  return {
    fields: space.fields,
    one: space.encode({ at: 1 }),
    effects,
    again,
    more: space.counts().userRuns - userRuns,
  };
};

test('an instance runs once in a state, and is looked up in all that look the same to it', () => {
  let told: ReturnType<typeof asked> | undefined;
  const slices = withSpace(walk, function* once(space) {
    yield* [];
    told = asked(space);
  });
  while (slices.next().done !== true);
  const { again, effects, fields, more, one } = told!;
  expect(fields).toEqual(['at']);
  expect(effects).toEqual([undefined, [0, one[0]]]);
  expect(again).toEqual(effects);
  expect(more).toBe(0);
});
