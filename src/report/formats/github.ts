import { counted } from '../../attack/words.ts';
import { shown } from '../../model/shown.ts';
import type { ClaimEntry, PlaceEntry, Report } from '../report.ts';
import { statusOf, statusWords } from '../status/claim-status.ts';
import { isReached } from '../words.ts';
import { toldOf } from '../outcomes/words.ts';
import { claimLine, claimLines } from '../plain.ts';

/** The most annotations of a step that GitHub shows; it drops more. */
const MOST_ANNOTATIONS = 10;
/** The most characters of one, before they are escaped: well below the 4 KiB that are kept. */
const MOST_CHARACTERS = 3000;

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(shown(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Writes a command that shows an error beside a line; its content, whoever wrote it, is text. */
export const annotation = (title: string, place: PlaceEntry | undefined, message: string): string => {
  const at = place === undefined ? '' : `file=${property(place.file)},line=${place.line},`;
  return `::error ${at}title=${property(title)}::${data(message.slice(0, MOST_CHARACTERS))}`;
};

const placeOf = (
  { sources = {} }: Report,
  { model, invariant, attack }: ClaimEntry,
): PlaceEntry | undefined => {
  const own = Object.hasOwn(sources, model) ? sources[model] : undefined;
  const last = attack?.steps.at(-1)?.action ?? '';
  return own?.invariants[invariant] ?? own?.actions[last]?.effect;
};

/**
 * Writes what is not as expected as commands for GitHub's runner, which shows them beside the lines of the
 * model that they name. There are at most ten, as many as it shows; the last one then says how many more
 * there are.
 */
export const githubText = (report: Report): string => {
  const odd = report.claims.filter((entry) => !entry.asExpected && isReached(entry));
  const failed = (report.platforms ?? []).filter(({ error }) => error !== undefined);
  const all = [
    ...odd.map((entry) =>
      annotation(
        `${entry.id}: ${statusWords(statusOf(entry))}`,
        placeOf(report, entry),
        [claimLine(entry), ...claimLines(report, entry)].join('\n'),
      ),
    ),
    ...(report.outcomes ?? [])
      .map(toldOf)
      .filter(({ result }) => result === 'failed')
      .map(({ id, lines, of }) => annotation(`${of}, ${id}: not as claimed`, undefined, lines.join('\n'))),
    ...failed.map(({ name, error }) => annotation(name, undefined, shown(error?.message ?? ''))),
  ];
  if (all.length <= MOST_ANNOTATIONS) return all.map((line) => `${line}\n`).join('');
  const more = all.length - MOST_ANNOTATIONS + 1;
  return [
    ...all.slice(0, MOST_ANNOTATIONS - 1),
    annotation('more', undefined, `${counted(more, 'claim')} more not as expected: see the summary`),
    '',
  ].join('\n');
};
