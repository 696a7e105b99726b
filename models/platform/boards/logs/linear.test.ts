import { describe, expect, it } from 'vitest';
import { LONGEST_LINE, MOST_CHARACTERS, MOST_LINES } from './bounds.ts';
import { isChipsecLog, parseChipsec } from './chipsec.ts';
import { isInteltoolLog, parseInteltool } from './inteltool.ts';
import { isFlashromLog, parseFlashrom } from './flashrom.ts';
import { isTranscript, parseTranscript } from './transcript/transcript.ts';
import { plainText } from './plain-text.ts';
import { isLspciLog, parseLspci } from './lspci.ts';
import { readBoard } from '../read-board.ts';
import { h77Devices, header, logs, lspciText, pmbaseSection } from './testing/logs.ts';

const readers = {
  parseInteltool,
  parseLspci,
  isInteltoolLog,
  isLspciLog,
  parseChipsec,
  isChipsecLog,
  plainText,
  isFlashromLog,
  parseFlashrom,
  isTranscript,
  parseTranscript,
} satisfies { readonly [name: string]: (text: string) => unknown };

/**
 * Pieces that make up a line many times over, and its end: each is the beginning of something that a reader
 * looks for.
 */
const lines: readonly (readonly [piece: string, end: string])[] = [
  ['[CHIPSEC] Platform: ', ''],
  ['A = 0x1A << A (b:d.f ', ')'],
  ['A = 0x1A << (b:d.f 00:31.0 + 0xDC)\n', ' '],
  ['PCI0.0.0_A  ', ' - LOCKED'],
  ['> ', ''],
  ['<?xml <a', ''],
  ['<a ', '&amp;'],
  ['Found chipset "', ''],
  ['Found chipset "a" with PCI ID ', '.'],
  ['# setpci -s 00:1f.0 a0.w\n', ''],
  ['# rdmsr -a 0x1f3\n0\n', ''],
  ['# xxd /config\n', '*'],
  ['00000000: 8680 ', ''],
  ['00000000: 8680 0000 0000 0000 0000 0000 0000 0000\n', '*'],
  ['# ', 'xxd a'],
  ['> \n', '>'],
  ['\u001B[', 'm'],
  ['Southbridge: 8086:1c5c (', ''],
  ['Southbridge: 8086:1c5c (', '\u2028)'],
  ['Northbridge: 8086:0150 (x)', '.'],
  ['pmbase+0x0000: 0x00 (', ''],
  ['gpiobase+0x0000: 0x00000000    (', '.'],
  ['PMBASE = 0x0400 (IO) ', '.'],
  ['pmbase+0x0000: 0x00 (X)\n', ' '.repeat(64)],
  ['MSR 0x00000000 = 0x00000000:0x00000000 (', ''],
  ['MSR 0x00000000 = ', ' '],
  ['=== ', '==='],
  ['=== A ', '.'],
  ['= ', '==='],
  ['==== UNIQUE MSRs  (core 1', ' ==='],
  ['Error: Dumping ', 'x'],
  ['Error: Dumping PMBASE on this ', '.'],
  ['CPU: ID 0x0', ''],
  ['0', ''],
  [' ', '.'],
  ['\t', '0x00000000 .'],
  ['00:1f.0 ISA bridge [0601]: ', '\u2028'],
  ['00:1f.0 ', ']: \u2028'],
  ['00:1f.0 ISA bridge [0601]: LPC (rev ', '\u2028'],
  ['00:1f.0 ISA bridge [0601]: LPC (rev 04) ', '\u2029 '],
  ['[8086:1e4a] ', '['],
  ['00: ', '86'],
  ['86 ', '.'],
  ['00: 86 80 ', ' .'],
  ['\uFEFF', ''],
  ['\r', '\n'],
];

/** The processor time of the work: the machine's other work is no part of it. */
const timed = (run: () => void): number => {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
};

/** The least of three: collecting garbage only adds to it. */
const leastMs = (run: () => void): number => Math.min(...[1, 2, 3].map(() => timed(run)));

const textOf = (piece: string, end: string, length: number): string => {
  // A header first, so that the piece stands in the middle of a log.
  const begin =
    '===== UNIQUE MSRs  (core 0) =====\n00:1f.0 ISA bridge [0601]: LPC [8086:1e4a]\npmbase+0x0000: 0x00 (A)\n';
  return `${begin}${piece.repeat(Math.ceil(length / piece.length))}${end}\n`;
};

describe.each(Object.entries(readers))('%s takes time in proportion to what it reads', (_, read) => {
  it.each(lines)('many %j and then %j', (piece, end) => {
    const [short, long] = [2 ** 16, 2 ** 20].map((length) => textOf(piece, end, length));
    const shortMs = leastMs(() => void read(short!));
    const longMs = leastMs(() => void read(long!));
    // Sixteen times as much takes 16 times as long, or 256 times if it goes with the square.
    expect(longMs).toBeLessThan(128 * Math.max(shortMs, 1.5));
  });
});

describe('a log beyond its bounds', () => {
  const lspci = lspciText(h77Devices);
  const inteltool = `${header}${pmbaseSection()}`;
  const codeOf = (files: readonly [inteltool: string, lspci: string]): string => {
    try {
      readBoard('board', logs(...files));
      return 'read';
    } catch (error) {
      return (error as Error).message.slice(0, 5);
    }
  };

  it.each([
    ['as long as it may be', 'x'.repeat(LONGEST_LINE), 'read'],
    ['one character longer', 'x'.repeat(LONGEST_LINE + 1), 'UW321'],
  ])('a line %s', (_, line, code) => {
    expect(codeOf([inteltool, `${lspci}\n${line}\n`])).toBe(code);
    expect(codeOf([`${inteltool}${line}\n`, lspci])).toBe(code);
    expect(codeOf([`${inteltool}${line}\r`, lspci])).toBe(code);
  });

  it('lines', () => {
    const used = inteltool.split('\n').length - 1;
    expect(codeOf([inteltool + '\n'.repeat(MOST_LINES - used), lspci])).toBe('read');
    expect(codeOf([inteltool + '\n'.repeat(MOST_LINES - used + 1), lspci])).toBe('UW322');
  });

  it('characters', () => {
    expect(codeOf([inteltool + 'x'.repeat(MOST_CHARACTERS), ''])).toBe('UW320');
    const { notes } = readBoard('board', logs(inteltool + 'x'.repeat(MOST_CHARACTERS), lspci)).profile;
    expect(notes.join()).toContain('board/inteltool.log was not read: ');
  });

  it('is no matter where it is a file of something else', () => {
    const files = [
      ...logs(inteltool, lspci),
      { path: 'board/strings', text: 'x'.repeat(MOST_CHARACTERS + 1) },
    ];
    expect(readBoard('board', files).profile.chipset.generation).toBe(
      readBoard('board', logs(inteltool, lspci)).profile.chipset.generation,
    );
  });
});
