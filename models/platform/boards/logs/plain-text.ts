const ESCAPES = new RegExp(String.raw`${'\u001B'}\[[0-9;]*[A-Za-z]`, 'g');
const FENCE = /^[ \t>]*(?:```|~~~)/;
const MOST_PREFIX = 16;

const commonStart = (one: string, other: string): string => {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
};

/** The common prefix of all lines that are not empty, of blanks and quotation marks. */
const quotation = (lines: readonly string[]): string => {
  let common: string | undefined;
  for (const line of lines) {
    const start = /^[ \t>|]*/.exec(line.slice(0, MOST_PREFIX))![0];
    if (start === line.trimEnd()) continue;
    common = common === undefined ? start : commonStart(common, start);
    if (common === '') return '';
  }
  return common ?? '';
};

// A JUnit report holds a log as text within tags: its `<<` is written in entities, or within CDATA.
const TAG = /<[/?!]?[A-Za-z[][^<>]{0,2000}>/g;
const ENTITIES: readonly (readonly [entity: RegExp, text: string])[] = [
  [/&lt;/g, '<'],
  [/&gt;/g, '>'],
  [/&quot;/g, '"'],
  [/&#10;|&#xA;/gi, '\n'],
  [/&apos;|&#39;/g, "'"],
  [/&amp;/g, '&'],
];

const isXml = (text: string): boolean => /^\s{0,16}<(?:\?xml|testsuites?|chipsec)\b/i.test(text.slice(0, 64));

const withoutTags = (text: string): string =>
  ENTITIES.reduce(
    (plain, [entity, character]) => plain.replace(entity, character),
    text.replaceAll('<![CDATA[', '\n').replaceAll(']]>', '\n').replace(TAG, '\n'),
  );

// A mail may quote a dump below words of its own.
const unquoted = (line: string): string => (line.startsWith('>') ? line.replace(/^(?:> ?){1,8}/, '') : line);

/**
 * The text of a log as its tool wrote it: without colours, the tags of XML, the fences of Markdown, and what
 * a mail or an issue puts before every line to quote or to indent it. Takes time linear in the length.
 */
export const plainText = (text: string): string => {
  const uncoloured = (text.includes('\u001B') ? text.replace(ESCAPES, '') : text).replace(/^\uFEFF/, '');
  const bare = isXml(uncoloured) ? withoutTags(uncoloured) : uncoloured;
  const lines = bare.split('\n').filter((line) => !FENCE.test(line));
  const prefix = quotation(lines);
  if (prefix === '') return lines.map(unquoted).join('\n');
  // An empty line loses the blanks at its end on the way.
  return lines.map((line) => (line.startsWith(prefix) ? line.slice(prefix.length) : '')).join('\n');
};
