import type { Attack } from '../../attack/attack.ts';
import { storyOf } from '../../attack/story.ts';
import { shownIn } from '../../model/shown.ts';
import { hanging } from './layout.ts';
import type { Terminal } from './terminal.ts';

/** Writes an attack as numbered lines: who does what, and on request what that changes. */
export const storyLines = (told: Attack, { paint, width }: Terminal, verbose: boolean): readonly string[] => {
  const attack = shownIn(told);
  const digits = String(attack.steps.length).length;
  const actors = Math.max(0, ...attack.steps.map(({ actor }) => actor.length));
  const indent = ' '.repeat(digits + 4);
  return storyOf(attack).flatMap((line) => {
    if (line.kind === 'remark') {
      return hanging(indent, `(${line.text})`, width).map((text) => paint.dim(text));
    }
    const { actor, text, changes } = line.step;
    const number = String(line.number).padStart(digits);
    const lead = `  ${paint.dim(number)}  ${paint.cyan(actor.padEnd(actors))}  `;
    const step = hanging(lead, text, width, digits + actors + 6);
    if (!verbose) return step;
    const longest = Math.max(0, ...changes.map(({ field }) => field.length));
    return [
      ...step,
      ...changes
        .flatMap(({ field, before, after }) =>
          hanging(`${indent}${field.padEnd(longest)}  `, `${before} → ${after}`, width),
        )
        .map((change) => paint.dim(change)),
    ];
  });
};
