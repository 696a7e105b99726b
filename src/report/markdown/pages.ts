import { join } from 'node:path';
import { counted } from '../../attack/words.ts';
import { fileName } from '../file-name.ts';
import { markdownText } from './markdown.ts';
import type { ClaimEntry, Report } from '../report.ts';
import { statusOf, statusWords } from '../status/claim-status.ts';
import { isReached } from '../words.ts';
import { corpusMarkdown } from './corpus.ts';
import { escaped, table } from './markup.ts';
import { claimsBySuite, resultLine, suiteWords } from './summary.ts';

/** The largest page, below 100 kB: some readers show larger ones as plain text. */
const MOST_BYTES = 96_000;
/** The most claims that the index names. */
const MOST_NAMED = 200;

const bytesOf = (text: string): number => Buffer.byteLength(text);

const partOf = (report: Report, claims: readonly ClaimEntry[]): Report => {
  const ids = new Set(claims.map(({ id }) => id));
  const { corpus: _, ...rest } = report;
  return {
    ...rest,
    claims,
    searches: report.searches.filter((search) => search.claims.some((id) => ids.has(id))),
  };
};

/** Replaces the story of a claim that is longer than a page: the page says where the story is. */
const withoutStory = (entry: ClaimEntry): ClaimEntry => {
  const { attack, witness: _, ...rest } = entry;
  if (attack === undefined) return rest;
  const steps = counted(attack.steps.length, 'step');
  return { ...rest, note: `its attack of ${steps} is too long for a page: see its file in attacks` };
};

/**
 * Divides claims into pages that are each small enough; a claim for which that cannot be is cut, and says so.
 */
const pagesOf = (report: Report, claims: readonly ClaimEntry[]): readonly string[] => {
  const text = markdownText(partOf(report, claims));
  if (bytesOf(text) <= MOST_BYTES) return [text];
  const [only] = claims;
  if (claims.length > 1) {
    const half = Math.ceil(claims.length / 2);
    return [...pagesOf(report, claims.slice(0, half)), ...pagesOf(report, claims.slice(half))];
  }
  if (only === undefined) return [];
  const short = markdownText(partOf(report, [withoutStory(only)]));
  const cut = '\n\nThe rest is in the report’s JSON file.\n';
  return [bytesOf(short) <= MOST_BYTES ? short : `${short.slice(0, MOST_BYTES / 4)}${cut}`];
};

/** The folder of the suites' pages, in that of a report. */
export const SUITES = 'suites';

/** A page of a suite, and where it is in the folder of the report. */
interface Page {
  readonly path: string;
  readonly text: string;
}

// No plain name has a tilde, so no other suite has the name of a second page.
const pathOf = (suite: string, number: number): string =>
  join(SUITES, `${fileName(suite)}${number === 1 ? '' : `~${number}`}.md`);

const linkTo = (path: string): string => path.replaceAll('\\', '/');

const indexText = (
  report: Report,
  suites: readonly {
    readonly id: string;
    readonly claims: readonly ClaimEntry[];
    readonly pages: readonly Page[];
  }[],
): string => {
  const odd = report.claims.filter((entry) => !entry.asExpected && isReached(entry));
  const named = odd.slice(0, MOST_NAMED);
  const rows = suites.map(({ id, claims, pages }) => {
    const [first, ...more] = pages.map(({ path }) => linkTo(path));
    const links = [`[${escaped(id)}](${first ?? ''})`, ...more.map((path, at) => `[${at + 2}](${path})`)];
    return [links.join(' '), suiteWords(claims)];
  });
  const lines = [
    `# Underwatch ${report.run.command}`,
    '',
    `**${resultLine(report)}**`,
    '',
    ...(named.length === 0
      ? []
      : [
          '## Not as expected',
          '',
          ...named.map(
            (entry) =>
              `- **${escaped(entry.id)}** (${statusWords(statusOf(entry))}): ${escaped((entry.unexpectedBecause ?? '').slice(0, 200))}`,
          ),
          ...(odd.length > named.length ? [`- and ${counted(odd.length - named.length, 'other')}`] : []),
          '',
        ]),
    ...corpusMarkdown(report),
    ...table(['suite', 'claims'], rows),
    `${escaped(report.tool.name)} ${escaped(report.tool.version)}, ${report.run.engine} search, seed ${report.run.seed}`,
    '',
  ];
  // Thousands of suites have no index that is small: what is cut is still in their files.
  let text = '';
  for (const line of lines) {
    if (bytesOf(text) + bytesOf(line) > MOST_BYTES) return `${text}\nThere is more: see the folder suites.\n`;
    text += `${line}\n`;
  }
  return text.replace(/\n$/, '');
};

/**
 * Writes a report as files of Markdown, by path in its folder: one file, where that is small enough to be
 * shown; otherwise `name` is an index, and each suite has a file of its own. None is larger than 100 kB.
 */
export const markdownPages = (
  report: Report,
  name: string,
): readonly (readonly [path: string, text: string])[] => {
  const whole = markdownText(report);
  if (bytesOf(whole) <= MOST_BYTES || report.platforms !== undefined) return [[name, whole]];
  const suites = Array.from(claimsBySuite(report), ([id, claims]) => ({
    id,
    claims,
    pages: pagesOf(report, claims).map((text, at) => ({ path: pathOf(id, at + 1), text })),
  }));
  return [
    ...suites.flatMap(({ pages }) => pages.map(({ path, text }) => [path, text] as const)),
    [name, indexText(report, suites)],
  ];
};
