import { join } from 'node:path';
import { match } from 'ts-pattern';
import type { Attack } from '../attack/attack.ts';
import type { ClaimEntry } from '../report/report.ts';
import { counted, stepsWords } from '../attack/words.ts';
import { idleWords, isReached, missedWords, randomWords, scopeLine } from '../report/words.ts';
import { attackPath } from '../report/files.ts';
import { columns, hanging, type Cell } from './layout.ts';
import { commandLine } from './reproduce.ts';
import { storyLines } from './story.ts';
import type { Terminal } from './terminal.ts';
import { healthLines, unexpectedLines } from './verify/notes.ts';
import type { Shown } from './verify/shown.ts';
import { summaryLines } from './verify/summary.ts';

const paintOf = (entry: ClaimEntry, { paint }: Terminal): ((text: string) => string) => {
  if (!entry.asExpected) return (text) => paint.red(text);
  return match(entry.verdict)
    .with('holds', () => paint.green)
    .with('violated', () => paint.yellow)
    .with('unresolved', 'vacuous', () => paint.dim)
    .exhaustive();
};

const attackCell = ({ attack }: ClaimEntry): string =>
  attack === undefined ? '' : `${attack.shortest ? '' : '≤ '}${counted(attack.length, 'step')}`;

const noteCell = (entry: ClaimEntry): string => {
  const { random, attack, witness, verdict, error, bound, missedAtMost } = entry;
  if (random !== undefined) {
    const steps = random.steps.toLocaleString('en-US');
    if (random.found) return `in ${steps} steps: ${random.firstLength} → ${random.shrunkLength}`;
    if (attack !== undefined || random.failureProbabilityAtMost === undefined) return `not in ${steps} steps`;
    const fresh = counted(random.freshRuns ?? random.runs, 'fresh run');
    return `${fresh}: p ≤ ${random.failureProbabilityAtMost.toPrecision(2)}`;
  }
  const missed =
    missedAtMost === undefined || verdict === 'unresolved'
      ? []
      : [`missed: p ≤ ${missedAtMost.toPrecision(2)}`];
  if (witness !== undefined) return [`witness in ${counted(witness.length, 'step')}`, ...missed].join(', ');
  if (verdict === 'violated' && attack === undefined) return ['no witness', ...missed].join(', ');
  return error?.code ?? bound ?? [idleWords(entry), ...missed].filter((part) => part !== '').join(', ');
};

const rowOf = (entry: ClaimEntry, terminal: Terminal): readonly Cell[] => {
  const { paint } = terminal;
  const color = paintOf(entry, terminal);
  return [
    { text: entry.asExpected ? '  ✓' : '  ✗', paint: entry.asExpected ? paint.green : paint.red },
    { text: entry.id, paint: entry.asExpected ? String : paint.bold },
    { text: entry.verdict, paint: color },
    { text: attackCell(entry), paint: color, align: 'right' },
    { text: entry.states.toLocaleString('en-US'), align: 'right' },
    { text: noteCell(entry), paint: paint.dim },
  ];
};

/** The table of claims, suite by suite, all in the same columns; of an interrupted run those that are decided. */
const tableLines = ({ suites, report, verbose }: Shown, terminal: Terminal): readonly string[] => {
  const { paint, width } = terminal;
  const { engine, reduce = [] } = report.run;
  const attack = engine === 'exhaustive' && !reduce.includes('partial-order') ? 'shortest attack' : 'attack';
  const head = [
    '',
    'claim',
    'verdict',
    attack,
    'states',
    report.claims.some(({ random }) => random) ? 'random search' : '',
  ];
  const heading = head.map((text, at): Cell => ({
    text,
    paint: paint.dim,
    align: at === 3 || at === 4 ? 'right' : 'left',
  }));
  const lines = columns([heading, ...report.claims.map((entry) => rowOf(entry, terminal))]);
  const scopeRow = (entry: ClaimEntry): readonly string[] =>
    hanging('       scope  ', scopeLine(report, entry), width).map((line) => paint.dim(line));
  let next = 1;
  return [
    ...lines.slice(0, 1),
    ...suites.flatMap(({ id, says, claims }) => {
      const rows = lines.slice(next, next + claims.length).flatMap((line, at) => {
        const entry = report.claims[next - 1 + at];
        if (entry === undefined || !isReached(entry)) return [];
        return verbose ? [line, ...scopeRow(entry)] : [line];
      });
      next += claims.length;
      if (rows.length === 0) return [];
      return [...hanging(`${paint.bold(id)}  `, says, width, id.length + 2), ...rows, ''];
    }),
  ];
};

const attackTitle = (entry: ClaimEntry, attack: Attack, { paint }: Terminal): string => {
  const rests = missedWords(entry);
  const proof = attack.shortest
    ? `no shorter one exists${rests === '' ? '' : ` (${rests})`}`
    : 'shorter ones were not ruled out';
  return `${paint.bold(entry.id)}  ${stepsWords(attack)}, ${proof}`;
};

const probeLines = ({ random, attack }: ClaimEntry, { paint, width }: Terminal): readonly string[] =>
  random === undefined
    ? []
    : hanging(
        '  random   ',
        randomWords(random, attack?.shortest === true ? attack.length : undefined),
        width,
      ).map((line) => paint.dim(line));

/** The attacks as stories; one that was told already is referred to. */
const attackLines = ({ report, folder, config, verbose }: Shown, terminal: Terminal): readonly string[] => {
  const { paint, width } = terminal;
  const told = new Map<string, string>();
  const replay = (id: string): string =>
    commandLine(
      'replay',
      join(folder, attackPath(id)),
      ...(config === undefined ? [] : ['--config', config]),
    );
  return report.claims.flatMap((entry) => {
    if (entry.attack === undefined) return [];
    const key = JSON.stringify([entry.invariant, entry.attack.steps]);
    const same = told.get(key);
    if (same === undefined) told.set(key, entry.id);
    const head = [attackTitle(entry, entry.attack, terminal), ...hanging('  ', entry.says, width)];
    const tail = [
      ...(report.run.engine === 'random' ? [paint.dim(`  repeat   ${entry.reproduce}`)] : []),
      ...(report.run.interrupted ? [] : [paint.dim(`  replay   ${replay(entry.id)}`)]),
      '',
    ];
    const scope = hanging('  scope    ', scopeLine(report, entry), width).map((line) => paint.dim(line));
    if (same !== undefined) return [...head, `  the same steps as ${same}`, ...scope, ...tail];
    return [
      ...head,
      ...storyLines(entry.attack, terminal, verbose),
      ...hanging('  breaks   ', `${entry.invariant}: ${entry.invariantSays}`, width),
      ...scope,
      ...hanging('  source   ', entry.source, width).map((line) => paint.dim(line)),
      ...probeLines(entry, terminal),
      ...tail,
    ];
  });
};

/** What was to be shown, as stories. */
const witnessLines = ({ report, folder, config, verbose }: Shown, terminal: Terminal): readonly string[] => {
  const { paint, width } = terminal;
  return report.claims.flatMap((entry) => {
    const { id, invariant, invariantSays, says, source, witness } = entry;
    if (witness === undefined) return [];
    const file = join(folder, attackPath(id, 'witness'));
    const replay = commandLine('replay', file, ...(config === undefined ? [] : ['--config', config]));
    return [
      `${paint.bold(id)}  ${stepsWords(witness)}`,
      ...hanging('  ', says, width),
      ...storyLines(witness, terminal, verbose),
      ...hanging('  shows    ', `${invariant}: ${invariantSays}`, width),
      ...hanging('  scope    ', scopeLine(report, entry), width).map((line) => paint.dim(line)),
      ...hanging('  source   ', source, width).map((line) => paint.dim(line)),
      ...(report.run.interrupted ? [] : [paint.dim(`  replay   ${replay}`)]),
      '',
    ];
  });
};

/** What `verify` prints: every claim, the attacks, what was to be shown, what is not as expected, and the sum. */
export const verifyText = (shown: Shown, terminal: Terminal): string => {
  const parts = shown.quiet
    ? [...unexpectedLines(shown, terminal), ...summaryLines(shown, terminal)]
    : [
        ...tableLines(shown, terminal),
        ...attackLines(shown, terminal),
        ...witnessLines(shown, terminal),
        ...unexpectedLines(shown, terminal),
        ...healthLines(shown, terminal),
        ...summaryLines(shown, terminal),
      ];
  return `${parts.join('\n')}\n`;
};
