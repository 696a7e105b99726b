import type { Attack } from './attack.ts';

/** An attack as numbered lines: who did what. */
export const attackText = ({ steps }: Attack): string =>
  steps
    .map(({ actor, text }, index) => `  ${String(index + 1).padStart(2)}  ${actor.padEnd(12)}${text}`)
    .join('\n');
