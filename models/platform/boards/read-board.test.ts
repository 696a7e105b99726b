import { Fault, faultText, type FaultCode } from 'underwatch/model';
import { describe, expect, it } from 'vitest';
import type { FlagState, LockName, PlatformProfile } from './profile.ts';
import { readBoard } from './read-board.ts';
import { registerValue } from './readings.ts';
import type { LogFile } from './logs/recognise.ts';
import {
  h77Devices,
  header,
  logs,
  lspciText,
  msrSections,
  pmbaseSection,
  type FakeDevice,
} from './logs/testing/logs.ts';

const inteltool = `${header}${pmbaseSection()}`;
const lspci = lspciText(h77Devices);
const board = (files: readonly LogFile[]): PlatformProfile => readBoard('Test board', files).profile;

const faultOf = (files: readonly LogFile[]): Fault => {
  try {
    board(files);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

const lock = (profile: PlatformProfile, name: LockName): FlagState | undefined =>
  profile.locks.find((each) => each.name === name)?.state;

const withDevice = (address: string, change: Partial<FakeDevice>): string =>
  lspciText(h77Devices.map((device) => (device.address === address ? { ...device, ...change } : device)));

const upToLpc = lspci.slice(0, lspci.indexOf('00:1f.0'));
const lpcRow = lspci.indexOf('\na0: ', upToLpc.length);

describe('a board that can be read', () => {
  const profile = board(logs(inteltool, lspci));

  it('has its chips, its locks and what it does not tell', () => {
    expect(profile).toMatchObject({
      id: 'test-board',
      name: 'Test board',
      chipset: {
        generation: '7 series',
        southbridge: { id: '8086:1e4a', name: 'H77' },
        northbridge: { id: '8086:0150', name: 'Host bridge' },
      },
      notes: [],
      invocation: 'modelled',
    });
    expect(profile.locks.map(({ name, state }) => [name, state])).toEqual([
      ['SMI_LOCK', 'set'],
      ['TCO_LOCK', 'clear'],
      ['ACPI_BASE_LOCK', 'clear'],
      ['GLE', 'clear'],
      ['BILD', 'unknown'],
      ['FLOCKDN', 'unknown'],
      ['D_LCK', 'clear'],
      ['TSEG_LOCK', 'clear'],
    ]);
    expect(profile.unknown).toContainEqual({
      name: 'GCS',
      why: 'inteltool.log has no line for RCBA+3410h',
    });
    expect(profile.unknown).toContainEqual({
      name: 'GP_LVL',
      why: 'inteltool.log has no registers of GPIOS',
    });
  });

  it('says of every value where it was read', () => {
    expect(profile.registers).toContainEqual({
      name: 'SMI_EN',
      widthBits: 32,
      value: 0x23,
      readFrom: 'inteltool.log: pmbase+0030h',
    });
    expect(profile.locks[0]).toEqual({
      name: 'SMI_LOCK',
      state: 'set',
      says: 'GEN_PMCON_1 bit 4 is 1, which freezes GBL_SMI_EN, and itself, until reset',
      readFrom: 'lspci.log: 00:1f.0 config A0h bit 4',
    });
  });

  it.each<readonly [string, readonly LogFile[]]>([
    ['line ends of Windows', logs(inteltool.replaceAll('\n', '\r\n'), lspci.replaceAll('\n', '\r\n'))],
    ['a byte order mark', logs(`\uFEFF${inteltool}`, `\uFEFF${lspci}`)],
    [
      'a prompt of sudo',
      logs(`[sudo] password for user: ${inteltool}`, `[sudo] password for user: ${lspci}`),
    ],
    [
      'a banner',
      logs(`Script started on 2024-05-01 10:20:30\n$ sudo inteltool -a\n${inteltool}`, `\n${lspci}`),
    ],
    [
      'a time before every line',
      logs(inteltool.replaceAll(/^/gm, '[10:20:30] '), lspci.replaceAll(/^/gm, '2024-05-01T10:20:30Z ')),
    ],
    ['the other order', logs(inteltool, lspci).toReversed()],
    [
      'other logs beside',
      [...logs(inteltool, lspci), { path: 'dmidecode.log', text: 'SMBIOS 2.7 present.\n' }],
    ],
    [
      'an image of the flash beside',
      [...logs(inteltool, lspci), { path: 'rom.bin', text: '\uFFFD\0\0'.repeat(99) }],
    ],
    ['a second copy', [...logs(inteltool, lspci), { path: 'copy/inteltool.log', text: inteltool }]],
  ])('is the same with %s', (_, files) => {
    expect(board(files)).toEqual(profile);
  });

  it('names files as they are called', () => {
    const named = board([
      { path: 'C:\\dumps\\one.txt', text: inteltool },
      { path: '/dumps/two.txt', text: lspci },
    ]);
    expect(named.registers.map(({ readFrom }) => readFrom.split(':')[0])).toEqual(
      profile.registers.map(({ readFrom }) => (readFrom.startsWith('lspci') ? 'two.txt' : 'one.txt')),
    );
  });

  it('leaves a file alone that cannot be read, if it is not needed', () => {
    const locked: LogFile = {
      path: 'private.key',
      get text(): string {
        throw new Fault('UW301', { where: 'private.key', expected: '', got: '', likely: '', next: '' });
      },
    };
    expect(board([...logs(inteltool, lspci), locked])).toEqual(profile);
    expect(
      faultOf([Object.defineProperty({ path: 'lspci.log', text: '' }, 'text', { get: () => locked.text })])
        .code,
    ).toBe('UW301');
  });
});

describe('a board of which there is a part', () => {
  const unknownOf = (files: readonly LogFile[]): readonly string[] =>
    board(files).unknown.map(({ name }) => name);

  it('lspci alone has the locks in configuration space', () => {
    const profile = board([{ path: 'lspci.log', text: lspci }]);
    expect([lock(profile, 'SMI_LOCK'), lock(profile, 'D_LCK'), lock(profile, 'TCO_LOCK')]).toEqual([
      'set',
      'clear',
      'unknown',
    ]);
    expect(profile.unknown).toContainEqual({
      name: 'SMI_EN',
      why: 'no log of inteltool: sudo inteltool -a > inteltool.log 2>&1 shows it',
    });
    expect(profile.invocation).toMatchObject({ unsupported: { code: 'UW405' } });
  });

  it('inteltool alone has those in I/O space, and BIOS_CNTL', () => {
    const profile = board([{ path: 'all.txt', text: `${inteltool}BIOS_CNTL = 0x002a (IO)\n` }]);
    expect([lock(profile, 'TCO_LOCK'), lock(profile, 'SMI_LOCK')]).toEqual(['clear', 'unknown']);
    expect(profile.registers).toContainEqual({
      name: 'BIOS_CNTL',
      widthBits: 8,
      value: 0x2a,
      readFrom: 'all.txt: BIOS_CNTL',
    });
  });

  it.each<readonly [string, readonly LogFile[], string]>([
    ['lspci run by a user', logs(inteltool, withDevice('00:1f.0', { sizeBytes: 64 })), 'GEN_PMCON_1'],
    ['lspci without -xxxx', logs(inteltool, withDevice('00:1f.0', { sizeBytes: 0 })), 'PMBASE'],
    ['a list without the LPC bridge', logs(inteltool, upToLpc), 'GEN_PMCON_1'],
    ['inteltool without -p', logs(`${header}============= GPIOS =============\n`, lspci), 'SMI_EN'],
  ])('%s: the rest is unknown', (_, files, name) => {
    expect(unknownOf(files)).toContain(name);
  });

  it.each<readonly [string, string, RegExp]>([
    ['is empty', ' \n', /an empty file/],
    ['is binary', '\uFFFD\u0001\0\uFFFD', /bytes that are no text/],
    ['is an error message', 'sudo: inteltool: command not found\n', /command not found/],
    ['was refused by the kernel', 'iopl: Operation not permitted\nYou need to be root.\n', /lockdown/],
  ])('a log that %s is told, and the other one is read', (_, text, says) => {
    const profile = board(logs(text, lspci));
    expect(lock(profile, 'SMI_LOCK')).toBe('set');
    expect(profile.notes.join()).toMatch(says);
  });
});

describe('the same board, whatever form its logs have', () => {
  const profile = board(logs(inteltool, lspci));
  const [first, ...rest] = inteltool.split('\n\n');
  const quoted = (text: string, mark: string): string => text.replaceAll(/^/gm, mark);
  it.each<readonly [string, readonly LogFile[]]>([
    ['quoted in a mail', logs(quoted(inteltool, '> '), quoted(lspci, '> '))],
    ['indented', logs(quoted(inteltool, '    '), quoted(lspci, '    '))],
    ['in a fence of Markdown', logs(`\`\`\`\n${inteltool}\`\`\`\n`, `\`\`\`text\n${lspci}\`\`\`\n`)],
    ['in colours', logs(quoted(inteltool, '\u001B[0m'), quoted(lspci, '\u001B[1;32m\u001B[0m'))],
    ['with domains', logs(inteltool, lspci.replaceAll(/^(?=[0-9a-f]{2}:[0-9a-f]{2}\.)/gm, '0000:'))],
    [
      'beside a listing without dumps',
      [...logs(inteltool, lspci), { path: 'lspci.txt', text: lspci.replaceAll(/^[0-9a-f]0: .*\n/gm, '') }],
    ],
  ])('%s', (_, files) => {
    expect(board(files)).toEqual(profile);
  });

  it('in pieces, each read where it is', () => {
    const files = [...logs(`${first}\n`, lspci), { path: 'p.txt', text: `${first}\n\n${rest.join('\n\n')}` }];
    const found = board(files).registers;
    expect(found.map(({ name, value }) => [name, value])).toEqual(
      profile.registers.map(({ name, value }) => [name, value]),
    );
    expect(found.find(({ name }) => name === 'SMI_EN')?.readFrom).toBe('p.txt: pmbase+0030h');
  });

  it('with numbers instead of names', () => {
    const numeric = lspci.replaceAll(/Some class \[0601\]: .* \[(8086:[0-9a-f]{4})\]/g, '0601: $1');
    expect(numeric).toContain('00:1f.0 0601: 8086:1e4a (rev 04)');
    const { registers, locks } = board(logs(inteltool, numeric));
    expect({ registers, locks }).toEqual({ registers: profile.registers, locks: profile.locks });
  });
});

describe('what nothing answers for is no value', () => {
  const ones = (text: string): string =>
    text.replaceAll(/: 0x[0-9a-f]+( *) \(/g, (found) => found.replaceAll(/[0-9a-f](?=[0-9a-f]* *\()/g, 'f'));

  it('in an I/O block that nothing decodes', () => {
    const text = ones(inteltool);
    expect(text).toContain('pmbase+0x0030: 0xffffffff (SMI_EN)');
    const profile = board(logs(text, lspci));
    expect(lock(profile, 'TCO_LOCK')).toBe('unknown');
    expect(profile.invocation).toMatchObject({
      unsupported: { got: expect.stringContaining('all ones') as string },
    });
  });

  it('in one register of configuration space', () => {
    const bytes = { ...h77Devices[1]!.bytes, 0xa0: 0xff, 0xa1: 0xff, 0xdc: 0xff };
    const profile = board(logs(inteltool, withDevice('00:1f.0', { bytes })));
    expect([lock(profile, 'SMI_LOCK'), profile.bios.map(({ state }) => state)]).toEqual([
      'unknown',
      ['unknown', 'unknown', 'unknown'],
    ]);
  });

  it('but pins may all be high', () => {
    const gpio = (others: string): string =>
      `${inteltool}============= GPIOS =============\n\ngpiobase+0x0000: 0x${others} (GPIO_USE_SEL)\ngpiobase+0x0004: 0x${others} (GP_IO_SEL)\ngpiobase+0x000c: 0xffffffff (GP_LVL)\n\n`;
    expect(registerValue(board(logs(gpio('00000081'), lspci)), 'GP_LVL')).toBe(0xffff_ffff);
    expect(registerValue(board(logs(gpio('ffffffff'), lspci)), 'GP_LVL')).toBeUndefined();
  });
});

describe('a register is read from its own device', () => {
  it('found by its id, on whatever bus', () => {
    const devices = (address: string): string =>
      lspciText([
        { address: '00:00.0', id: '8086:0044', name: 'Host bridge' },
        { ...h77Devices[1]!, id: '8086:3b06' },
        { address, id: '8086:2d01', name: 'System address decoder', bytes: { 0x4d: 0x1a } },
      ]);
    for (const bus of ['3f', '7f', 'ff']) {
      const profile = board([{ path: 'lspci.log', text: devices(`${bus}:00.1`) }]);
      expect(lock(profile, 'D_LCK')).toBe('set');
    }
  });

  it('and not compared with that of another', () => {
    const text = `${header.replace('8086:1e4a', '8086:9d48').replace('8086:0150', '8086:1904')}BIOS_CNTL = 0x0082 (IO)\n`;
    const devices = lspciText([
      { address: '00:00.0', id: '8086:1904', name: 'Host bridge' },
      { address: '00:1f.0', id: '8086:9d48', name: 'LPC', bytes: { 0xdc: 0x82 } },
      { address: '00:1f.5', id: '8086:9d24', name: 'SPI', bytes: { 0xdc: 0xaa } },
    ]);
    const profile = board(logs(text, devices));
    expect([registerValue(profile, 'BIOS_CNTL'), profile.notes]).toEqual([0xaa, []]);
  });
});

describe('what makes single values unknown', () => {
  it('a host bridge that is not known', () => {
    const profile = board(
      logs(inteltool.replace('8086:0150', '8086:7d01'), withDevice('00:00.0', { id: '8086:7d01' })),
    );
    expect([lock(profile, 'D_LCK'), lock(profile, 'SMI_LOCK')]).toEqual(['unknown', 'set']);
    expect(profile.locks.find(({ name }) => name === 'D_LCK')?.says).toBe(
      'it cannot be read: the host bridge 8086:7d01 is not one whose registers are known',
    );
  });

  it('a base on which the logs disagree, with a note', () => {
    const profile = board(logs(`${header}${pmbaseSection({}, '0x0500')}`, lspci));
    expect(registerValue(profile, 'PMBASE')).toBeUndefined();
    expect(profile.unknown).toContainEqual({ name: 'PMBASE', why: 'the two logs disagree' });
    expect(profile.notes).toEqual(['PMBASE is taken as unknown: 0401h in lspci.log, 0500h in inteltool.log']);
  });

  it('an ACPI block that inteltool cannot dump: nothing can be asked about invocation', () => {
    const profile = board(
      logs(`${header}Error: Dumping PMBASE on this southbridge is not (yet) supported.\n`, lspci),
    );
    expect(lock(profile, 'TCO_LOCK')).toBe('unknown');
    expect(profile.invocation).toMatchObject({
      unsupported: { code: 'UW405', got: 'inteltool cannot dump PMBASE on this south bridge' },
    });
  });

  it('a register that the log calls otherwise', () => {
    const profile = board(logs(inteltool.replace('(TCO2_STS)', '(RESERVED)'), lspci));
    expect(profile.unknown).toContainEqual({
      name: 'TCO2_STS',
      why: 'inteltool.log calls pmbase+0066h RESERVED',
    });
  });
});

describe('SMRR', () => {
  const smrr = (cores: readonly { readonly [address: string]: string }[]): PlatformProfile['smrr'] =>
    board(logs(`${inteltool}${msrSections(cores)}`, lspci)).smrr;
  const cap = '0x00000000:0x00000D0A';
  const base = '0x00000000:0xDB000006';
  const mask = '0x00000000:0xFF800800';
  const good = { '000000FE': cap, '000001F2': base, '000001F3': mask };

  it('covers TSEG: valid on every core, from its first byte to its last', () => {
    expect(smrr([good, good])).toEqual({
      supported: 'yes',
      validOnEveryCore: 'yes',
      sameOnEveryCore: 'yes',
      coversTseg: 'yes',
      range: { first: 0xdb00_0000, end: 0xdb80_0000 },
      says: 'valid on every core, range DB000000h-DB7FFFFFh, TSEG DB000000h-DB7FFFFFh',
    });
  });

  it('that is smaller than TSEG does not cover it', () => {
    expect(smrr([{ ...good, '000001F3': '0x00000000:0xFFC00800' }])).toMatchObject({
      validOnEveryCore: 'yes',
      coversTseg: 'no',
    });
  });

  it('whose mask has a hole leaves a part of TSEG bare', () => {
    expect(smrr([{ ...good, '000001F3': '0x00000000:0xFFA00800' }])).toMatchObject({
      validOnEveryCore: 'yes',
      coversTseg: 'no',
      says: 'valid on every core, no one range: the mask FFA00800h has a hole, TSEG DB000000h-DB7FFFFFh, not protected of it DB200000h-DB3FFFFFh and DB600000h-DB7FFFFFh',
    });
  });

  it('that is off on one core protects nothing', () => {
    expect(smrr([good, { ...good, '000001F3': '0x00000000:0xFF800000' }])).toMatchObject({
      validOnEveryCore: 'no',
      sameOnEveryCore: 'no',
      coversTseg: 'no',
    });
  });

  it('that differs, but is on everywhere, is left open', () => {
    expect(smrr([good, { ...good, '000001F2': '0x00000000:0xDA800006' }])).toMatchObject({
      validOnEveryCore: 'yes',
      sameOnEveryCore: 'no',
      coversTseg: 'unknown',
    });
  });

  it('is unknown when a core lacks it, or the log ends among the cores', () => {
    expect(smrr([good, { '000000FE': cap, '000001F2': base }])).toMatchObject({
      supported: 'yes',
      validOnEveryCore: 'unknown',
      says: 'IA32_SMRR_PHYSMASK is not known: inteltool.log has MSR 1F3h of 1 of 2 cores',
    });
    const cut = msrSections([good, good]).split('=== AMBs')[0]!;
    expect(board(logs(`${inteltool}${cut}\n`, lspci)).smrr.supported).toBe('unknown');
  });
});

const amd = lspciText([
  { address: '00:00.0', id: '1022:1480', name: 'Advanced Micro Devices, Inc. [AMD] Root Complex' },
  { address: '00:14.3', id: '1022:790e', name: 'Advanced Micro Devices, Inc. [AMD] FCH LPC Bridge' },
]);

describe('a board that cannot be read is refused with', () => {
  it.each<readonly [FaultCode, string, readonly LogFile[], RegExp]>([
    ['UW401', 'no files', [], /no files/],
    [
      'UW401',
      'files of other tools',
      [
        { path: 'a.log', text: 'a\n' },
        { path: 'b.log', text: 'b\n' },
      ],
      /a\.log, b\.log/,
    ],
    ['UW402', 'empty logs', logs('', ''), /an empty file/],
    ['UW402', 'binary garbage', logs('\uFFFD\u0001\0\uFFFD', ''), /bytes that are no text/],
    ['UW402', 'an error message', logs('sudo: inteltool: command not found\n', ''), /command not found/],
    ['UW402', 'what lockdown leaves', logs('iopl: Operation not permitted\n', ''), /iomem=relaxed/],
    [
      'UW405',
      'a list without the LPC bridge',
      [{ path: 'lspci.log', text: upToLpc }],
      /the LPC bridge 00:1f\.0/,
    ],
    [
      'UW406',
      'two logs of inteltool that differ in what firmware set up',
      [
        ...logs(inteltool, lspci),
        { path: 'old.log', text: `${header}${pmbaseSection({ SMI_EN: '0x00000003' })}` },
      ],
      /SMI_EN: 00000023h in inteltool\.log, 00000003h in old\.log/,
    ],
    [
      'UW403',
      'an ACPI block cut short',
      logs(inteltool.slice(0, inteltool.indexOf('pmbase+0x003a')), lspci),
      /ALT_GP_SMI_STS \(pmbase\+003Ah\)/,
    ],
    [
      'UW403',
      'an ACPI block with a lost line',
      logs(`${header}${pmbaseSection({ SMI_EN: undefined })}`, lspci),
      /no SMI_EN/,
    ],
    [
      'UW403',
      'an empty ACPI block',
      logs(`${header}========== ABASE/PMBASE =========\n`, lspci),
      /ABASE\/PMBASE/,
    ],
    [
      'UW403',
      'a log cut before its ACPI block',
      logs(inteltool.slice(0, inteltool.indexOf('ABASE') + 3), lspci),
      /no register of it/,
    ],
    ['UW403', 'the LPC bridge cut between rows', logs(inteltool, lspci.slice(0, lpcRow + 1)), /160 bytes/],
    ['UW403', 'the LPC bridge cut in a row', logs(inteltool, lspci.slice(0, lpcRow + 20)), /160 bytes/],
    [
      'UW403',
      'devices cut before the LPC bridge',
      logs(inteltool, upToLpc.slice(0, -30)),
      /devices up to 00:00\.0/,
    ],
    ['UW404', 'an AMD board', logs(inteltool, amd), /AMD board \(vendor 1022\)/],
    ['UW404', 'an AMD board without inteltool', [{ path: 'lspci.log', text: amd }], /1022:1480/],
    [
      'UW404',
      'an unknown chipset',
      logs(inteltool.replace('8086:1e4a', '8086:7a84'), withDevice('00:1f.0', { id: '8086:7a84' })),
      /8086:7a84[^]*8086:0150[^]*southbridges\.ts/,
    ],
    [
      'UW406',
      'logs of two boards',
      logs(inteltool, withDevice('00:1f.0', { id: '8086:1c5c' })),
      /8086:1e4a in inteltool\.log, 8086:1c5c in lspci\.log/,
    ],
  ])('%s: %s', (code, _, files, says) => {
    const fault = faultOf(files);
    expect(fault.code).toBe(code);
    expect(faultText(fault)).toMatch(says);
    expect(Object.values(fault.details).filter((detail) => detail === '')).toEqual([]);
  });
});
