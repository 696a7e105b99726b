import type { Mitigation } from '../auditor.ts';
import { leftBy, type Broken, type Interview } from './interview.ts';

/** A step of a plan: settings that close questions together, and other sets that close the same ones. */
export interface PlanStep {
  readonly settings: readonly string[];
  readonly closes: readonly string[];
  readonly or: readonly (readonly string[])[];
}

/** A plan: changes to a board, those that close most first, and the attacks left when all of it is done. */
export interface Plan {
  readonly steps: readonly PlanStep[];
  /**
   * The questions that the settings of all steps close together: searched again, since a proof need not hold
   * with more defences.
   */
  readonly closes: readonly string[];
  readonly leaves: readonly string[];
}

/** A question that can be closed, with the sets of settings each of which closes it. */
export interface Closable {
  readonly broken: Broken;
  readonly sets: readonly (readonly string[])[];
}

const PRICES = { firmware: 1, defence: 2, hypothetical: 100 } as const;

const priceOf = (mitigations: readonly Mitigation[], set: readonly string[]): number =>
  set.reduce((sum, name) => sum + PRICES[mitigations.find(({ id }) => id === name)?.by ?? 'firmware'], 0);

const keyOf = (set: readonly string[]): string => set.join(' ');

/**
 * Returns the steps that close what can be closed: always the one that closes most of the rest, and of those
 * the one with the fewest settings.
 */
const stepsFor = (mitigations: readonly Mitigation[], closable: readonly Closable[]): readonly PlanStep[] => {
  const options = [...new Map(closable.flatMap(({ sets }) => sets).map((set) => [keyOf(set), set])).values()];
  const closedBy = (set: readonly string[], among: readonly Closable[]): readonly Closable[] =>
    among.filter(({ sets }) => sets.some((one) => keyOf(one) === keyOf(set)));
  const steps: PlanStep[] = [];
  let open = closable.filter(({ sets }) => sets.length > 0);
  while (open.length > 0) {
    const left = open;
    const best = options
      .map((set) => ({ set, closes: closedBy(set, left), price: priceOf(mitigations, set) }))
      // Settings that nobody can change come last, however much they would close.
      .toSorted(
        (a, b) =>
          Number(a.price >= PRICES.hypothetical) - Number(b.price >= PRICES.hypothetical) ||
          b.closes.length - a.closes.length ||
          a.price - b.price,
      )
      .find(({ closes }) => closes.length > 0);
    const { set, closes } = best!;
    steps.push({
      settings: set,
      closes: closes.map(({ broken: { answer } }) => answer.question.id),
      or: options.filter(
        (other) =>
          other !== set &&
          priceOf(mitigations, other) < PRICES.hypothetical &&
          closes.every(({ sets }) => sets.some((one) => keyOf(one) === keyOf(other))),
      ),
    });
    open = open.filter((one) => !closes.includes(one));
  }
  return steps;
};

/**
 * Plans what to change, and searches for attacks that are left once all of it is done, but for what nobody
 * can change.
 */
export const planFor = async (view: Interview, closable: readonly Closable[]): Promise<Plan> => {
  const { mitigations } = view.subject;
  const steps = stepsFor(mitigations, closable);
  const isReal = (name: string): boolean => mitigations.find(({ id }) => id === name)?.by !== 'hypothetical';
  const all = [
    ...new Set(steps.filter((step) => step.settings.every(isReal)).flatMap((step) => step.settings)),
  ];
  const questions = closable.map(({ broken }) => broken);
  const left = all.length === 0 ? undefined : await leftBy(view, questions, all);
  const among = (isClosed: boolean): readonly string[] =>
    questions
      .filter((one) => (left?.get(one) === 'none') === isClosed)
      .map(({ answer }) => answer.question.id);
  return { steps, closes: among(true), leaves: among(false) };
};
