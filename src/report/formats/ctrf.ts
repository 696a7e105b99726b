import { match } from 'ts-pattern';
import type { AnswerEntry, ClaimEntry, PlatformEntry, Report } from '../report.ts';
import { statusOf, statusWords } from '../status/claim-status.ts';
import { answerWords, isReached } from '../words.ts';
import type { OutcomeEntry } from '../outcomes/outcome.ts';
import { toldOf } from '../outcomes/words.ts';
import { claimLine, claimLines } from '../plain.ts';

type Status = 'passed' | 'failed' | 'skipped' | 'other';

interface Test {
  readonly name: string;
  readonly status: Status;
  readonly duration: number;
  readonly suite: readonly string[];
  readonly rawStatus: string;
  readonly [more: string]: unknown;
}

const claimTest = (report: Report, entry: ClaimEntry): Test => {
  const { id, suite, says, model, invariant, scope, states, transitions, expected, verdict } = entry;
  const status = isReached(entry) ? (entry.asExpected ? 'passed' : 'failed') : 'skipped';
  const place = report.sources?.[model]?.invariants[invariant];
  return {
    name: `${id}: ${says}`,
    status,
    duration: Math.round(report.timing.items[id] ?? 0),
    suite: [suite],
    rawStatus: statusWords(statusOf(entry)),
    ...(status === 'failed'
      ? { message: claimLine(entry), trace: claimLines(report, entry).join('\n') }
      : {}),
    ...(place === undefined ? {} : { filePath: place.file, line: place.line }),
    extra: { id, model, invariant, scope, states, transitions, expected, verdict, repeat: entry.reproduce },
  };
};

const answerTest = ({ name }: PlatformEntry, answer: AnswerEntry): Test => ({
  name: `${answer.id}: ${answer.says}`,
  status: match(answer.verdict)
    .returnType<Status>()
    .with('violated', () => 'failed')
    .with('holds', () => 'passed')
    .with('unresolved', () => 'skipped')
    .with('vacuous', 'depends', () => 'other')
    .exhaustive(),
  duration: 0,
  suite: [name],
  rawStatus: answerWords(answer),
  extra: { id: answer.id, repeat: answer.reproduce },
});

const boardTests = (entry: PlatformEntry): readonly Test[] => [
  ...(entry.error === undefined
    ? []
    : [
        {
          name: 'logs',
          status: 'failed' as const,
          duration: 0,
          suite: [entry.name],
          rawStatus: entry.error.code,
          message: entry.error.message,
        },
      ]),
  ...entry.answers.map((answer) => answerTest(entry, answer)),
];

const outcomeTest = (entry: OutcomeEntry): Test => {
  const { id, line, lines, of, result } = toldOf(entry);
  return {
    name: id,
    status: result === 'open' ? 'skipped' : result,
    duration: 0,
    suite: [of],
    rawStatus: result,
    message: line,
    ...(result === 'failed' ? { trace: lines.join('\n') } : {}),
    extra: { repeat: entry.reproduce },
  };
};

/**
 * Writes a report as a document of the Common Test Report Format: a test for each claim, or for each question
 * about a board.
 */
export const ctrfOf = (report: Report): object => {
  const tests = [
    ...report.claims.map((entry) => claimTest(report, entry)),
    ...(report.platforms ?? []).flatMap(boardTests),
    ...(report.outcomes ?? []).map(outcomeTest),
  ];
  const count = (status: Status): number => tests.filter((test) => test.status === status).length;
  const start = Math.max(0, Date.parse(report.timing.startedAt) || 0);
  return {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    results: {
      tool: { name: report.tool.name === '' ? 'underwatch' : report.tool.name, version: report.tool.version },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: count('other'),
        start,
        stop: start + Math.round(report.timing.durationMs),
      },
      tests,
    },
  };
};
