import { match } from 'ts-pattern';
import type { LockReading } from '../../audit/auditor.ts';
import type { PlatformEntry } from '../../report/report.ts';
import { violatedWords } from '../../report/words.ts';
import { columns, type Cell } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Returns the colour of a lock's state. */
export const lockPaint = (state: LockReading['state'], { paint }: Terminal): ((text: string) => string) =>
  match(state)
    .with('set', () => paint.green)
    .with('clear', () => paint.yellow)
    .with('unknown', () => paint.cyan)
    .with('absent', () => paint.dim)
    .exhaustive();

interface Column {
  readonly title: string;
  readonly cell: (entry: PlatformEntry) => Cell;
}

const boardColumn: Column = { title: 'board', cell: ({ name }) => ({ text: name }) };

const answersColumn: Column = { title: 'violated', cell: (entry) => ({ text: violatedWords(entry) }) };

const lockColumns = (platforms: readonly PlatformEntry[], terminal: Terminal): readonly Column[] => {
  const names = [...new Set(platforms.flatMap(({ locks }) => locks.map(({ name }) => name)))];
  return names.map((title) => ({
    title,
    cell: ({ locks }) => {
      const state = locks.find(({ name }) => name === title)?.state;
      return state === undefined ? { text: '' } : { text: state, paint: lockPaint(state, terminal) };
    },
  }));
};

/**
 * Writes boards below each other, with their locks and how many answers are bad; in as many tables as the
 * width needs.
 */
export const comparisonLines = (
  platforms: readonly PlatformEntry[],
  terminal: Terminal,
): readonly string[] => {
  if (platforms.length < 2) return [];
  const { paint, width } = terminal;
  const table = (shown: readonly Column[]): readonly (readonly Cell[])[] => [
    shown.map(({ title }) => ({ text: title, paint: paint.dim })),
    ...platforms.map((entry) => shown.map(({ cell }) => cell(entry))),
  ];
  const fits = (shown: readonly Column[]): boolean =>
    columns(table(shown).map((row) => row.map(({ text }) => ({ text })))).every(
      (line) => line.length <= width,
    );
  const tables: Column[][] = [[boardColumn]];
  for (const column of [...lockColumns(platforms, terminal), answersColumn]) {
    const last = tables.at(-1) ?? [];
    if (last.length > 1 && !fits([...last, column])) tables.push([boardColumn, column]);
    else last.push(column);
  }
  return tables.flatMap((shown) => [...columns(table(shown)), '']);
};
