import { shown } from '../../model/shown.ts';

/**
 * Escapes text from models and boards, which must not turn into markup or break out of a table cell. An
 * underscore within a word is no markup.
 */
export const escaped = (text: string): string =>
  shown(text)
    .replaceAll(/[\\`*<>|[\]&~]|\b_|_\b/g, String.raw`\$&`)
    .replaceAll(/ +/g, ' ');

/** Writes text as code: between more backticks than it has in a row, in which nothing else means anything. */
export const code = (text: string): string => {
  const line = shown(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
};

/** Writes a table, whose cells are Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  `| ${head.join(' | ')} |`,
  `| ${head.map(() => '---').join(' | ')} |`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
  '',
];

/** Returns the anchor of a heading, by the rule that most readers of Markdown have. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** The most characters of one claim's story. */
const MOST_OF_ONE = 8000;

/** Writes lines as a block of code: between more backticks than there are in a row within. */
export const block = (lines: readonly string[]): string => {
  const text = lines.join('\n').slice(0, MOST_OF_ONE);
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}\n`;
};
