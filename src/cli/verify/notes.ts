import { counted } from '../../attack/words.ts';
import type { ClaimEntry } from '../../report/report.ts';
import { claimNotes, isReached, reducedWords } from '../../report/words.ts';
import { isGrowthWarning } from '../../search/exhaustive/growth.ts';
import { errorLines } from '../fault-text.ts';
import { hanging } from '../layout.ts';
import type { Terminal } from '../terminal.ts';
import type { Shown } from './shown.ts';

/** What is not as expected, and what repeats it. A fault that several claims met is told once. */
export const unexpectedLines = ({ report }: Shown, { paint, width }: Terminal): readonly string[] => {
  const odd = report.claims.filter((entry) => !entry.asExpected && isReached(entry));
  if (odd.length === 0) return [];
  const groups = new Map<string, readonly ClaimEntry[]>();
  for (const entry of odd) {
    const key = entry.error === undefined ? entry.id : JSON.stringify(entry.error);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const lead = `  ${paint.red('✗')} `;
  return [
    paint.bold(paint.red('Not as expected')),
    ...[...groups.values()].flatMap((entries) => {
      const [first] = entries;
      const ids = entries.map(({ id }) => id).join(', ');
      const how = entries.length === 1 ? '' : ` (${counted(entries.length, 'claim')})`;
      return [
        ...hanging(lead, `${ids}${how}`, width, 4).map((line) => paint.bold(line)),
        ...(first?.error === undefined
          ? hanging('      ', first?.unexpectedBecause ?? '', width)
          : errorLines(first.error, width - 6).map((line) => `      ${line}`)),
        `      ${first?.reproduce}`,
      ];
    }),
    '',
  ];
};

/** Per search on request; otherwise what makes one large, and actions that no search of their model found possible. */
export const healthLines = ({ report, verbose }: Shown, { paint, width }: Terminal): readonly string[] => {
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
  const notes = [...powers, ...sharing, ...(verbose ? each : [...growing, ...never])];
  if (notes.length === 0) return [];
  return [...notes.flatMap((note) => hanging('note     ', note, width)).map((line) => paint.dim(line)), ''];
};
