import { Fault, type System } from '../model/index.ts';
import { lengthOf, type SearchResult, type Verdict } from './result.ts';
import type { Space } from './learned-relation/space.ts';

/** The most states of a search that is run once more, element by element. */
export const FEW_STATES = 20_000;
/**
 * The time limit of a recheck: it is there to find faults of this program, and says nothing that a user waits
 * for.
 */
export const RECHECK_MS = 1000;

/** Whether a function asked about all elements of an array at once, or changed them at once. */
export const hasAsked = ({ arrayQueries }: Space): boolean =>
  arrayQueries !== undefined && arrayQueries.from(0).length > 0;

const textOf = (verdict: Verdict): string =>
  verdict.kind === 'violated'
    ? `violated${verdict.trace === undefined ? '' : ` in ${lengthOf(verdict.trace)}`}`
    : verdict.kind;

/**
 * Returns the part of a result that must not depend on how arrays are read. The number of states does where a
 * search ends early in the middle of a set.
 */
const said = (
  { states, transitions, verdicts }: SearchResult,
  counts: boolean,
  decided: readonly string[],
): string =>
  [
    ...(counts ? [`${states} states`, `${transitions} transitions`] : []),
    ...decided.map((id) => `${id} ${textOf(verdicts[id]!)}`),
  ].join(', ');

const isDecided = (verdict: Verdict | undefined): boolean =>
  verdict !== undefined && verdict.kind !== 'unresolved';

/**
 * Compares a search that asked arrays as a whole with one that read them element by element. Throws UW701
 * where they differ. One that a limit ended says nothing of the other; no more does a verdict that a limit
 * kept one of them from, as it may where all states are known and it is still to be found which of them lead
 * to which.
 */
export const checkElementwise = ({ model }: System, whole: SearchResult, parts: SearchResult): void => {
  if (whole.bound !== undefined || parts.bound !== undefined) return;
  const counts = whole.complete && parts.complete;
  const decided = Object.keys(whole.verdicts).filter(
    (id) => isDecided(whole.verdicts[id]) && isDecided(parts.verdicts[id]),
  );
  const [got, expected] = [said(whole, counts, decided), said(parts, counts, decided)];
  if (got === expected) return;
  throw new Fault('UW701', {
    where: `model ${model.id}, arrays asked as a whole and read element by element`,
    expected,
    got,
    likely: 'a bug of underwatch',
    next: 'report it with the model; no verdict of this search counts',
  });
};
