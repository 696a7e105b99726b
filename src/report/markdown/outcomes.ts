import type { Report } from '../report.ts';
import { outcomesLine, toldOf } from '../outcomes/words.ts';
import { block, escaped, table } from './markup.ts';

const MARKS = { passed: 'as claimed', failed: '**not as claimed**', open: 'open' } as const;

/** The most outcomes of a table. */
const MOST_ROWS = 200;

/**
 * Writes the results of thresholds, studies and cross-checks: one line each, and in full what is not as
 * claimed.
 */
export const outcomesMarkdown = ({ outcomes = [], run }: Report): readonly string[] => {
  const told = outcomes.map(toldOf);
  const left = told.length - MOST_ROWS;
  return [
    `**${run.interrupted ? 'Interrupted: ' : ''}${outcomesLine(told)}.**`,
    '',
    ...table(
      ['of', 'what', 'result', 'found'],
      told
        .slice(0, MOST_ROWS)
        .map(({ id, line, of, result }) => [escaped(of), escaped(id), MARKS[result], escaped(line)]),
    ),
    ...(left > 0 ? [`${left} more are in the report.`, ''] : []),
  ];
};

/** Writes each result in full. */
export const outcomesInFull = (report: Report): readonly string[] => [
  ...outcomesMarkdown(report),
  ...(report.outcomes ?? [])
    .map(toldOf)
    .flatMap(({ id, lines, of }) => [`## ${escaped(of)}: ${escaped(id)}`, '', block(lines)]),
];
