import { byName, canonical, type Scenario } from '../model/index.ts';
import type { Learning, On, SearchBudget } from './knowledge.ts';
import type { Target } from './minimal.ts';
import { searchOnce } from './kept/memory.ts';
import type { Deciding } from './search-sets.ts';

/** A question, the defences that its scenario has on, and what can be switched on. */
export interface Looked extends Target {
  readonly own: readonly number[];
  readonly off: readonly number[];
}

/** The most defences of which all sets are searched at once; of more, each alone and all together. */
const FEW = 4;

/** Sets that are worth a look before anything is known. */
const firstSets = ({ off, own }: Looked): readonly (readonly number[])[] => {
  if (off.length > FEW) return [own, ...off.map((place) => [...own, place]), [...own, ...off]];
  return Array.from({ length: 2 ** off.length }, (_, at) => [
    ...own,
    ...off.filter((__, bit) => ((at >> bit) & 1) === 1),
  ]);
};

const scopeOf = ({ capabilities, parameters }: Scenario): string =>
  canonical({ capabilities, parameters: byName(parameters) });

const keyOf = (members: readonly number[]): string => members.toSorted((a, b) => a - b).join(' ');

/** Groups questions in the order in which they come, those with one scope together. */
export const groupsOf = (targets: readonly Looked[]): readonly (readonly Looked[])[] => {
  const groups = new Map<string, Looked[]>();
  for (const target of targets) {
    const key = scopeOf(target.learning.question.scenario);
    groups.set(key, [...(groups.get(key) ?? []), target]);
  }
  return [...groups.values()];
};

/** Orders the sets so that the scenario's own comes first: an attack of it is the one that is told. */
const hearFirst = ({ own }: Looked, sets: readonly On[]): readonly number[] => {
  const mine = keyOf(own);
  const places = sets.map((_, at) => at);
  return places.toSorted(
    (a, b) => Number(keyOf([...sets[b]!]) === mine) - Number(keyOf([...sets[a]!]) === mine),
  );
};

/**
 * Decides, for each target, its own scenario, each defence alone and all of them; questions about the same
 * states share a search. A limit on states is one of each set, so that with one nothing is shared.
 */
export function* lookFirst(
  targets: readonly Looked[],
  names: readonly string[],
  run: SearchBudget,
): Deciding<number> {
  let searches = 0;
  if (run.limits.maxStates !== undefined) return searches;
  for (const group of groupsOf(targets)) {
    if (run.stopped) break;
    const byKey = new Map(group.flatMap(firstSets).map((members) => [keyOf(members), new Set(members)]));
    const sets = [...byKey.values()];
    const learnings: readonly Learning[] = group.map(({ learning }) => learning);
    const asking = {
      questions: learnings.map(({ question }) => question),
      sets: sets.map((on) => names.filter((_, place) => on.has(place))),
    };
    const found = yield* searchOnce(asking, run.limits, run.memory);
    searches += 1;
    for (const [at, target] of group.entries()) {
      const isMine = (on: On): boolean => target.given.every((place) => on.has(place));
      for (const set of hearFirst(target, sets)) {
        if (isMine(sets[set]!)) target.learning.hear(sets[set]!, found.verdicts[at]![set]!, found.asked);
      }
    }
  }
  return searches;
}
