import { byName, canonical, type Value } from '../../model/index.ts';
import { watchedOnce } from '../../model/watchdog/slices.ts';
import { identityOf } from '../../search/checkpoint/identity.ts';
import type { Limits, Verdict } from '../../search/result.ts';
import { systemWith, type DefenceQuestion } from '../question.ts';
import { searchSets, type Deciding, type Searched } from '../search-sets.ts';

/** Results of searches, by the question. A result taken from here was found by the same search. */
export interface SearchMemory {
  readonly get: (asked: string) => Searched | undefined;
  readonly put: (asked: string, found: Searched) => void;
}

/** A search that is about to be made, or to be taken from what is kept. */
export interface SearchRequest {
  readonly questions: readonly DefenceQuestion[];
  readonly sets: readonly (readonly string[])[];
}

/**
 * Samples the model where most and where fewest defences are on: files tell nothing of constants that come
 * from elsewhere, such as the environment.
 */
const doneIn = ({ questions, sets }: SearchRequest, limits: Limits): readonly string[] => {
  const [question] = questions as readonly [DefenceQuestion];
  const ids = [...new Set(questions.map(({ invariant }) => invariant))];
  const bySize = sets.toSorted((a, b) => a.length - b.length);
  const ends = [...new Set([bySize[0] ?? [], bySize.at(-1) ?? []])];
  return ends.map((on) =>
    canonical(watchedOnce(() => identityOf(systemWith(question, new Set(on)), ids, {}), limits) as Value),
  );
};

/** Returns the question of a search, as text. */
const keyOf = (asking: SearchRequest, limits: Limits): string => {
  const { questions, sets } = asking;
  return canonical([
    questions.map(({ invariant, model, scenario }) => [
      model.id,
      invariant,
      scenario.capabilities,
      byName(scenario.parameters),
    ]),
    sets,
    byName({ ...limits }),
    doneIn(asking, limits),
  ]);
};

const isInterrupted = (verdict: Verdict): boolean =>
  verdict.kind === 'unresolved' && verdict.bound === 'interrupted';

/**
 * Searches a model under several sets, or takes what the same search found before. An attack from there is
 * replayed by its listener; a search that was interrupted is not kept.
 */
export function* searchOnce(
  asking: SearchRequest,
  limits: Limits,
  memory: SearchMemory | undefined,
): Deciding<Searched> {
  if (memory === undefined) return yield* searchSets(asking.questions, asking.sets, limits);
  const key = keyOf(asking, limits);
  const before = memory.get(key);
  if (before !== undefined) return before;
  const found = yield* searchSets(asking.questions, asking.sets, limits);
  if (!found.verdicts.flat().some(isInterrupted)) memory.put(key, found);
  return found;
}
