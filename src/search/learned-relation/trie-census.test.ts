import { expect, test } from 'vitest';
import { graph } from '../../testing/models/graph.ts';
import { inOneGo } from '../set-up.ts';
import { withSpace } from './space.ts';
import { censusOfTries, isOpaque, writtenBy, type TrieCensus } from './trie-census.ts';

// From 0 one can go to 1, from there to 2: the tries are asked in the first two states.
const walk = graph([[1], [2], []], {});

test('a census of a trie says what its function reads and writes, and how often it ran', () => {
  const told: [TrieCensus, readonly number[], boolean][] = [];
  inOneGo(
    withSpace(walk, function* look(space) {
      yield* [];
      for (const at of [0, 1]) space.outcome(1, space.encode({ at }));
      const census = censusOfTries(space, [space.tries[1]!]);
      told.push([census, writtenBy(space, census.outcomes), isOpaque(space, 0)]);
    }),
  );
  const [[census, written, opaque]] = told as [(typeof told)[number]];
  expect(census).toMatchObject({ reads: [0], nodes: 1, leaves: 2 });
  expect(census.outcomes).toHaveLength(2);
  expect([written, opaque]).toEqual([[0], false]);
});
