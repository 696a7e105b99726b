/** A log's lines, and whether the last one was ended; one that was not may be cut and is left out. */
export interface LogLines {
  readonly lines: readonly string[];
  /** False if the text stops in the middle of a line. */
  readonly endsInLineEnd: boolean;
}

/**
 * Splits a log into lines, whatever its line ends. A last line without a line end is dropped: nothing
 * tells `0x0002` that was meant from `0x00020033` that was cut.
 */
export const logLines = (text: string): LogLines => {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  return { endsInLineEnd: lines.pop() === '', lines };
};

/** A number as registers are written in datasheets: `A0h`, padded to `digits`. */
export const hexOf = (value: number, digits: number): string =>
  `${value.toString(16).toUpperCase().padStart(digits, '0')}h`;

/** Whether bit `bit` of `value` is 1; true for bits above 31 too, where `>>` would wrap. */
export const bitOf = (value: number, bit: number): boolean => Math.floor(value / 2 ** bit) % 2 === 1;
