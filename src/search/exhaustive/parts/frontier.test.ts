import { expect, test } from 'vitest';
import { addCounts, countStep, createCounters } from './counters.ts';
import { advance, beginLevel, createFrontier, restoreFrontier } from './frontier.ts';

// One initial state, two states after it, three after these: states are numbered as they are found.
const afterTwoLevels = () => {
  const frontier = createFrontier(1);
  advance(frontier, 1);
  beginLevel(frontier, 3);
  advance(frontier, 3);
  beginLevel(frontier, 6);
  return frontier;
};

test('the frontier is the states between the head and the end of the level', () => {
  expect(createFrontier(1)).toEqual({ head: 0, levelEnd: 1, depth: 0, levels: [0, 1] });
  expect(afterTwoLevels()).toEqual({ head: 3, levelEnd: 6, depth: 2, levels: [0, 1, 3, 6] });
});

test('a frontier goes on from where a checkpoint has it', () => {
  const frontier = afterTwoLevels();
  restoreFrontier(frontier, createFrontier(2));
  expect(frontier).toEqual(createFrontier(2));
});

test('a step that leads back to its state is counted twice: as a step, and as a self-loop', () => {
  const counters = createCounters(2);
  countStep(counters, 0, true);
  countStep(counters, 1, false);
  expect([[...counters.enabled], [...counters.selfLoops]]).toEqual([
    [1, 1],
    [0, 1],
  ]);
  countStep(counters, 1, false, -1);
  addCounts(counters, { enabled: Float64Array.of(4, 0), selfLoops: Float64Array.of(2, 0) });
  expect([[...counters.enabled], [...counters.selfLoops]]).toEqual([
    [5, 0],
    [2, 0],
  ]);
});
