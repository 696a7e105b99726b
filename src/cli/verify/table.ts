import { counted } from '../../attack/words.ts';
import type { ClaimEntry } from '../../report/report.ts';
import { statusOf } from '../../report/status/claim-status.ts';
import { idleWords, isReached, scopeLine } from '../../report/words.ts';
import { columns, hanging, type Cell } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { markOf, paintOf } from '../../report/status/marks.ts';
import type { RunView } from './shown.ts';

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
  const status = statusOf(entry);
  const color = paintOf(status, terminal);
  return [
    { text: `  ${markOf(status, terminal)}`, paint: color },
    { text: entry.id, paint: entry.asExpected ? String : paint.bold },
    { text: entry.verdict, paint: color },
    { text: attackCell(entry), paint: color, align: 'right' },
    { text: entry.states.toLocaleString('en-US'), align: 'right' },
    { text: noteCell(entry), paint: paint.dim },
  ];
};

/**
 * Writes the table of claims, suite by suite, all in the same columns; of an interrupted run those that are
 * decided.
 */
export const tableLines = ({ suites, report, verbose }: RunView, terminal: Terminal): readonly string[] => {
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
