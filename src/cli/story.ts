import type { Attack } from '../attack/attack.ts';
import { hanging } from './layout.ts';
import type { Terminal } from './terminal.ts';

/** An attack as numbered lines: who does what, and on request what that changes. */
export const storyLines = (
  attack: Attack,
  { paint, width }: Terminal,
  verbose: boolean,
): readonly string[] => {
  const digits = String(attack.length).length;
  const actors = Math.max(0, ...attack.steps.map(({ actor }) => actor.length));
  return attack.steps.flatMap(({ actor, text, changes }, index) => {
    const number = String(index + 1).padStart(digits);
    const lead = `  ${paint.dim(number)}  ${paint.cyan(actor.padEnd(actors))}  `;
    const step = hanging(lead, text, width, digits + actors + 6);
    if (!verbose) return step;
    const indent = ' '.repeat(digits + 4);
    const longest = Math.max(0, ...changes.map(({ field }) => field.length));
    return [
      ...step,
      ...changes
        .flatMap(({ field, before, after }) =>
          hanging(`${indent}${field.padEnd(longest)}  `, `${before} → ${after}`, width),
        )
        .map((line) => paint.dim(line)),
    ];
  });
};
