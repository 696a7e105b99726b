import { between, logLines } from './text.ts';

/** A PCI id such as `8086:2919` and the log's name of the chip. */
export interface Chip {
  readonly id: string;
  readonly name: string;
}

/** A register of an I/O block, as the log gives it. */
export interface LoggedRegister {
  readonly name: string;
  readonly widthBits: 8 | 16 | 32;
  readonly value: number;
}

/** One model-specific register as read on each core whose read succeeded, by core number. */
export type MsrValues = ReadonlyMap<number, number>;

/** The output of coreboot's `inteltool -a` about a machine. Values that the log lacks are missing. */
export interface InteltoolLog {
  readonly northbridge?: Chip;
  readonly southbridge?: Chip;
  /** The content of the CPU: line, such as `206a7h`: family, model and stepping in one number. */
  readonly cpuId?: number;
  readonly gpioBase?: number;
  readonly pmBase?: number;
  readonly rcba?: number;
  readonly biosCntl?: number;
  /** Live values by offset from GPIOBASE; the DEFAULT and DIFF lines are not the machine's. */
  readonly gpio: ReadonlyMap<number, LoggedRegister>;
  /** By offset from PMBASE; the upper half of a 64-bit register has its own entry, `GPE0_STS_HI`. */
  readonly pmbase: ReadonlyMap<number, LoggedRegister>;
  /** By offset from RCBA; inteltool leaves out words that are zero. */
  readonly rcbaWords: ReadonlyMap<number, number>;
  readonly sections: readonly string[];
  /** Blocks inteltool said it cannot dump on this machine: `PMBASE`, `MSRs` … */
  readonly unsupported: readonly string[];
  readonly msrs: ReadonlyMap<number, MsrValues>;
  /** The number of cores with a list of their own. */
  readonly cores: number;
  /**
   * Whether the lists of all cores are complete: another section follows them, and none runs into the next.
   */
  readonly msrsComplete: boolean;
  readonly endsInLineEnd: boolean;
}

const cpuLine = /CPU: ID 0x([0-9a-f]+), Processor Type/;
// Lines have no blanks at their ends. What is after a `(` is read by `between`, up to the last `)`.
const chipStart = /(Northbridge|Southbridge): ([0-9a-f]{4}:[0-9a-f]{4}) \(/;
const baseLine = /\b(GPIOBASE|PMBASE|RCBA|BIOS_CNTL) = 0x([0-9a-f]{4,8}) \((?:IO|MEM)\)$/;
const blockStart = /\b(gpio|pm)base\+0x([0-9a-f]{4}): 0x([0-9a-f]{2}|[0-9a-f]{4}|[0-9a-f]{8}) +\(/;
const upperHalfLine = /\s{8}0x([0-9a-f]{8})$/;
const rcbaLine = /(?:^|\s)0x([0-9a-f]{4}): 0x([0-9a-f]{8})$/;
const sectionStart = /={3} +(?=\S)/;
const sectionEnd = / ={3,}$/;
const coreSection = /^UNIQUE MSRs +\(core (\d{1,4})\)$/;
const unsupportedText = /Error: Dumping (\S+) on this \S+ (?:\(\S+\) )?is not \(yet\) supported/g;
const msrStart = /\bMSR 0x([0-9A-Fa-f]{8}) = 0x([0-9A-Fa-f]{8}):0x([0-9A-Fa-f]{8}) \(/;

const signature =
  /CPU: ID 0x[0-9a-f]+, Processor Type|\b(?:North|South)bridge: [0-9a-f]{4}:[0-9a-f]{4}|=== (?:GPIOS|ABASE\/PMBASE) ===/;

/** Whether a text looks like a log of inteltool; its file name does not matter. */
export const isInteltoolLog = (text: string): boolean => signature.test(text);

// A 64-bit value has no exact number above 2^53; none of the registers of interest is as large.
const msrValue = (high: string, low: string): number | undefined => {
  const value = Number.parseInt(high, 16) * 2 ** 32 + Number.parseInt(low, 16);
  return Number.isSafeInteger(value) ? value : undefined;
};

const chipNamed = (lines: readonly string[], bridge: string): Chip | undefined => {
  for (const line of lines) {
    if (!line.includes(bridge)) continue;
    const { groups: [found, id] = [], rest: name = '' } = between(line, chipStart, ')') ?? {};
    if (found === bridge && id !== undefined) return { id, name };
  }
  return undefined;
};

const baseNamed = (lines: readonly string[], base: string): number | undefined => {
  for (const line of lines) {
    if (!line.includes(' = 0x')) continue;
    const [, found, digits] = baseLine.exec(line) ?? [];
    if (found === base && digits !== undefined) return Number.parseInt(digits, 16);
  }
  return undefined;
};

const blockRegisters = (lines: readonly string[], block: 'gpio' | 'pm'): Map<number, LoggedRegister> => {
  const registers = new Map<number, LoggedRegister>();
  lines.forEach((line, index) => {
    if (!line.includes('base+0x')) return;
    const { groups = [], rest: name = '' } = between(line, blockStart, ')') ?? {};
    const [found, offsetText = '', digits = ''] = groups;
    const offset = Number.parseInt(offsetText, 16);
    // The live value comes first; a DEFAULT or DIFF line whose last word was lost must not replace it.
    if (found !== block || name === '' || registers.has(offset)) return;
    const widthBits = digits.length === 2 ? 8 : digits.length === 4 ? 16 : 32;
    registers.set(offset, { name, widthBits, value: Number.parseInt(digits, 16) });
    const [, upper] = upperHalfLine.exec(lines[index + 1] ?? '') ?? [];
    if (upper === undefined) return;
    registers.set(offset + 4, { name: `${name}_HI`, widthBits: 32, value: Number.parseInt(upper, 16) });
  });
  return registers;
};

const sectionName = (line: string): string | undefined => {
  if (!line.endsWith('===')) return undefined;
  const start = sectionStart.exec(line);
  const end = sectionEnd.exec(line);
  if (start === null || end === null) return undefined;
  return line.slice(start.index + start[0].length, end.index).trimEnd() || undefined;
};

const wordsOfRcba = (lines: readonly string[]): Map<number, number> => {
  const words = new Map<number, number>();
  const start = lines.findIndex((line) => sectionName(line) === 'RCBA');
  for (let index = start + 1; start >= 0 && index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (sectionName(line) !== undefined) break;
    const [, offset, word] = rcbaLine.exec(line) ?? [];
    if (offset !== undefined && word !== undefined)
      words.set(Number.parseInt(offset, 16), Number.parseInt(word, 16));
  }
  return words;
};

interface MsrTable {
  readonly msrs: ReadonlyMap<number, MsrValues>;
  /** Whether a core's list starts again: the header of the next core was lost. */
  readonly repeats: boolean;
}

const msrTable = (lines: readonly string[]): MsrTable => {
  const msrs = new Map<number, Map<number, number>>();
  let core: number | undefined;
  let firstOfList: number | undefined;
  let repeats = false;
  for (const line of lines) {
    const section = sectionName(line);
    if (section !== undefined) {
      const number = coreSection.exec(section)?.[1];
      core = number === undefined ? undefined : Number(number);
      firstOfList = undefined;
    }
    // inteltool marks with (*) what could not be read, and prints all ones in its place.
    if (core === undefined || !line.includes('MSR 0x') || line.includes('(*)')) continue;
    const { groups: [address, high, low] = [], rest = '' } = between(line, msrStart, ')') ?? {};
    if (address === undefined || high === undefined || low === undefined || rest === '') continue;
    const value = msrValue(high, low);
    if (value === undefined) continue;
    const key = Number.parseInt(address, 16);
    const values = msrs.get(key) ?? new Map<number, number>();
    repeats ||= firstOfList === key;
    firstOfList ??= key;
    if (!values.has(core)) values.set(core, value);
    msrs.set(key, values);
  }
  return { msrs, repeats };
};

/**
 * Reads a log of inteltool. Error messages are written past standard output's buffer and may stand in
 * the middle of a line; such a line fits no pattern and is skipped, so a value is whole or missing.
 */
export const parseInteltool = (text: string): InteltoolLog => {
  const { lines, endsInLineEnd } = logLines(text);
  const sections = lines.flatMap((line) => sectionName(line) ?? []);
  const cores = sections.filter((section) => coreSection.test(section));
  const lastCore = sections.findLastIndex((section) => coreSection.test(section));
  const { msrs, repeats } = msrTable(lines);
  const cpuId = cpuLine.exec(text)?.[1];
  const northbridge = chipNamed(lines, 'Northbridge');
  const southbridge = chipNamed(lines, 'Southbridge');
  const gpioBase = baseNamed(lines, 'GPIOBASE');
  const pmBase = baseNamed(lines, 'PMBASE');
  const rcba = baseNamed(lines, 'RCBA');
  const biosCntl = baseNamed(lines, 'BIOS_CNTL');
  return {
    ...(northbridge && { northbridge }),
    ...(southbridge && { southbridge }),
    ...(cpuId !== undefined && { cpuId: Number.parseInt(cpuId, 16) }),
    ...(gpioBase !== undefined && { gpioBase }),
    ...(pmBase !== undefined && { pmBase }),
    ...(rcba !== undefined && { rcba }),
    ...(biosCntl !== undefined && { biosCntl }),
    gpio: blockRegisters(lines, 'gpio'),
    pmbase: blockRegisters(lines, 'pm'),
    rcbaWords: wordsOfRcba(lines),
    sections,
    unsupported: Array.from(text.matchAll(unsupportedText), ([, what = '']) => what),
    msrs,
    cores: new Set(cores).size,
    msrsComplete: lastCore >= 0 && lastCore < sections.length - 1 && !repeats,
    endsInLineEnd,
  };
};
