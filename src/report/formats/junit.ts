import { match } from 'ts-pattern';
import { shown } from '../../model/shown.ts';
import type { AnswerEntry, ClaimEntry, PlatformEntry, Report } from '../report.ts';
import { statusOf, statusWords } from '../status/claim-status.ts';
import { answerWords, isReached } from '../words.ts';
import { toldOf, type Told } from '../outcomes/words.ts';
import { claimLine, claimLines } from '../plain.ts';

const MARKUP: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/**
 * Escapes text for XML 1.0: `shown` has left no control and no half of a character, but these two are none.
 */
const escaped = (text: string): string =>
  shown(text)
    .replaceAll(/[&<>"]/g, (character) => MARKUP[character] ?? character)
    .replaceAll(/[\ufffe\uffff]/g, '\ufffd');

const element = (
  name: string,
  attributes: { readonly [name: string]: string | number },
  content: readonly string[] = [],
): readonly string[] => {
  const start = Object.entries(attributes)
    .map(([attribute, value]) => ` ${attribute}="${escaped(String(value))}"`)
    .join('');
  return content.length === 0
    ? [`<${name}${start}/>`]
    : [`<${name}${start}>`, ...content.map((line) => `  ${line}`), `</${name}>`];
};

const withText = (
  name: string,
  attributes: { readonly [name: string]: string },
  lines: readonly string[],
): string => {
  const start = Object.entries(attributes)
    .map(([attribute, value]) => ` ${attribute}="${escaped(value)}"`)
    .join('');
  return `<${name}${start}>${lines.map(escaped).join('\n')}</${name}>`;
};

/** The outcome of a test, as consumers of this format know it. */
type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

interface Case {
  readonly outcome: Outcome;
  readonly seconds: number;
  readonly lines: readonly string[];
}

const outcomeOf = (entry: ClaimEntry): Outcome => {
  if (!isReached(entry)) return 'skipped';
  if (entry.error !== undefined) return 'error';
  return entry.asExpected ? 'passed' : 'failure';
};

const seconds = ({ timing }: Report, id: string): number => Math.max(0, timing.items[id] ?? 0) / 1000;

const claimCase = (report: Report, entry: ClaimEntry): Case => {
  const outcome = outcomeOf(entry);
  const told = claimLines(report, entry);
  const about = { message: claimLine(entry), type: statusWords(statusOf(entry)) };
  const inner = match(outcome)
    .with('passed', () => [withText('system-out', {}, told)])
    .with('skipped', () => [`<skipped message="the run was interrupted"/>`])
    .with('failure', 'error', (name) => [withText(name, about, told)])
    .exhaustive();
  const took = seconds(report, entry.id);
  const attributes = { name: `${entry.id}: ${entry.says}`, classname: entry.suite, time: took.toFixed(3) };
  return { outcome, seconds: took, lines: element('testcase', attributes, inner) };
};

/**
 * Makes the test case of a question about a board, which is no test that may pass or fail: what is violated
 * on it is told, and what is open skipped.
 */
const answerCase = ({ name }: PlatformEntry, answer: AnswerEntry): Case => {
  const outcome =
    answer.verdict === 'unresolved' ? 'skipped' : answer.verdict === 'violated' ? 'failure' : 'passed';
  const said = `${answerWords(answer)}: ${answer.says}`;
  const inner =
    outcome === 'skipped'
      ? [...element('skipped', { message: answer.because ?? 'unresolved' })]
      : outcome === 'failure'
        ? [withText('failure', { message: said, type: 'attack' }, [said, `repeat: ${answer.reproduce}`])]
        : [withText('system-out', {}, [said])];
  const attributes = { name: `${answer.id}: ${answer.says}`, classname: name, time: '0.000' };
  return { outcome, seconds: 0, lines: element('testcase', attributes, inner) };
};

const boardCases = (entry: PlatformEntry): readonly Case[] => {
  const answers = entry.answers.map((answer) => answerCase(entry, answer));
  if (entry.error === undefined) return answers;
  const { code, message, got, next } = entry.error;
  const failed = withText('error', { message, type: code }, [message, `got: ${got}`, `next: ${next}`]);
  const lines = element('testcase', { name: 'logs', classname: entry.name, time: '0.000' }, [failed]);
  return [{ outcome: 'error', seconds: 0, lines }, ...answers];
};

const outcomeCase = ({ id, line, lines, of, result }: Told): Case => {
  const inner = match(result)
    .with('passed', () => [withText('system-out', {}, lines)])
    .with('failed', () => [withText('failure', { message: line, type: 'outcome' }, lines)])
    .with('open', () => element('skipped', { message: line }))
    .exhaustive();
  const outcome = match(result)
    .returnType<Outcome>()
    .with('passed', () => 'passed')
    .with('failed', () => 'failure')
    .with('open', () => 'skipped')
    .exhaustive();
  return {
    outcome,
    seconds: 0,
    lines: element('testcase', { name: id, classname: of, time: '0.000' }, inner),
  };
};

const sums = (cases: readonly Case[]): { readonly [name: string]: string | number } => {
  const count = (outcome: Outcome): number => cases.filter((one) => one.outcome === outcome).length;
  return {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: cases.reduce((sum, one) => sum + one.seconds, 0).toFixed(3),
  };
};

/**
 * Writes a report as JUnit XML: a suite of tests for each suite or board, a test for each claim or question.
 * A claim passes if it is as expected, so that a known attack is a passed test; on a board each attack fails.
 */
export const junitText = (report: Report): string => {
  const told = (report.outcomes ?? []).map(toldOf);
  const ids = [...new Set(report.claims.map(({ suite }) => suite))];
  const suites = [
    ...ids.map((id) => ({
      id,
      cases: report.claims.filter(({ suite }) => suite === id).map((entry) => claimCase(report, entry)),
    })),
    ...(report.platforms ?? []).map((entry) => ({ id: entry.name, cases: boardCases(entry) })),
    ...[...new Set(told.map(({ of }) => of))].map((id) => ({
      id,
      cases: told.filter(({ of }) => of === id).map(outcomeCase),
    })),
  ];
  const all = suites.flatMap(({ cases }) => cases);
  const content = suites.flatMap(({ id, cases }) =>
    element(
      'testsuite',
      { name: id, ...sums(cases), timestamp: report.timing.startedAt.replace(/\.\d+Z$/, '') },
      cases.flatMap(({ lines }) => lines),
    ),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    ...element('testsuites', { name: report.tool.name, ...sums(all) }, content),
    '',
  ].join('\n');
};
