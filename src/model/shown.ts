// Characters on which a terminal, a browser or an editor would act instead of showing them: controls (C0,
// DEL, C1), marks that turn the direction of text or have no width, separators of lines, surrogates without
// their other half.
const ACTIVE =
  /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Cs}/gu;

const SHORT: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Writes a character as `\u` and four hexadecimal digits for each of its units, as JSON and JavaScript read
 * it.
 */
const unitsOf = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

/**
 * Shows `text` as one line for people: characters on which a terminal would act (escapes, line breaks, marks
 * that turn the direction of text) are written as `\n` or `\u001b`. All text of a model, a log, a file's name
 * or an argument goes through here where it becomes part of a text; text that went through before stays as it
 * is.
 */
export const shown = (text: string): string =>
  text.replaceAll(ACTIVE, (character) => SHORT[character] ?? unitsOf(character));

/**
 * Shows lines of text: characters on which a reader would act are written as `\u` and four digits, but for
 * line breaks and what the regular expression `own` matches. In the text of JSON this changes no value.
 */
export const shownLines = (text: string, own: string = String.raw`\n`): string =>
  text.replaceAll(new RegExp(`(${own})|${ACTIVE.source}`, 'gu'), (match: string, kept?: string) =>
    kept === undefined ? unitsOf(match) : match,
  );

/** Copies a plain tree of data with every string in it, keys too, as `shown` shows it. */
export const shownIn = <T>(data: T): T => {
  if (typeof data === 'string') return shown(data) as T;
  if (data === null || typeof data !== 'object') return data;
  if (Array.isArray(data)) return data.map((item: unknown) => shownIn(item)) as T;
  return Object.fromEntries(Object.entries(data).map(([key, item]) => [shown(key), shownIn(item)])) as T;
};
