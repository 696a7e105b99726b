import { endOf, toldOf } from './alone.ts';
import { createLearning, type On, type SearchBudget, type SetVerdict } from './knowledge.ts';
import type { Deciding } from './search-sets.ts';
import type { DefenceQuestion } from './question.ts';
import type { MatrixCell, Matrix } from './result.ts';
import type { Sets } from './sets/diagram.ts';

/**
 * Finds what each defence of the model does about each attack: alone on, and alone off. The attack is that of
 * its own scenario; whether another one gets through is decided by one that works there, or by a search.
 */
export function* matrixOf(
  questions: readonly DefenceQuestion[],
  names: readonly string[],
  sets: Sets,
  run: SearchBudget,
): Deciding<Matrix> {
  const rows: Matrix['rows'][number][] = [];
  for (const question of questions) {
    const learning = createLearning(question, names, sets, run);
    const own = names.flatMap((name, place) => (question.scenario.without.includes(name) ? [] : [place]));
    yield* learning.decide([new Set(own)]);
    const asked = names.flatMap((defence, place): readonly (readonly [MatrixCell['set'], string, On])[] => [
      ['alone on', defence, new Set([place])],
      ['alone off', defence, new Set(names.flatMap((_, other) => (other === place ? [] : [other])))],
    ]);
    yield* learning.decide(asked.map(([, , on]) => on));
    const known = learning.known();
    const cells = asked.map(([set, defence, on]): MatrixCell => {
      const attack = known.attacks.findIndex(({ works }) => sets.has(works, on));
      return {
        set,
        defence,
        verdict: learning.look(on) as SetVerdict,
        ...endOf(known, sets, on),
        ...(attack < 0 ? {} : { attack }),
      };
    });
    rows.push({ id: question.id, known: known.attacks.map(toldOf), cells });
  }
  return { rows };
}
