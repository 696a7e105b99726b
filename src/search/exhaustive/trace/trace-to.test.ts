import { expect, test } from 'vitest';
import { graph, walk } from '../../../testing/models/graph.ts';
import { explore } from '../explore.ts';

// Two ways to 5: over 1 and 3, and the shorter over 2; over 4 there is one as short, later in the order of
// instances.
const system = graph([[1, 2, 4], [3], [5], [5], [5], []], {
  apart: { kind: 'always', holds: ({ at }) => at !== 5 },
});

test.each([[true], [false]])(
  'an attack is the first of the shortest paths, with parents held: %s',
  (parents) => {
    const { verdicts } = explore(system, { parents });
    expect(verdicts['apart']).toEqual({
      kind: 'violated',
      shortest: true,
      trace: { initial: 0, steps: walk(2, 5) },
    });
  },
);
