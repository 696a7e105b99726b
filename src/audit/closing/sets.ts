import { worksStill, type Broken, type Interview } from './interview.ts';
import type { Singles } from './singles.ts';

/** The most mitigations of a set for which all sets of its size are tried. */
const LARGEST = 3;
/** The most sets that are searched for one question. */
const MOST_SEARCHES = 16;

/** Returns all sets of `size` of `names`, in their order. */
const setsOf = (names: readonly string[], size: number): readonly (readonly string[])[] =>
  size === 0
    ? [[]]
    : names.flatMap((name, index) => setsOf(names.slice(index + 1), size - 1).map((rest) => [name, ...rest]));

const isWithin = (small: readonly string[], large: readonly string[]): boolean =>
  small.every((name) => large.includes(name));

/**
 * Whether no attack is left with `changed`, case by case: the search stops at the first case that is not
 * proved.
 */
const closes = async (view: Interview, one: Broken, changed: readonly string[]): Promise<boolean> => {
  const { question, brokenCases } = one.answer;
  for (const { assignment } of brokenCases) {
    if (view.stopped()) return false;
    const scenario = view.subject.scenario(question, assignment, changed);
    const [found] = await view.ask([{ question, scenario }]);
    if (found?.attack !== undefined) one.attacks.push(found.attack);
    if (found?.verdict !== 'holds') return false;
  }
  return true;
};

/** Leaves out each setting of `changed` whose absence leaves no attack, and returns the rest. */
const smallest = async (
  view: Interview,
  one: Broken,
  changed: readonly string[],
): Promise<readonly string[]> => {
  let kept = changed;
  for (const name of changed) {
    const fewer = kept.filter((other) => other !== name);
    if (!worksStill(view, one, fewer) && (await closes(view, one, fewer))) kept = fewer;
  }
  return kept;
};

const setsAmong = async (
  view: Interview,
  one: Broken,
  names: readonly string[],
): Promise<readonly (readonly string[])[]> => {
  if (names.length < 2 || worksStill(view, one, names) || !(await closes(view, one, names))) return [];
  const found: (readonly string[])[] = [];
  let searches = 0;
  for (let size = 2; size <= Math.min(LARGEST, names.length - 1); size += 1) {
    for (const set of setsOf(names, size)) {
      if (view.stopped() || found.some((small) => isWithin(small, set))) continue;
      // Most sets fall to an attack that is known; only what withstands all of them is searched.
      if (worksStill(view, one, set) || searches === MOST_SEARCHES) continue;
      searches += 1;
      if (await closes(view, one, set)) found.push(set);
    }
    if (found.length > 0) return found;
  }
  return [await smallest(view, one, names)];
};

/**
 * Finds sets of mitigations with which no attack on a question is left, where no single one that somebody can
 * change does it. It looks for sets of two first, then for those of three; beyond, for one set of which none
 * can be spared. Settings that nobody can change come in only where all others together leave an attack.
 */
export const setsFor = async (
  view: Interview,
  one: Broken,
  { closedBy }: Singles,
): Promise<readonly (readonly string[])[]> => {
  const { mitigations } = view.subject;
  const real = mitigations.filter(({ by }) => by !== 'hypothetical').map(({ id }) => id);
  if (closedBy.some((id) => real.includes(id))) return [];
  const found = await setsAmong(view, one, real);
  if (found.length > 0 || closedBy.length > 0 || real.length === mitigations.length) return found;
  return setsAmong(
    view,
    one,
    mitigations.map(({ id }) => id),
  );
};
