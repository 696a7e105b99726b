import type { Attack, AttackStep } from './attack.ts';

/** A line of an attack's story: a step with its number, from 1 on, or a remark between steps. */
export type StoryLine =
  | { readonly kind: 'step'; readonly number: number; readonly step: AttackStep }
  | { readonly kind: 'remark'; readonly text: string };

const endOf = ({ onward, steps }: Attack): string => {
  if (onward?.loopFrom === undefined) return 'nothing can happen any more';
  const first = onward.loopFrom + 1;
  return first === steps.length
    ? `and step ${first} again, for ever`
    : `and steps ${first} to ${steps.length} again, for ever`;
};

/**
 * Tells an attack as a story: its steps, and the place from which no way leads back any more, with how it
 * continues.
 */
export const storyOf = (attack: Attack): readonly StoryLine[] => {
  const { length, onward, steps } = attack;
  const lines = steps.map((step, index): StoryLine => ({ kind: 'step', number: index + 1, step }));
  if (onward === undefined) return lines;
  const way = steps.length === length ? '' : '; it may go on like this:';
  return [
    ...lines.slice(0, length),
    { kind: 'remark', text: `from here no way leads back${way}` },
    ...lines.slice(length),
    { kind: 'remark', text: endOf(attack) },
  ];
};
