import type { Answer } from '../answer.ts';
import { brokenOf, type Interview } from './interview.ts';
import { planFor, type Closable, type Plan } from './plan.ts';
import { setsFor } from './sets.ts';
import { trySingles } from './singles.ts';

/** Answers with what closes them, and a plan of what to change. */
export interface Closing {
  readonly answers: readonly Answer[];
  readonly plan: Plan;
}

/**
 * Finds what closes the attacks on a board: single settings, sets of them where none does it alone, and what
 * to change in all.
 */
export const findClosing = async (view: Interview, answers: readonly Answer[]): Promise<Closing> => {
  const broken = brokenOf(answers);
  const singles = await trySingles(view, broken);
  const closed = new Map<Answer, Answer>();
  const closable: Closable[] = [];
  for (const one of broken) {
    const lists = singles.get(one)!;
    const closedTogether = await setsFor(view, one, lists);
    closed.set(one.answer, { ...one.answer, ...lists, closedTogether });
    closable.push({ broken: one, sets: [...lists.closedBy.map((id) => [id]), ...closedTogether] });
  }
  return {
    answers: answers.map((answer) => closed.get(answer) ?? answer),
    plan: await planFor(view, closable),
  };
};
