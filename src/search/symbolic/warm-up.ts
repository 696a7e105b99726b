import type { Monitor, MonitorOf } from '../monitor/monitor.ts';
import { censusOfTries, writtenBy } from '../learned-relation/trie-census.ts';
import { lookedAt } from '../learned-relation/arrays/element.ts';
import { FIRST_ARRAY_QUERY } from '../learned-relation/tries/forest.ts';
import type { Row, Space } from '../learned-relation/space.ts';

/** States that are looked at one by one before it is chosen how fields are ordered, at most. */
const WARM_UP_STATES = 1000;
// The more instances there are, the fewer states: each instance is run in each of them.
const WARM_UP_RUNS = 200_000;
const FEWEST_STATES = 16;

/** Runs all instances in the first states that can be reached, so that it is known what they look at. */
const walk = (space: Space): void => {
  const queue: Row[] = space.initial.map((row) => Uint32Array.from(row));
  const known = new Set(queue.map(String));
  const states = Math.max(FEWEST_STATES, Math.min(WARM_UP_STATES, WARM_UP_RUNS / space.tries.length));
  for (const [turn, row] of queue.entries()) {
    if (turn >= states) return;
    space.refresh();
    space.tries.forEach((_, index) => {
      const effect = space.effect(index, row);
      if (effect === undefined || known.size >= WARM_UP_STATES) return;
      const next = Uint32Array.from(row);
      for (let at = 0; at < effect.length; at += 2) next[effect[at]!] = effect[at + 1]!;
      if (known.has(String(next))) return;
      known.add(String(next));
      queue.push(next);
    });
  }
};

/**
 * A field that was read, or the fields that a question about an array looks at: it comes after those of two
 * states.
 */
const columnsOf = ({ arrayQueries }: Space, field: number): readonly number[] => {
  if (field < FIRST_ARRAY_QUERY || arrayQueries === undefined) return [field];
  return arrayQueries.at(field - FIRST_ARRAY_QUERY).elements.flatMap((ways) => [...lookedAt(ways)]);
};

/**
 * Returns, by instance, the fields that it was seen to read or write. Waiting times go with what they are
 * counted by.
 */
export const dependenciesOf = (
  space: Space,
  monitors: readonly Monitor[],
): readonly (readonly number[])[] => {
  walk(space);
  const waits = monitors.filter((monitor): monitor is MonitorOf<'within'> => monitor.kind === 'within');
  const actions = space.tries.map((trie) => {
    const { reads, outcomes } = censusOfTries(space, [trie]);
    const own = reads.flatMap((field) => columnsOf(space, field));
    return [...new Set([...own, ...writtenBy(space, outcomes)])];
  });
  const asked = waits.map(({ timerField, waits: { trie } }) => [
    ...censusOfTries(space, [trie]).reads,
    timerField,
  ]);
  return [...actions, ...asked];
};
