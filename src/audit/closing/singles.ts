import type { Answer } from '../answer.ts';
import { leftBy, type Broken, type Interview } from './interview.ts';

/** The effect of single settings on the attacks on a question. */
export type Singles = Pick<Answer, 'closedBy' | 'notClosedBy' | 'undecidedBy'>;

/** Tries every single setting against every assignment that has an attack. */
export const trySingles = async (
  view: Interview,
  broken: readonly Broken[],
): Promise<ReadonlyMap<Broken, Singles>> => {
  const lists = new Map(
    broken.map((one) => [
      one,
      { closedBy: [] as string[], notClosedBy: [] as string[], undecidedBy: [] as string[] },
    ]),
  );
  for (const { id } of view.subject.mitigations) {
    const left = await leftBy(view, broken, [id]);
    for (const [one, { closedBy, notClosedBy, undecidedBy }] of lists)
      ({ none: closedBy, some: notClosedBy, unknown: undecidedBy })[left.get(one)!].push(id);
  }
  return lists;
};
