import { counted } from '../../attack/words.ts';
import type { ClaimEntry } from '../../report/report.ts';
import {
  countedStatus,
  statusOf,
  statusesIn,
  STATUSES,
  type ClaimStatus,
} from '../../report/status/claim-status.ts';
import { isReached } from '../../report/words.ts';
import { shown as shownText } from '../../model/shown.ts';
import { columns, cut, type Cell } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { markOf, paintOf } from '../../report/status/marks.ts';
import type { RunView } from './shown.ts';

const GAP = 2;
/** The least number of columns of the sentence at the end of a line. */
const TEXT_ROOM = 16;

const HEAD: readonly Cell[] = [
  { text: '' },
  { text: 'suite' },
  { text: 'proved', align: 'right' },
  { text: 'attacks', align: 'right' },
  { text: 'shortest', align: 'right' },
];

const countOf = (number: number): string => (number === 0 ? '' : number.toLocaleString('en-US'));

/** Counts, in words, claims that are neither a proof nor a known attack. */
const othersIn = (claims: readonly ClaimEntry[]): string =>
  statusesIn(claims)
    .filter(({ status }) => status !== 'proof' && status !== 'known-attack')
    .map(({ status, count }) => countedStatus(count, status))
    .join(', ');

const cellsOf = (id: string, claims: readonly ClaimEntry[], terminal: Terminal): readonly Cell[] => {
  const statuses = claims.map(statusOf);
  const gravest = STATUSES.find((status) => statuses.includes(status)) ?? 'unresolved';
  const attacks = claims.flatMap(({ attack }) => attack ?? []);
  const count = (status: (typeof statuses)[number]): string =>
    countOf(statuses.filter((one) => one === status).length);
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
 * Writes one line a suite: the gravest status that it has, how many of each kind, and as much of its sentence
 * as there is room for.
 */
export const suiteLines = ({ suites, report }: RunView, terminal: Terminal): readonly string[] => {
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

/** The order in which a reader expects them: the usual ones first. */
const USUAL: readonly ClaimStatus[] = ['proof', 'known-attack', 'vacuous', 'unresolved'];
const LEGEND = [...USUAL, ...STATUSES.filter((status) => !USUAL.includes(status)).toReversed()];

/** Writes the legend of the marks that a run has. */
export const legendLines = ({ report }: RunView, terminal: Terminal): readonly string[] => {
  const statuses = statusesIn(report.claims.filter(isReached));
  const parts = LEGEND.flatMap((status) => {
    const count = statuses.find((one) => one.status === status)?.count ?? 0;
    if (count === 0) return [];
    const mark = paintOf(status, terminal)(markOf(status, terminal));
    return `${mark} ${countedStatus(count, status)}`;
  });
  return parts.length === 0 ? [] : [parts.join('   ')];
};
