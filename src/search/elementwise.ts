import { Fault, type System } from '../model/index.ts';
import { lengthOf, type SearchResult, type Verdict } from './result.ts';
import type { Space } from './space/space.ts';

/** States of a search that is run once more, element by element, at most. */
export const FEW_STATES = 20_000;
/** How long that may take: it is there to find faults of this program, and says nothing that a user waits for. */
export const RECHECK_MS = 1000;

/** Whether something was asked of all elements of an array at once, or done to them. */
export const hasAsked = ({ virtuals }: Space): boolean =>
  virtuals !== undefined && virtuals.from(0).length > 0;

const textOf = (verdict: Verdict): string =>
  verdict.kind === 'violated'
    ? `violated${verdict.trace === undefined ? '' : ` in ${lengthOf(verdict.trace)}`}`
    : verdict.kind;

/** What must not depend on how arrays are read. The number of states does where a search ends early in the midst of a set. */
const said = ({ states, transitions, verdicts }: SearchResult, counts: boolean): string =>
  [
    ...(counts ? [`${states} states`, `${transitions} transitions`] : []),
    ...Object.entries(verdicts).map(([id, verdict]) => `${id} ${textOf(verdict)}`),
  ].join(', ');

/**
 * Holds a search that asked arrays as a whole against one that read them element by element. Throws UW701 where they differ.
 * One that a limit ended says nothing of the other.
 */
export const checkElementwise = ({ model }: System, whole: SearchResult, parts: SearchResult): void => {
  if (whole.bound !== undefined || parts.bound !== undefined) return;
  const counts = whole.complete && parts.complete;
  const [got, expected] = [said(whole, counts), said(parts, counts)];
  if (got === expected) return;
  throw new Fault('UW701', {
    where: `model ${model.id}, arrays asked as a whole and read element by element`,
    expected,
    got,
    likely: 'a bug of underwatch',
    next: 'report it with the model; no verdict of this search counts',
  });
};
