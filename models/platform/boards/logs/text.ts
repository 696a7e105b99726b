/** The lines of a log, and whether the last one was ended; one that was not may be cut and is left out. */
export interface LogLines {
  readonly lines: readonly string[];
  /** False if the text stops in the middle of a line. */
  readonly endsInLineEnd: boolean;
}

/**
 * Splits a log into lines without blanks at their ends, whatever its line ends. A last line without a line
 * end is dropped: nothing tells `0x0002` that was meant from `0x00020033` that was cut.
 */
export const logLines = (text: string): LogLines => {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  return { endsInLineEnd: lines.pop() === '', lines: lines.map((line) => line.trimEnd()) };
};

/** A match in a line: the groups of the pattern, and the text between it and the end. */
export interface Between {
  readonly groups: readonly (string | undefined)[];
  readonly rest: string;
}

/**
 * Finds the first match of `start` in a line that ends in `end`. A single pattern with `.*` in the middle
 * would look at the whole rest of the line again from every possible beginning.
 */
export const between = (line: string, start: RegExp, end: string): Between | undefined => {
  if (!line.endsWith(end)) return undefined;
  const found = start.exec(line);
  if (found === null) return undefined;
  const from = found.index + found[0].length;
  const to = line.length - end.length;
  return from > to ? undefined : { groups: found.slice(1), rest: line.slice(from, to) };
};

/** A number as registers are written in datasheets: `A0h`, padded to `digits`. */
export const hexOf = (value: number, digits: number): string =>
  `${value.toString(16).toUpperCase().padStart(digits, '0')}h`;

/** Whether bit `bit` of `value` is 1; true for bits above 31 too, where `>>` would wrap. */
export const bitOf = (value: number, bit: number): boolean => Math.floor(value / 2 ** bit) % 2 === 1;
