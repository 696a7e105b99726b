import { expect, it } from 'vitest';
import type { RunProgress } from '../../claim/run/run-options.ts';
import { doorSuite } from '../../testing/models/door.ts';
import { createProgressText } from './progress-text.ts';

const at = (claim: string, done: number, states: number, statesBeside = 0): RunProgress => ({
  phase: 'search',
  claim,
  done,
  total: 7,
  search: { states, transitions: 0, depth: 3 },
  statesBeside,
});

it('says how much is done, at which rate, and what is left, by what it took before', () => {
  const text = createProgressText(doorSuite.claims, {
    'DOOR-OPEN': 1000,
    'DOOR-PICKED': 3000,
    'DOOR-STEEL': 4000,
  });
  expect(text(at('DOOR-OPEN', 0, 500_000), 500)).toBe(
    'searching  0/7  DOOR-OPEN  500K states, 1M/s, depth 3, for 2 claims',
  );
  // A second of some 12.7 was to be done by now, and took four.
  expect(text(at('DOOR-PICKED', 1, 1_500_000, 500_000), 4000)).toMatch(
    /^searching {2}1\/7 {2}\d+ s left {2}DOOR-PICKED {2}2M states, 500K\/s, depth 3$/,
  );
});

it('says nothing of what is left where too little is done, or of random search', () => {
  const text = createProgressText(doorSuite.claims, {});
  expect(text(at('DOOR-STEEL', 3, 10), 1999)).not.toContain('left');
  expect(text(at('DOOR-STEEL', 3, 10), 100_000)).toContain(' left  DOOR-STEEL');
  expect(text({ ...at('DOOR-STEEL', 3, 10), phase: 'probe' }, 100_000)).toMatch(
    /^random search {2}3\/7 {2}DOOR-STEEL/,
  );
});

it('says no depth of a search that has none', () => {
  const text = createProgressText(doorSuite.claims, {});
  const search = { states: 10, transitions: 0, depth: 0 };
  expect(text({ ...at('DOOR-OPEN', 0, 0), search }, 1000)).toBe(
    'searching  0/7  DOOR-OPEN  10 states, 10/s, for 2 claims',
  );
});
