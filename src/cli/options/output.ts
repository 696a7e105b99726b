import { jsonText, outcomesReport } from '../../report/document.ts';
import type { OutcomeEntry } from '../../report/outcomes/outcome.ts';
import type { RunEntry } from '../../report/report.ts';
import { writePieces } from '../terminal/write-pieces.ts';

/** The start of a command. */
export interface Started {
  readonly at: Date;
  readonly ms: number;
}

/** Now. */
export const started = (): Started => ({ at: new Date(), ms: performance.now() });

/** Writes what a command decided as a report. Throws UW604. */
export const writeOutcomes = (
  path: string,
  outcomes: readonly OutcomeEntry[],
  { at, ms }: Started,
  run: RunEntry,
): void => {
  const clocked = { startedAt: at, durationMs: performance.now() - ms };
  writePieces(path, [jsonText(outcomesReport(outcomes, { run, clocked }))]);
};
