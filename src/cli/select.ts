import type { Claim, Suite } from '../claim/claim.ts';
import { Fault } from '../model/index.ts';
import { oneOfThese } from './one-of.ts';

const nothingFits = (where: string, got: string, known: readonly string[]): Fault =>
  new Fault('UW305', {
    where,
    expected: oneOfThese(known, got),
    got,
    likely: 'a typing error, or an id of another configuration',
    next: 'run `underwatch list` for the ids',
  });

const needKnown = (where: string, wanted: readonly string[], known: readonly string[]): void => {
  for (const one of wanted) if (!known.includes(one)) throw nothingFits(where, one, known);
};

/**
 * The suites with those of their claims that were asked for; all of them when nothing is named. Throws
 * UW305 for an id that does not exist and for a selection that leaves nothing.
 */
export const select = (
  suites: readonly Suite[],
  ids: readonly string[],
  claimIds: readonly string[],
): readonly Suite[] => {
  needKnown(
    'the suite',
    ids,
    suites.map(({ id }) => id),
  );
  const chosen = ids.length === 0 ? suites : suites.filter(({ id }) => ids.includes(id));
  needKnown(
    'option --claim',
    claimIds,
    chosen.flatMap(({ claims }) => claims.map(({ id }) => id)),
  );
  const isChosen = ({ id }: Claim): boolean => claimIds.length === 0 || claimIds.includes(id);
  const selected = chosen
    .map((suite) => ({ ...suite, claims: suite.claims.filter(isChosen) }))
    .filter(({ claims }) => claims.length > 0);
  if (selected.length === 0) throw nothingFits('the suites', 'no claim at all', []);
  return selected;
};
