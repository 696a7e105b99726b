import { shown as asShown } from '../../model/shown.ts';
import { join } from 'node:path';
import { match } from 'ts-pattern';
import type { Finding } from '../../audit/auditor.ts';
import type { AnswerEntry, PlatformEntry, Report } from '../../report/report.ts';
import { counted, lengthWords } from '../../attack/words.ts';
import { answerWords, whenWords } from '../../report/words.ts';
import { attackPath, boardAttack, pageName, reportStem } from '../../report/paths.ts';
import { errorLines } from '../terminal/fault-text.ts';
import { columns, columnsWithText, hanging, type Cell } from '../terminal/layout.ts';
import { comparisonLines, lockPaint } from './compare-boards.ts';
import { commandLine } from '../../report/command-line.ts';
import { storyLines } from '../terminal/story.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { toDoLines } from './to-do-text.ts';

/** The content of an audit's output, and where its files are. */
export interface ShownAudit {
  readonly report: Report;
  /** The folder of the report; none where no board could be read. */
  readonly folder?: string;
  readonly config?: string;
  readonly verbose: boolean;
  readonly quiet: boolean;
}

type Painted = (text: string) => string;

const findingPaint = (severity: Finding['severity'], { paint }: Terminal): Painted =>
  match(severity)
    .with('good', () => paint.green)
    .with('note', () => paint.dim)
    .with('bad', () => paint.yellow)
    .exhaustive();

const answerPaint = (verdict: AnswerEntry['verdict'], { paint }: Terminal): Painted =>
  match(verdict)
    .with('holds', () => paint.green)
    .with('violated', () => paint.red)
    .with('depends', () => paint.yellow)
    .with('unresolved', 'vacuous', () => paint.dim)
    .exhaustive();

const lockLines = ({ locks }: PlatformEntry, terminal: Terminal): readonly string[] =>
  columnsWithText(
    locks.map(({ name, state, says }) => ({
      cells: [{ text: `  ${name}` }, { text: state, paint: lockPaint(state, terminal) }],
      text: says,
    })),
    terminal.width,
  );

const registerLines = ({ registers }: PlatformEntry, { paint }: Terminal): readonly string[] =>
  columns(
    registers.map(({ name, widthBits, value, readFrom }): readonly Cell[] => [
      { text: `  ${name}` },
      { text: value.toString(16).padStart(Math.ceil(widthBits / 4), '0'), align: 'right' },
      { text: readFrom, paint: paint.dim },
    ]),
  );

const closingText = (answer: AnswerEntry): string =>
  match(answer)
    .with({ closedBy: [], closedTogether: [] }, () => 'no single setting')
    .with({ closedBy: [] }, ({ closedTogether }) =>
      closedTogether.map((set) => `${set.join(' and ')} together`).join('; or '),
    )
    .otherwise(({ closedBy }) => closedBy.join(', '));

const answerNote = (answer: AnswerEntry): string =>
  [
    ...(answer.because === undefined ? [] : [answer.because]),
    ...(answer.closedBy.length + answer.notClosedBy.length + answer.undecidedBy.length === 0
      ? []
      : [`closed by ${closingText(answer)}`]),
  ].join('; ');

/** Writes the notes on each answer; why there is none is not said twice in a row. */
const answerNotes = (answers: readonly AnswerEntry[]): readonly string[] => {
  let before: string | undefined;
  return answers.map((answer) => {
    const note = answerNote(answer);
    const isSame = answer.because !== undefined && note === before;
    before = note;
    return isSame ? 'likewise' : note;
  });
};

const answerRows = ({ answers }: PlatformEntry, terminal: Terminal): readonly string[] => {
  const notes = answerNotes(answers);
  return columnsWithText(
    answers.map((answer, index) => ({
      cells: [
        { text: `  ${answer.id}` },
        { text: answerWords(answer), paint: answerPaint(answer.verdict, terminal) },
      ],
      text: notes[index] ?? '',
    })),
    terminal.width,
  );
};

const attackLines = (entry: PlatformEntry, shown: ShownAudit, terminal: Terminal): readonly string[] => {
  const { paint, width } = terminal;
  const told = new Map<string, string>();
  return entry.answers.flatMap((answer) => {
    const { attack } = answer;
    if (attack === undefined) return [];
    const key = JSON.stringify(attack.steps);
    const same = told.get(key);
    if (same === undefined) told.set(key, answer.id);
    const file = join(shown.folder ?? '', attackPath(boardAttack(entry.name, answer.id)));
    const config = shown.config === undefined ? [] : ['--config', shown.config];
    return [
      `${paint.bold(answer.id)}  ${lengthWords(attack)}`,
      ...hanging('  ', answer.says, width),
      ...(same === undefined ? storyLines(attack, terminal, shown.verbose) : [`  the same steps as ${same}`]),
      ...(answer.brokenWhen.length === 0
        ? []
        : hanging('  possible when   ', answer.brokenWhen.map(whenWords).join('; or '), width)),
      ...hanging('  closed by       ', closingText(answer), width),
      ...(answer.notClosedBy.length === 0
        ? []
        : hanging('  not closed by   ', answer.notClosedBy.join(', '), width)),
      ...(answer.undecidedBy.length === 0
        ? []
        : hanging('  not known for   ', answer.undecidedBy.join(', '), width)),
      ...hanging('  source          ', answer.source, width).map((line) => paint.dim(line)),
      ...(shown.report.run.interrupted
        ? []
        : [paint.dim(`  replay          ${commandLine('replay', file, ...config)}`)]),
      '',
    ];
  });
};

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [title, ...lines, ''];

const boardLines = (entry: PlatformEntry, shown: ShownAudit, terminal: Terminal): readonly string[] => {
  const { paint, width } = terminal;
  const title = `${paint.bold(asShown(entry.name))}${entry.chipset === undefined ? '' : `  ${asShown(entry.chipset)}`}`;
  const error =
    entry.error === undefined ? [] : errorLines(entry.error, width).map((line) => paint.red(line));
  const answers = section('Questions', answerRows(entry, terminal));
  if (shown.quiet) return [title, ...error, ...answers.slice(1, -1), ''];
  const findings = entry.findings.flatMap(({ says, severity, evidence }) => {
    const mark = { good: '✓', note: '·', bad: '✗' }[severity];
    const lead = `  ${findingPaint(severity, terminal)(mark)} `;
    return [
      ...hanging(lead, says, width, 4),
      ...evidence.flatMap((one) => hanging('    ', one, width)).map((line) => paint.dim(line)),
    ];
  });
  return [
    title,
    ...error,
    '',
    ...toDoLines(entry, terminal),
    ...section('Locks', lockLines(entry, terminal)),
    ...section(
      'Not known',
      columnsWithText(
        entry.unknown.map(({ name, why }) => ({ cells: [{ text: `  ${name}` }], text: why })),
        width,
      ),
    ),
    ...section('Findings', findings),
    ...(shown.verbose ? section('Registers', registerLines(entry, terminal)) : []),
    ...answers,
    ...attackLines(entry, shown, terminal),
  ];
};

const summaryLines = ({ report, folder }: ShownAudit, { paint }: Terminal): readonly string[] => {
  const { platforms = [], run, timing } = report;
  const failed = platforms.filter(({ error }) => error !== undefined).length;
  const open = platforms.filter(({ answers }) => answers.some(({ attack }) => attack !== undefined)).length;
  const inPart = platforms.filter(({ answers }) =>
    answers.some(({ verdict }) => verdict === 'unresolved'),
  ).length;
  const stem = reportStem(run);
  const where =
    folder === undefined
      ? 'nothing was read, so no report was written; earlier ones are as they were'
      : `report: ${join(folder, `${stem}.md`)}, ${join(folder, `${stem}.json`)}`;
  return [
    ...(run.interrupted ? [paint.yellow('Interrupted: what was not answered is unresolved.')] : []),
    `${paint.bold(counted(platforms.length, 'board'))}: ${open} with attacks${inPart === 0 ? '' : paint.yellow(`, ${inPart} audited in part`)}${failed === 0 ? '' : paint.red(`, ${failed} not audited`)}`,
    paint.dim(`${(timing.durationMs / 1000).toFixed(1)} s; ${where}`),
    ...(folder === undefined || run.interrupted ? [] : [`page: ${join(folder, pageName(run))}`]),
  ];
};

/** Writes the output of `audit`: for each board its locks, what is not known, the answers and the attacks. */
export const auditText = (shown: ShownAudit, terminal: Terminal): string =>
  `${[
    ...(shown.report.platforms ?? []).flatMap((entry) => boardLines(entry, shown, terminal)),
    ...comparisonLines(shown.report.platforms ?? [], terminal),
    ...summaryLines(shown, terminal),
  ].join('\n')}\n`;
