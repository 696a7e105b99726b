import { counted } from '../../attack/words.ts';
import type { ClaimEntry } from '../../report/report.ts';
import { claimNotes, isReached, reducedWords } from '../../report/words.ts';
import { isGrowthWarning } from '../../search/exhaustive/growth-warnings.ts';
import { errorLines } from '../terminal/fault-text.ts';
import { statusOf, statusWords } from '../../report/status/claim-status.ts';
import { cut, hanging } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { markOf, paintOf } from '../../report/status/marks.ts';
import type { RunView } from './shown.ts';

/** The most ids of claims that are told together. */
const MOST_NAMED = 6;

/**
 * Returns the reason why a claim is not as expected, where others may be so for the same reason: one with an
 * attack is told alone.
 */
const reasonKey = (entry: ClaimEntry): string => {
  if (entry.error !== undefined) return JSON.stringify(entry.error);
  return entry.attack === undefined ? `because ${entry.unexpectedBecause ?? ''}` : `claim ${entry.id}`;
};

const namesOf = (entries: readonly ClaimEntry[]): string => {
  const named = entries
    .slice(0, MOST_NAMED)
    .map(({ id }) => id)
    .join(', ');
  const more = entries.length - MOST_NAMED;
  const rest = more > 0 ? ` and ${counted(more, 'other')}` : '';
  return `${named}${rest}${entries.length === 1 ? '' : ` (${counted(entries.length, 'claim')})`}`;
};

/** Writes what is not as expected, and what repeats it. A reason that several claims share is told once. */
export const unexpectedLines = ({ report }: RunView, terminal: Terminal): readonly string[] => {
  const { paint, width } = terminal;
  const odd = report.claims.filter((entry) => !entry.asExpected && isReached(entry));
  if (odd.length === 0) return [];
  const groups = new Map<string, readonly ClaimEntry[]>();
  for (const entry of odd) {
    const key = `${statusOf(entry)} ${reasonKey(entry)}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [
    paint.bold(paint.red('Not as expected')),
    ...[...groups.values()].flatMap((entries) => {
      const [first] = entries;
      if (first === undefined) return [];
      const status = statusOf(first);
      const lead = `  ${paintOf(status, terminal)(markOf(status, terminal))} `;
      return [
        ...hanging(lead, namesOf(entries), width, 4).map((line) => paint.bold(line)),
        ...(first.error === undefined
          ? hanging('      ', `${statusWords(status)}: ${first.unexpectedBecause ?? ''}`, width)
          : errorLines(first.error, width - 6).map((line) => `      ${line}`)),
        `      ${first.reproduce}`,
      ];
    }),
    '',
  ];
};

/**
 * Writes health lines: for each search on request; otherwise those on what makes one large, and on actions
 * that no search of their model found possible. Briefly, there is a line for each.
 */
export const healthLines = (
  { report, verbose }: RunView,
  terminal: Terminal,
  isBrief: boolean,
): readonly string[] => {
  const { paint, width } = terminal;
  const { searches } = report;
  const models = [...new Set(searches.map(({ model }) => model))];
  const never = models.flatMap((model) => {
    const own = searches.filter((search) => search.model === model);
    const actions = new Set(own.flatMap((search) => Object.keys(search.actions)));
    const idle = [...actions].filter((action) =>
      own.every((search) => (search.actions[action]?.enabled ?? 0) === 0),
    );
    return idle.map((action) => `action ${action} of model ${model} was possible in no search of this run`);
  });
  const each = searches.flatMap(({ claims, reduced, warnings }) => {
    const how = reduced === undefined ? [] : [reducedWords(reduced)];
    return [...how, ...warnings].map((note) => `${claims.join(', ')}: ${note}`);
  });
  const growing = searches.flatMap(({ claims, model, warnings }) =>
    warnings.filter(isGrowthWarning).map((warning) => `${claims[0] ?? model}: ${warning}`),
  );
  const powers = claimNotes(report.claims);
  const shared = searches.filter(({ claims }) => claims.length > 1).length;
  const sharing =
    shared === 0 || verbose
      ? []
      : [
          `${shared === 1 ? 'one search decided' : `${shared} searches decided`} several claims: ` +
            'each has the states of the whole search; --verbose says with which it shares it',
        ];
  const asides = [...powers, ...sharing, ...never];
  const notes = isBrief
    ? [
        ...growing,
        ...(asides.length === 0
          ? []
          : [`${asides.length} more, on what could not happen or shares a search: --verbose`]),
      ]
    : verbose
      ? [...powers, ...each]
      : [...growing, ...asides];
  if (notes.length === 0) return [];
  const lead = 'note     ';
  const lines = notes.flatMap((note) =>
    isBrief ? [`${lead}${cut(note, width - lead.length, terminal)}`] : hanging(lead, note, width),
  );
  return [...lines.map((line) => paint.dim(line)), ''];
};
