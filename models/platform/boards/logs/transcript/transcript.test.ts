import { describe, expect, it } from 'vitest';
import type { PlatformProfile } from '../../profile.ts';
import { readBoard } from '../../read-board.ts';
import { registerValue } from '../../readings.ts';
import { h77Devices, header, lspciText, pmbaseSection } from '../testing/logs.ts';
import { isTranscript, parseTranscript } from './transcript.ts';

const board = (...texts: readonly string[]): PlatformProfile =>
  readBoard(
    'board',
    texts.map((text, index) => ({ path: `${index}.txt`, text })),
  ).profile;

const hex = (value: number, digits = 2): string => value.toString(16).padStart(digits, '0');

/** The configuration space of a device of the made-up board. */
const bytesOf = (address: string): readonly number[] => {
  const { id, bytes = {} } = h77Devices.find((one) => one.address === address)!;
  const [vendor = '', device = ''] = id.split(':');
  const ids = [vendor, device].flatMap((half) => [
    Number.parseInt(half.slice(2), 16),
    Number.parseInt(half.slice(0, 2), 16),
  ]);
  return Array.from({ length: 256 }, (_, offset) => ids[offset] ?? bytes[offset] ?? 0);
};

const rowsOf = (bytes: readonly number[], show: (offset: number, row: readonly number[]) => string): string =>
  Array.from({ length: bytes.length / 16 }, (_, row) =>
    show(row * 16, bytes.slice(row * 16, row * 16 + 16)),
  ).join('\n');

const pairs = (row: readonly number[]): string => row.map((byte) => hex(byte)).join(' ');
const asWords = (row: readonly number[], swapped: boolean): string =>
  Array.from({ length: 8 }, (_, at) => {
    const [low, high] = [row[2 * at]!, row[2 * at + 1]!];
    return swapped ? `${hex(high)}${hex(low)}` : `${hex(low)}${hex(high)}`;
  }).join(' ');

const FORMS: readonly (readonly [
  command: string,
  show: (offset: number, row: readonly number[]) => string,
])[] = [
  ['xxd', (offset, row) => `${hex(offset, 8)}: ${asWords(row, false)}  ................`],
  [
    'hexdump -C',
    (offset, row) =>
      `${hex(offset, 8)}  ${pairs(row.slice(0, 8))}  ${pairs(row.slice(8))}  |................|`,
  ],
  ['hexdump -v', (offset, row) => `${hex(offset, 7)} ${asWords(row, true)}`],
  ['od -An -v -tx1', (_, row) => ` ${pairs(row)}`],
  ['od -Ax -v -t x1', (offset, row) => `${hex(offset, 6)} ${pairs(row)}`],
];

const inAll = (profile: PlatformProfile): readonly (number | undefined)[] =>
  ['GEN_PMCON_1', 'GPIO_ROUT', 'PMBASE', 'SMRAMC', 'TSEGMB'].map((name) => registerValue(profile, name));

describe('a dump of configuration space', () => {
  it.each(FORMS)('by %s is what lspci shows', (command, show) => {
    const text = ['00:00.0', '00:1f.0']
      .map((address) => {
        const file = `/sys/bus/pci/devices/0000:${address}/config`;
        return `root@board:~# ${command} ${file}\n${rowsOf(bytesOf(address), show)}\n`;
      })
      .join('');
    const profile = board(text);
    expect(inAll(profile)).toEqual(inAll(board(lspciText(h77Devices))));
    expect(profile.chipset.southbridge.id).toBe('8086:1e4a');
  });

  it('is of the bridge whose id it has, if no command says more', () => {
    const texts = ['00:00.0', '00:1f.0'].map((address) => `${rowsOf(bytesOf(address), FORMS[0]![1])}\n`);
    expect(inAll(board(...texts))).toEqual(inAll(board(lspciText(h77Devices))));
  });

  it('has the rows that a star stands for', () => {
    const rows = [`00000000  ${pairs(Array.from({ length: 16 }, () => 1))}`, '*', '00000040'];
    const { config } = parseTranscript(
      `# hexdump -C /sys/bus/pci/devices/0000:00:1f.0/config\n${rows.join('\n')}\n`,
    );
    expect([...config.get('00:1f.0')!.values()]).toEqual(Array.from({ length: 64 }, () => 1));
  });

  it('ends where a row is lost', () => {
    const lines = rowsOf(bytesOf('00:1f.0'), FORMS[0]![1]).split('\n');
    const text = [...lines.slice(0, 9), ...lines.slice(11)].join('\n');
    const { nameless } = parseTranscript(`${text}\n`);
    expect(nameless[0]!.size).toBe(9 * 16);
  });
});

describe('single registers', () => {
  const inteltool = `${header}${pmbaseSection()}`;

  it('by setpci', () => {
    const profile = board(
      inteltool,
      '$ sudo setpci -s 00:1f.0 a0.w dc.b\n0a30\n2a\n# setpci -s 0:0.0 88.b\n1a\n',
    );
    expect(registerValue(profile, 'GEN_PMCON_1')).toBe(0x0a30);
    expect(registerValue(profile, 'BIOS_CNTL')).toBe(0x2a);
    expect(registerValue(profile, 'SMRAMC')).toBe(0x1a);
    expect(profile.registers).toContainEqual({
      name: 'BIOS_CNTL',
      widthBits: 8,
      value: 0x2a,
      readFrom: '1.txt: 00:1f.0 config DCh',
    });
  });

  it.each([
    ['that is written', '# setpci -s 00:1f.0 dc.b=2a\n2a\n'],
    ['of which a value is lost', '# setpci -s 00:1f.0 a0.w dc.b\n2a\n'],
    ['of another width', '# setpci -s 00:1f.0 dc.b\n002a\n'],
    ['that nothing answers', '# setpci -s 00:1f.0 dc.b\nff\n'],
    ['by its name', '# setpci -s 00:1f.0 COMMAND.b\n2a\n'],
    ['with an error', '# setpci -s 00:1f.0 dc.b\npcilib: Cannot open\n2a\n'],
  ])('%s are none', (_, text) => {
    const profile = board(inteltool, text, lspciText(h77Devices.slice(0, 1)));
    expect(registerValue(profile, 'BIOS_CNTL')).toBeUndefined();
  });

  const smrr = (base: string, mask: string): string =>
    `# rdmsr -a 0x1f2\n${base}\n${base}\n# rdmsr -a 0x1f3\n${mask}\n${mask}\n`;

  it('by rdmsr, of every core', () => {
    expect(board(inteltool, smrr('db000006', 'ff800800')).smrr).toMatchObject({ validOnEveryCore: 'yes' });
    expect(board(inteltool, smrr('db000006', 'ff800000')).smrr).toMatchObject({ validOnEveryCore: 'no' });
  });

  it.each([
    ['of one core', '# rdmsr 0x1f2\ndb000006\n# rdmsr 0x1f3\nff800800\n'],
    ['of ones', smrr('ffffffffffffffff', 'ffffffffffffffff')],
    ['of which a core failed', '# rdmsr -a 0x1f3\nff800800\nrdmsr: CPU 1 cannot read MSR 0x000001f3\n'],
    ['in decimal', '# rdmsr -a -d 0x1f3\n4286580736\n'],
  ])('by rdmsr, %s, are none of every core', (_, text) => {
    expect(board(inteltool, text).smrr.validOnEveryCore).toBe('unknown');
  });

  it('are told by the command', () => {
    expect(isTranscript('# setpci -s 00:1f.0 a0.w\n0a20\n')).toBe(true);
    expect(isTranscript('0a20\n')).toBe(false);
    expect(isTranscript(lspciText(h77Devices))).toBe(false);
  });
});
