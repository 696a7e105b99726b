import type { Found, Guarantee } from './contender.ts';
import type { Size } from './sizes.ts';

const differs = (what: string, got: number | undefined, expected: number): readonly string[] =>
  got === expected ? [] : [`${got ?? 'no'} ${what} instead of ${expected}`];

/** Finds faults in the result of a search; none if it may be measured. */
export const disagreements = (
  found: Found,
  { expected }: Size,
  { shortest }: Guarantee,
): readonly string[] => {
  if (expected.kind === 'holds') {
    return [
      ...(found.attackSteps === undefined
        ? []
        : [`an attack of ${found.attackSteps} steps where there is none`]),
      ...differs('states', found.states, expected.states),
      ...differs('transitions', found.transitions, expected.transitions),
      ...(found.depth === undefined ? [] : differs('levels', found.depth, expected.depth)),
    ];
  }
  if (found.attackSteps === undefined) return ['no attack where there is one'];
  if (shortest) return differs('steps', found.attackSteps, expected.steps);
  return found.attackSteps < expected.steps ? differs('steps', found.attackSteps, expected.steps) : [];
};
