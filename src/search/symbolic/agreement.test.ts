import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemOf, type System } from '../../model/index.ts';
import { plainScenario, randomModel } from '../../testing/random-model.ts';
import { randomSystem } from '../../testing/random-system.ts';
import { waiting } from '../../testing/waiting.ts';
import { explore } from '../exhaustive/explore.ts';
import { lengthOf, type SearchResult } from '../result.ts';
import { showsInvariant } from '../shows.ts';
import { statesOf } from '../trace.ts';
import { exploreSymbolically } from './explore.ts';
import type { SymbolicOptions } from './options.ts';

const MOST_STATES = 3000;
const STRATEGIES = ['levels', 'chaining', 'saturation'] as const;

/** What has to be the same in any way of searching. */
const verdictsOf = (system: System, { verdicts }: SearchResult): readonly string[] =>
  Object.entries(verdicts).map(([id, verdict]) => {
    const trace =
      verdict.kind === 'violated' ? verdict.trace : verdict.kind === 'holds' ? verdict.witness : undefined;
    if (trace === undefined) return `${id} ${verdict.kind}`;
    const states = statesOf(system, trace);
    expect(showsInvariant(system, id, states.slice(0, lengthOf(trace) + 1))).toBe(true);
    return `${id} ${verdict.kind} ${lengthOf(trace)}`;
  });

const sameAs = (system: System, options: SymbolicOptions): void => {
  const limits = { maxStates: MOST_STATES };
  const all = explore(system, { invariants: [], limits });
  if (all.bound !== undefined) return;
  const sets = exploreSymbolically(system, { ...options, invariants: [] });
  const counts = ({ states, transitions, actions }: SearchResult): object => ({
    states,
    transitions,
    actions,
  });
  expect(counts(sets)).toEqual(counts(all));
  expect([sets.exactStates, sets.exactTransitions]).toEqual([BigInt(all.states), BigInt(all.transitions)]);
  if (options.strategy === 'levels') expect(sets.depth).toBe(all.depth);
  const one = explore(system);
  const other = exploreSymbolically(system, options);
  expect(verdictsOf(system, other)).toEqual(verdictsOf(system, one));
};

test.each(STRATEGIES)('sets of states are those that are found one by one: %s', (strategy) => {
  fc.assert(
    fc.property(randomModel, (model) => sameAs(systemOf(model, plainScenario), { strategy })),
    { numRuns: 60 },
  );
  fc.assert(
    fc.property(randomSystem, (model) => sameAs(systemOf(model, plainScenario), { strategy })),
    { numRuns: 60 },
  );
});

test('invariants of every kind, and a part whose shape changes', () => {
  const system = systemOf(waiting, plainScenario);
  const one = explore(system);
  const other = exploreSymbolically(system);
  expect(verdictsOf(system, other)).toEqual(verdictsOf(system, one));
});
