import { Fault, type System } from '../../../model/index.ts';
import { lengthOf, type ReductionKind, type SearchResult, type Verdict } from '../../result.ts';

const textOf = (verdict: Verdict, lengths: boolean): string =>
  verdict.kind === 'violated' && verdict.trace !== undefined && lengths
    ? `violated in ${lengthOf(verdict.trace)}`
    : verdict.kind;

const isDecided = (verdict: Verdict | undefined): verdict is Verdict =>
  verdict !== undefined && verdict.kind !== 'unresolved';

const notAlike = (model: string, invariant: string, expected: string, got: string): Fault =>
  new Fault('UW108', {
    where: `model ${model}, invariant ${invariant}`,
    expected: `${expected}, as a search of all states finds`,
    got: `${got}, where states that differ in the order of interchangeable parts are one`,
    likely: 'in some state a function treats one of these parts differently',
    next: "take the part out of the model's `interchangeable`, or let everything treat its elements alike",
  });

const disagreed = (model: string, invariant: string, expected: string, got: string): Fault =>
  new Fault('UW701', {
    where: `model ${model}, invariant ${invariant}, searched in part and whole`,
    expected,
    got,
    likely: 'a bug of underwatch',
    next: 'report it with the model; no verdict of this search counts',
  });

/**
 * Compares a search that left states out with one of all states. Throws UW108 where parts were taken for
 * alike that are not, UW701 where steps were left out that matter. Where a limit ended one of them, it says
 * nothing of the other.
 */
export const checkUnreduced = (
  { model }: System,
  reductions: readonly ReductionKind[],
  reduced: SearchResult,
  whole: SearchResult,
): void => {
  if (reduced.bound !== undefined || whole.bound !== undefined) return;
  // Partial order keeps verdicts, and not how far an attack is.
  const lengths = !reductions.includes('partial-order');
  for (const [id, verdict] of Object.entries(reduced.verdicts)) {
    const other = whole.verdicts[id];
    if (!isDecided(verdict) || !isDecided(other)) continue;
    const [expected, got] = [textOf(other, lengths), textOf(verdict, lengths)];
    if (expected === got) continue;
    throw (reductions.includes('symmetry') ? notAlike : disagreed)(model.id, id, expected, got);
  }
};
