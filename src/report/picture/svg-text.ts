import { shown } from '../../model/shown.ts';

/**
 * Escapes text as the content of an SVG element or attribute: one line, with nothing in it that markup would
 * act on.
 */
export const svgText = (text: string): string =>
  shown(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Splits text into lines of at most `width` characters, at a separator if there is one in time. */
export const wrapped = (text: string, width: number, separator: string = ' '): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(separator)) {
    const last = lines.at(-1);
    const joined = `${last}${separator}${word}`;
    if (last !== undefined && joined.length <= width) {
      lines[lines.length - 1] = joined;
      continue;
    }
    for (let at = 0; at === 0 || at < word.length; at += width) lines.push(word.slice(at, at + width));
  }
  return lines;
};
