import { join } from 'node:path';
import { counted } from '../../attack/words.ts';
import { pageName, reportStem } from '../../report/paths.ts';
import type { Report } from '../../report/report.ts';
import { isReached, missedWords, reachedWords } from '../../report/words.ts';
import { hanging } from '../terminal/layout.ts';
import { commandLine } from '../../report/command-line.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { corpusLines } from '../corpus/kept.ts';
import { MOST_TOLD, type RunView } from './shown.ts';
import { legendLines } from './suite-lines.ts';

/**
 * Notes in how many searches each reduction that was asked for was at work: the counts are of what they left.
 */
const reducedNote = ({ run, searches }: Report): string => {
  if (run.reduce === undefined) return '';
  const parts = run.reduce.map((kind) => {
    const those = searches.filter(({ reduced = [] }) =>
      reduced.some((one) => one.kind === kind && (one.kind === 'symmetry' || one.reduced > 0)),
    );
    return `${kind} in ${those.length}`;
  });
  return ` (reduced: ${parts.join(', ')})`;
};

/** Writes what to do next: with what is not as expected, or to see more. */
const nextLines = ({ report, config, verbose }: RunView): readonly string[] => {
  const { claims, run } = report;
  const odd = claims.find((entry) => !entry.asExpected && isReached(entry));
  const attacked = claims.find(({ attack }) => attack !== undefined);
  if (run.interrupted) return [];
  const own = config === undefined ? [] : ['--config', config];
  if (odd !== undefined) {
    const cause =
      odd.error === undefined
        ? 'find out which is right, the model or what the claim expects'
        : 'mend what the fault names';
    return [`next: ${cause}; ${commandLine('explain', odd.id, ...own)} says what it claims`];
  }
  if (attacked === undefined || verbose || claims.length <= MOST_TOLD) return [];
  return [
    `next: ${commandLine('verify', attacked.suite, ...own)} lists the claims of a suite`,
    `      ${commandLine('verify', attacked.id, ...own)} tells an attack step by step`,
  ];
};

/**
 * Writes the sum of a run: how many claims came out as expected, what that took, where the report is, and
 * what to do next.
 */
export const summaryLines = (shown: RunView, terminal: Terminal): readonly string[] => {
  const { report, folder, instead, quiet } = shown;
  const { paint, width } = terminal;
  const { claims, searches, run, timing } = report;
  const odd = claims.filter(({ asExpected }) => !asExpected).length;
  const kinds = (['holds', 'violated', 'unresolved', 'vacuous'] as const).flatMap((kind) => {
    const number = claims.filter(({ verdict }) => verdict === kind).length;
    if (number === 0) return [];
    return kind === 'holds' ? `${number} hold${number === 1 ? 's' : ''}` : `${number} ${kind}`;
  });
  const states = searches.reduce((sum, search) => sum + search.states, 0);
  // At most the sum over all searches is the probability that some search missed one.
  const missed = Math.min(
    1,
    searches.reduce((sum, { missedAtMost = 0 }) => sum + missedAtMost, 0),
  );
  // A system that was small enough to look at its states one by one needs no explanation.
  const chosen = searches.flatMap(({ because = [], claims: [first = ''] }) =>
    because.length < 2 ? [] : [paint.dim(`${first}: ${because.join('; ')}`)],
  );
  const result = odd === 0 ? paint.green('all as expected') : paint.red(`${odd} not as expected`);
  const stem = reportStem(run);
  const work = `${counted(states, 'state')}${run.engine === 'random' ? ' visited' : ''} in ${searches.length} ${searches.length === 1 ? 'search' : 'searches'}${reducedNote(report)}`;
  return [
    ...(instead === undefined ? [] : hanging('', instead, width).map((line) => paint.yellow(line))),
    ...(quiet ? [] : legendLines(shown, terminal)),
    run.interrupted
      ? paint.yellow(`interrupted: ${reachedWords(claims)}`)
      : `${paint.bold(counted(claims.length, 'claim'))}: ${result} (${kinds.join(', ')})`,
    ...(missed === 0 ? [] : [paint.yellow(`states told apart ${missedWords({ missedAtMost: missed })}`)]),
    ...chosen,
    ...corpusLines(report.corpus, folder, terminal),
    paint.dim(`${work}, ${(timing.durationMs / 1000).toFixed(1)} s, ${run.engine}, seed ${run.seed}`),
    paint.dim(`report: ${join(folder, `${stem}.md`)}, ${stem}.json beside it`),
    ...(quiet ? [] : nextLines(shown).map((line) => paint.dim(line))),
    ...(run.interrupted ? [] : [`page:   ${join(folder, pageName(run))}`]),
  ];
};
