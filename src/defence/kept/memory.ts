import { byName, canonical } from '../../model/index.ts';
import type { Limits, Verdict } from '../../search/result.ts';
import type { DefenceQuestion } from '../question.ts';
import { searchSets, type Deciding, type Searched } from '../search-sets.ts';

/** What searches found, by what they were asked. Whatever is taken from here was found by the same search. */
export interface SearchMemory {
  readonly get: (asked: string) => Searched | undefined;
  readonly put: (asked: string, found: Searched) => void;
}

/** A search that is about to be made, or to be taken from what is kept. */
export interface Asking {
  readonly questions: readonly DefenceQuestion[];
  readonly sets: readonly (readonly string[])[];
}

/** What a search is asked, as text. */
const keyOf = ({ questions, sets }: Asking, limits: Limits): string =>
  canonical([
    questions.map(({ invariant, model, scenario }) => [
      model.id,
      invariant,
      scenario.capabilities,
      byName(scenario.parameters),
    ]),
    sets,
    byName({ ...limits }),
  ]);

const isInterrupted = (verdict: Verdict): boolean =>
  verdict.kind === 'unresolved' && verdict.bound === 'interrupted';

/**
 * Searches a model under several sets, or takes what the same search found before. An attack from there is gone through anew by
 * whoever hears of it; a search that was interrupted is not kept.
 */
export function* searchOnce(
  asking: Asking,
  limits: Limits,
  memory: SearchMemory | undefined,
): Deciding<Searched> {
  const key = keyOf(asking, limits);
  const before = memory?.get(key);
  if (before !== undefined) return before;
  const found = yield* searchSets(asking.questions, asking.sets, limits);
  if (!found.verdicts.flat().some(isInterrupted)) memory?.put(key, found);
  return found;
}
