import { counted } from '../../attack/words.ts';
import { claimLines } from '../plain.ts';
import type { ClaimEntry, PlatformEntry, Report } from '../report.ts';
import { countedStatus, statusOf, statusesIn, statusWords } from '../status/claim-status.ts';
import { isReached, reachedWords, violatedWords } from '../words.ts';
import { corpusMarkdown } from './corpus.ts';
import { block, escaped, table } from './markup.ts';
import { outcomesMarkdown } from './outcomes.ts';

/**
 * The most characters of a summary. GitHub allows 65,536 in a comment; this leaves room for what others add.
 */
const MOST_CHARACTERS = 60_000;
/** The most suites in the table: with more of them it would be all that there is. */
const MOST_SUITES = 100;
/** Counts a suite's claims of each kind, in words. */
export const suiteWords = (claims: readonly ClaimEntry[]): string =>
  statusesIn(claims.filter(isReached))
    .toReversed()
    .map(({ status, count }) =>
      status === 'proof' || status === 'known-attack' || status === 'vacuous'
        ? countedStatus(count, status)
        : `**${countedStatus(count, status)}**`,
    )
    .join(', ');

/** Returns the suites of a report with their claims, in the order of the claims. */
export const claimsBySuite = ({ claims }: Report): ReadonlyMap<string, readonly ClaimEntry[]> => {
  const suites = new Map<string, ClaimEntry[]>();
  for (const entry of claims) {
    const own = suites.get(entry.suite) ?? [];
    own.push(entry);
    suites.set(entry.suite, own);
  }
  return suites;
};

/** Says in one line how many claims are as expected. */
export const resultLine = ({ claims, run }: Report): string => {
  if (run.interrupted) return `Interrupted: ${reachedWords(claims)}.`;
  const odd = claims.filter(({ asExpected }) => !asExpected).length;
  return `${counted(claims.length, 'claim')}: ${odd === 0 ? 'all as expected' : `${odd} not as expected`}.`;
};

const boardLine = (entry: PlatformEntry): readonly string[] => [
  escaped(entry.name),
  escaped(violatedWords(entry)),
];

const oddBlock = (report: Report, entry: ClaimEntry): string =>
  [
    `### ${escaped(entry.id)}: ${statusWords(statusOf(entry))}`,
    '',
    ...(entry.unexpectedBecause === undefined ? [] : [`${escaped(entry.unexpectedBecause)}.`, '']),
    block(claimLines(report, entry)),
  ].join('\n');

/**
 * Writes a summary of a report, for a comment on a change or the summary of a job: the result, what is not as
 * expected in full, and a line a suite. It has at most 60,000 characters, and says what it leaves out.
 */
export const summaryText = (report: Report): string => {
  if (report.outcomes !== undefined) {
    const lines = [`## Underwatch ${report.run.command}`, '', ...outcomesMarkdown(report)];
    return lines.join('\n').slice(0, MOST_CHARACTERS);
  }
  const suites = [...claimsBySuite(report)];
  const odd = report.claims.filter((entry) => !entry.asExpected && isReached(entry));
  const overview =
    report.platforms === undefined
      ? table(
          ['suite', 'claims'],
          suites.slice(0, MOST_SUITES).map(([id, claims]) => [escaped(id), suiteWords(claims)]),
        )
      : table(['board', 'violated'], report.platforms.slice(0, MOST_SUITES).map(boardLine));
  const head = [
    `## Underwatch ${report.run.command}`,
    '',
    ...(report.platforms === undefined ? [`**${resultLine(report)}**`, ''] : []),
    ...corpusMarkdown(report),
  ]
    .join('\n')
    .slice(0, MOST_CHARACTERS / 4);
  const tail = `${overview.join('\n')}\n`.slice(0, MOST_CHARACTERS / 2);
  const told: string[] = [];
  let length = head.length + tail.length;
  for (const entry of odd) {
    const text = oddBlock(report, entry);
    if (length + text.length > MOST_CHARACTERS) break;
    told.push(text);
    length += text.length + 1;
  }
  const more = odd.length - told.length;
  return [
    head,
    ...told,
    ...(more > 0 ? [`${counted(more, 'claim')} more not as expected.\n`] : []),
    tail,
  ].join('\n');
};
