import { counted } from '../../attack/words.ts';
import type { ClaimEntry } from '../../report/report.ts';
import {
  countedStanding,
  standingOf,
  standingsIn,
  STANDINGS,
  type Standing,
} from '../../report/standing/standing.ts';
import { isReached } from '../../report/words.ts';
import { shown as shownText } from '../../model/shown.ts';
import { columns, cut, type Cell } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { markOf, paintOf } from '../../report/standing/marks.ts';
import type { Shown } from './shown.ts';

const GAP = 2;
/** Columns of the sentence at the end of a line, at the least. */
const TEXT_ROOM = 16;

const HEAD: readonly Cell[] = [
  { text: '' },
  { text: 'suite' },
  { text: 'proved', align: 'right' },
  { text: 'attacks', align: 'right' },
  { text: 'shortest', align: 'right' },
];

const countOf = (number: number): string => (number === 0 ? '' : number.toLocaleString('en-US'));

/** What is neither a proof nor a known attack, in words. */
const othersIn = (claims: readonly ClaimEntry[]): string =>
  standingsIn(claims)
    .filter(({ standing }) => standing !== 'proof' && standing !== 'known-attack')
    .map(({ standing, count }) => countedStanding(count, standing))
    .join(', ');

const cellsOf = (id: string, claims: readonly ClaimEntry[], terminal: Terminal): readonly Cell[] => {
  const standings = claims.map(standingOf);
  const gravest = STANDINGS.find((standing) => standings.includes(standing)) ?? 'unresolved';
  const attacks = claims.flatMap(({ attack }) => attack ?? []);
  const count = (standing: (typeof standings)[number]): string =>
    countOf(standings.filter((one) => one === standing).length);
  const shortest = attacks.length === 0 ? '' : counted(Math.min(...attacks.map((one) => one.length)), 'step');
  return [
    { text: markOf(gravest, terminal), paint: paintOf(gravest, terminal) },
    { text: id, paint: claims.every(({ asExpected }) => asExpected) ? String : terminal.paint.bold },
    { text: count('proof'), align: 'right' },
    { text: countOf(attacks.length), align: 'right' },
    { text: shortest, align: 'right' },
  ];
};

/**
 * One line a suite: the gravest that it has, how much of each kind, and as much of its sentence as there is
 * room for.
 */
export const suiteLines = ({ suites, report }: Shown, terminal: Terminal): readonly string[] => {
  const { paint, width } = terminal;
  const byId = new Map(report.claims.map((entry) => [entry.id, entry]));
  const rows = suites.flatMap(({ id, says, claims }) => {
    const entries = claims.flatMap((claim) => byId.get(claim.id) ?? []).filter(isReached);
    return entries.length === 0
      ? []
      : [{ cells: cellsOf(id, entries, terminal), others: othersIn(entries), says }];
  });
  const heading = HEAD.map((cell): Cell => ({ ...cell, paint: paint.dim }));
  const cells = [heading, ...rows.map((row) => row.cells)];
  const taken = HEAD.map((_, at) =>
    Math.max(...cells.map((row) => shownText(row[at]?.text ?? '').length)),
  ).reduce((sum, columnWidth) => sum + columnWidth + GAP, 0);
  const room = Math.max(TEXT_ROOM, width - taken);
  const ends = rows.map(({ others, says }): Cell => {
    const text = cut(others === '' ? says : `${others}; ${says}`, room, terminal);
    return { text, paint: others === '' ? paint.dim : (part) => part };
  });
  return [...columns([heading, ...rows.map((row, at) => [...row.cells, ends[at] ?? { text: '' }])]), ''];
};

/** The order in which a reader expects them: what is usual first. */
const USUAL: readonly Standing[] = ['proof', 'known-attack', 'vacuous', 'unresolved'];
const LEGEND = [...USUAL, ...STANDINGS.filter((standing) => !USUAL.includes(standing)).toReversed()];

/** What the marks mean that a run has. */
export const legendLines = ({ report }: Shown, terminal: Terminal): readonly string[] => {
  const standings = standingsIn(report.claims.filter(isReached));
  const parts = LEGEND.flatMap((standing) => {
    const count = standings.find((one) => one.standing === standing)?.count ?? 0;
    if (count === 0) return [];
    const mark = paintOf(standing, terminal)(markOf(standing, terminal));
    return `${mark} ${countedStanding(count, standing)}`;
  });
  return parts.length === 0 ? [] : [parts.join('   ')];
};
