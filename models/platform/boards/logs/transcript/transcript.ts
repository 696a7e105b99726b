import type { Bytes } from '../config-bytes.ts';
import { logLines } from '../text.ts';
import { commandIn, isCommand, type Place, type Shown } from './commands.ts';
import { bareRowIn, rowIn } from './dumps.ts';

/** The registers of a machine that commands in a terminal showed. */
export interface Transcript {
  /** By `bus:device.function`. */
  readonly config: ReadonlyMap<string, Bytes>;
  /** Dumps whose device no command names. */
  readonly nameless: readonly Bytes[];
  /** By address; the values of all cores, or of the one that was asked. */
  readonly msrs: ReadonlyMap<number, { readonly everyCore: boolean; readonly values: readonly number[] }>;
}

const value = /^(?:0x)?([0-9a-f]{1,16})$/i;
const firstRow = /^0{4,8}(?::|  ?)\s*86 ?80 ?/;

/** Whether a text has commands that show registers, or a dump of configuration space of Intel's. */
export const isTranscript = (text: string): boolean => {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end;
    const line = text.slice(from, Math.min(to, from + 500)).trimEnd();
    if (commandIn(line) !== undefined || firstRow.test(line)) return true;
    from = to + 1;
  }
  return false;
};

/** The lines behind a command, up to the next one. */
const outputOf = (lines: readonly string[], from: number): readonly string[] => {
  const output: string[] = [];
  for (let at = from; at < lines.length && !isCommand(lines[at]!); at += 1) output.push(lines[at]!);
  return output;
};

const valuesIn = (output: readonly string[]): readonly string[] => {
  const values: string[] = [];
  for (const line of output) {
    const [, digits] = value.exec(line.trim()) ?? [];
    if (digits === undefined) break;
    values.push(digits);
  }
  return values;
};

const bytesIn = (output: readonly string[], words: boolean): Bytes => {
  const bytes = new Map<number, number>();
  let last: readonly number[] | undefined;
  let next = 0;
  let isRepeated = false;
  const put = (offset: number, row: readonly number[]): void =>
    row.forEach((byte, at) => bytes.set(offset + at, byte));
  for (const line of output) {
    if (line.trim() === '*') {
      isRepeated = true;
      continue;
    }
    const bare = bareRowIn(line);
    const row = rowIn(line, words) ?? (bare === undefined ? undefined : { offset: next, bytes: bare });
    const end = row === undefined ? /^([0-9a-f]{7,8})$/i.exec(line.trim())?.[1] : undefined;
    const upTo = row?.offset ?? (end === undefined ? next : Number.parseInt(end, 16));
    // A star stands for rows like the one before.
    if (isRepeated && last !== undefined) for (; next < Math.min(upTo, 4096); next += 16) put(next, last);
    isRepeated = false;
    if (row === undefined || row.offset !== next || row.offset >= 4096) break;
    put(row.offset, row.bytes);
    last = row.bytes;
    next = row.offset + 16;
  }
  return bytes;
};

const littleEndian = (digits: string, { widthBits }: Place): readonly number[] => {
  const number = Number.parseInt(digits, 16);
  return Array.from({ length: widthBits / 8 }, (_, byte) => Math.floor(number / 256 ** byte) % 256);
};

/**
 * Reads the output of commands. A command whose output is incomplete, or not in its format, gives nothing.
 */
export const parseTranscript = (text: string): Transcript => {
  const { lines } = logLines(text);
  const config = new Map<string, Map<number, number>>();
  const nameless: Bytes[] = [];
  const msrs = new Map<number, { readonly everyCore: boolean; readonly values: readonly number[] }>();
  const keep = (device: string, bytes: Bytes): void => {
    const known = config.get(device) ?? new Map<number, number>();
    for (const [offset, byte] of bytes) if (!known.has(offset)) known.set(offset, byte);
    config.set(device, known);
  };
  const show = (shown: Shown, output: readonly string[]): void => {
    if (shown.kind === 'dump') {
      const bytes = bytesIn(output, shown.words);
      if (bytes.size === 0) return;
      if (shown.device === undefined) nameless.push(bytes);
      else keep(shown.device, bytes);
      return;
    }
    const values = valuesIn(output);
    if (shown.kind === 'msr') {
      const numbers = values.map((digits) => Number(BigInt(`0x${digits}`) % 2n ** 32n));
      const isWhole = shown.everyCore ? numbers.length > 0 : numbers.length === 1;
      if (isWhole && !output.some((line) => line.startsWith('rdmsr:')))
        msrs.set(shown.address, { everyCore: shown.everyCore, values: numbers });
      return;
    }
    if (values.length !== shown.registers.length) return;
    shown.registers.forEach((place, index) => {
      const bytes = littleEndian(values[index]!, place);
      if (values[index]!.length === place.widthBits / 4)
        keep(shown.device, new Map(bytes.map((byte, at) => [place.offset + at, byte])));
    });
  };
  lines.forEach((line, index) => {
    const shown = commandIn(line);
    if (shown !== undefined) show(shown, outputOf(lines, index + 1));
  });
  const first = lines.findIndex((line) => isCommand(line) || firstRow.test(line));
  if (first >= 0 && !isCommand(lines[first]!)) {
    const bytes = bytesIn(outputOf(lines, first), false);
    if (bytes.size > 0) nameless.push(bytes);
  }
  return { config, nameless, msrs };
};
