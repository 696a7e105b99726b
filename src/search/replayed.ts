import { Fault, type System } from '../model/index.ts';
import type { Trace, Verdict } from './result.ts';
import { pathViolatesOrWitnesses, statesOf } from './trace.ts';

const unlike = (where: string, got: string): Fault =>
  new Fault('UW120', {
    where,
    expected: 'a path that the model itself takes, and that shows what the search found',
    got,
    likely: 'a function that is not pure in a way that nothing else showed, or a bug of underwatch',
    next: 'search once more with another engine, and report it with the model if both say the same',
  });

const pathIn = (verdict: Verdict): Trace | undefined => {
  if (verdict.kind === 'violated') return verdict.trace;
  return verdict.kind === 'holds' ? verdict.witness : undefined;
};

/**
 * Replays every attack and witness that a search found on the model as it stands, with immer and nothing
 * learned, before it is reported. Throws UW120 for one that does not run, or shows nothing: that is no
 * verdict.
 */
export const needReplayed = (system: System, verdicts: { readonly [invariant: string]: Verdict }): void => {
  for (const [id, verdict] of Object.entries(verdicts)) {
    const trace = pathIn(verdict);
    if (trace === undefined) continue;
    const where = `model ${system.model.id}, invariant ${id}`;
    let states;
    try {
      states = statesOf(system, trace);
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'UW503') throw error;
      throw unlike(where, `${error.details.got}, where there should be ${error.details.expected}`);
    }
    // A path cannot show that nothing good can be reached from its end.
    if (system.model.invariants[id]?.kind === 'recovers' || pathViolatesOrWitnesses(system, id, states))
      continue;
    throw unlike(where, `${trace.steps.length} steps that run, and do not show it`);
  }
};
