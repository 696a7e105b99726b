import { shown } from '../model/shown.ts';
import type { Attack } from './attack.ts';
import { storyOf } from './story.ts';

/** Writes an attack as numbered lines: who did what. */
export const attackText = (attack: Attack): string =>
  storyOf(attack)
    .map((line) =>
      line.kind === 'remark'
        ? `      (${line.text})`
        : `  ${String(line.number).padStart(2)}  ${shown(line.step.actor).padEnd(12)}${shown(line.step.text)}`,
    )
    .join('\n');
