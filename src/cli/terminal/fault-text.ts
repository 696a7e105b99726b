import type { ErrorEntry } from '../../report/report.ts';
import { hanging } from './layout.ts';

/** Writes a fault as lines that fit the terminal: its title, and the four things its reader needs. */
export const errorLines = (error: ErrorEntry, width: number): readonly string[] => [
  ...hanging('', error.message, width),
  ...(['expected', 'got', 'likely', 'next'] as const).flatMap((part) =>
    hanging(`  ${part.padEnd(8)}  `, error[part], width),
  ),
];
