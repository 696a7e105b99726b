import { expect, test } from 'vitest';
import { systemOf, type System } from '../../model/index.ts';
import { plainScenario } from '../../testing/models/random-model.ts';
import { waiting } from '../../testing/models/waiting.ts';
import { explore } from '../exhaustive/explore.ts';
import { lengthOf, type SearchResult } from '../result.ts';
import { violatesOrWitnesses } from '../violates-or-witnesses.ts';
import { statesOf } from '../trace.ts';
import { exploreSymbolically } from './explore.ts';

/** Returns the part of a result that has to be the same in any way of searching. */
const verdictsOf = (system: System, { verdicts }: SearchResult): readonly string[] =>
  Object.entries(verdicts).map(([id, verdict]) => {
    const trace =
      verdict.kind === 'violated' ? verdict.trace : verdict.kind === 'holds' ? verdict.witness : undefined;
    if (trace === undefined) return `${id} ${verdict.kind}`;
    const states = statesOf(system, trace);
    expect(violatesOrWitnesses(system, id, states.slice(0, lengthOf(trace) + 1))).toBe(true);
    return `${id} ${verdict.kind} ${lengthOf(trace)}`;
  });

test('invariants of every kind, and a part whose shape changes', () => {
  const system = systemOf(waiting, plainScenario);
  const one = explore(system);
  const other = exploreSymbolically(system);
  expect(verdictsOf(system, other)).toEqual(verdictsOf(system, one));
});
