import { expect, test } from 'vitest';
import { systemOf } from '../../../model/index.ts';
import { explore } from '../../../search/exhaustive/explore.ts';
import { kanban } from './kanban.ts';
import { puzzle } from './puzzle.ts';

// Learning such a claim is no gain: it is asked once about each state, and reads all of it.
test('kanban with three cards a cell: the claim that no card is lost is learned of every state', () => {
  const system = systemOf(kanban, { parameters: { cards: 3 } });
  const counted = { states: 58_400, transitions: 446_400, depth: 42, complete: true };
  const runsFor = (invariant: string): number => {
    const { userRuns, ...result } = explore(system, { invariants: [invariant] });
    expect(result).toMatchObject(counted);
    return userRuns;
  };
  expect([runsFor('conserved'), runsFor('first')]).toEqual([58_400 + 283, 283 + 4]);
});

test('half of all orders of eight tiles and a gap, the farthest 31 moves away', () => {
  const result = explore(systemOf(puzzle), { invariants: [] });
  expect(result).toMatchObject({ states: 181_440, transitions: 483_840, depth: 31, complete: true });
});
