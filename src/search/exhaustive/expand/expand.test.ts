import { expect, test } from 'vitest';
import { graph } from '../../../testing/models/graph.ts';
import { explore } from '../explore.ts';

const diamond = graph([[1, 2], [3], [3], []], { 'not-two': { kind: 'always', holds: ({ at }) => at !== 2 } });

test('each state is expanded once, each step counted', () => {
  const { complete, states, transitions, depth } = explore(diamond, { invariants: [] });
  expect({ complete, states, transitions, depth }).toEqual({
    complete: true,
    states: 4,
    transitions: 4,
    depth: 2,
  });
});

test('what was expanded beyond the state that decided is taken back', () => {
  const { states, transitions } = explore(diamond);
  expect({ states, transitions }).toEqual({ states: 3, transitions: 2 });
});
