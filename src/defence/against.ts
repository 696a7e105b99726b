import type { Limits, Trace } from '../search/result.ts';
import { exploreInSlices } from '../search/exhaustive/explore.ts';
import { endOf } from './alone.ts';
import { createLearning, type SearchBudget, type SetVerdict } from './knowledge.ts';
import { isShownByPath, systemWith, type DefenceQuestion } from './question.ts';
import type { SingleDefence } from './result.ts';
import type { Deciding } from './search-sets.ts';
import { createSets } from './sets/diagram.ts';

/** Searches with each defence, where a path alone does not show what is broken; no step is told. */
function* searchedWith(
  question: DefenceQuestion,
  own: readonly string[],
  off: readonly string[],
  limits: Limits,
): Deciding<readonly SingleDefence[]> {
  const found: SingleDefence[] = [];
  for (const defence of off) {
    const system = systemWith(question, new Set([...own, defence]));
    const { verdicts } = yield* exploreInSlices(system, { invariants: [question.invariant], limits });
    const { kind } = verdicts[question.invariant]!;
    const verdict = kind === 'violated' ? 'open' : kind === 'unresolved' ? 'undecided' : 'holds';
    found.push({ defence, verdict });
  }
  return found;
}

/**
 * Finds out, for each defence that is off in an attack's scenario, what it would do about the attack if it
 * alone were switched on: the step at which this attack ends, and whether another one works then. `limits`
 * are those of each search. Throws UW201 for limits that make no sense.
 */
export function* againstInSlices(
  question: DefenceQuestion,
  { trace, shortest }: { readonly trace: Trace; readonly shortest: boolean },
  limits: Limits = {},
): Deciding<readonly SingleDefence[]> {
  const { invariant, model, scenario } = question;
  const names = Object.keys(model.defences);
  const off = names.filter((name) => scenario.without.includes(name));
  const own = names.filter((name) => !off.includes(name));
  if (!isShownByPath(model, invariant)) return yield* searchedWith(question, own, off, limits);
  const sets = createSets(names.length);
  const run: SearchBudget = { limits, stopped: false };
  const learning = createLearning(question, names, sets, run);
  learning.take(trace, shortest, own);
  const places = (on: readonly string[]): ReadonlySet<number> =>
    new Set(on.map((name) => names.indexOf(name)));
  const each = off.map((defence) => places([...own, defence]));
  yield* learning.decide(each);
  return off.map((defence, at) => ({
    defence,
    verdict: learning.look(each[at]!) as SetVerdict,
    ...endOf(learning.known(), sets, each[at]!),
  }));
}
