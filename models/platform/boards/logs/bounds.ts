import type { Fault } from 'underwatch/model';
import { beyondBound } from './refusals.ts';

/** The longest log that is read, in characters. The largest seen has a twentieth of it. */
export const MOST_CHARACTERS: number = 16 * 2 ** 20;
/** The most lines of a log that are read. */
export const MOST_LINES = 200_000;
/** The longest line of a log that is read, in characters. */
export const LONGEST_LINE = 4096;

/** UW320 for a text that is longer than any log; it is not even looked at. */
export const tooLong = (path: string, text: string): Fault | undefined =>
  text.length > MOST_CHARACTERS
    ? beyondBound('UW320', path, `at most ${MOST_CHARACTERS} characters`, `${text.length}`)
    : undefined;

/** UW321 for a log with a longer line than any tool writes, UW322 for one with more lines. */
export const tooLarge = (path: string, text: string): Fault | undefined => {
  const lineEnd = /\r\n|\n|\r/g;
  let lines = 0;
  for (let from = 0; from < text.length; from = lineEnd.lastIndex) {
    const end = lineEnd.exec(text)?.index ?? text.length;
    lines += 1;
    if (end - from > LONGEST_LINE) {
      const got = `${end - from} in line ${lines}`;
      return beyondBound('UW321', path, `at most ${LONGEST_LINE} characters a line`, got);
    }
    if (lines > MOST_LINES) return beyondBound('UW322', path, `at most ${MOST_LINES} lines`, 'more');
    if (end === text.length) break;
  }
  return undefined;
};
