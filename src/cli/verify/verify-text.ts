import { isReached } from '../../report/words.ts';
import { drawn } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { lostLines } from '../corpus/kept.ts';
import { healthLines, unexpectedLines } from './notes.ts';
import { MOST_LISTED, MOST_TOLD, type RunView } from './shown.ts';
import { attackLines, witnessLines } from './stories.ts';
import { suiteLines } from './suite-lines.ts';
import { summaryLines } from './summary.ts';
import { tableLines } from './table.ts';

const linesOf = (shown: RunView, terminal: Terminal): readonly string[] => {
  const { report, quiet, verbose } = shown;
  const { claims } = report;
  const reached = claims.filter(isReached);
  const isListed = claims.length <= MOST_LISTED;
  const ending = [
    ...lostLines(report.corpus, terminal),
    ...unexpectedLines(shown, terminal),
    ...healthLines(shown, terminal, !verbose && !isListed),
  ];
  if (verbose || (!quiet && claims.length <= MOST_TOLD)) {
    return [
      ...tableLines(shown, terminal),
      ...attackLines(shown, reached, terminal),
      ...witnessLines(shown, terminal),
      ...ending,
      ...summaryLines(shown, terminal),
    ];
  }
  const news = attackLines(
    shown,
    reached.filter(({ asExpected }) => !asExpected),
    terminal,
  );
  if (quiet)
    return [
      ...news,
      ...lostLines(report.corpus, terminal),
      ...unexpectedLines(shown, terminal),
      ...summaryLines(shown, terminal),
    ];
  const overview = isListed ? tableLines(shown, terminal) : suiteLines(shown, terminal);
  return [...overview, ...news, ...ending, ...summaryLines(shown, terminal)];
};

/**
 * Writes the output of `verify`: an overview, what is new or unexpected in full, and the sum. A few claims
 * are told in full with any result, as all are with `--verbose`.
 */
export const verifyText = (shown: RunView, terminal: Terminal): string =>
  drawn(`${linesOf(shown, terminal).join('\n')}\n`, terminal);
