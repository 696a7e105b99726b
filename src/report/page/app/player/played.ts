import type { PageAttack, PageData, PageStep } from '../../data.ts';

/** An attack with its steps, not their numbers. */
export interface Played extends Omit<PageAttack, 'steps'> {
  readonly steps: readonly PageStep[];
}

/** Makes the attack as it is played. */
export const playedOf = (attack: PageAttack, { steps }: Pick<PageData, 'steps'>): Played => ({
  ...attack,
  steps: attack.steps.flatMap((number) => steps[number] ?? []),
});
