import type { ErrorEntry } from '../../report/report.ts';
import { hanging } from './layout.ts';

/** A fault as lines that fit the terminal: what, and the four things its reader needs. */
export const errorLines = (error: ErrorEntry, width: number): readonly string[] => [
  ...hanging('', error.message, width),
  ...(['expected', 'got', 'likely', 'next'] as const).flatMap((part) =>
    hanging(`  ${part.padEnd(8)}  `, error[part], width),
  ),
];
