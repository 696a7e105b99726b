import { Fault, faultText, type FaultCode } from 'underwatch/model';
import { describe, expect, it } from 'vitest';
import type { FlagState, LockName, PlatformProfile } from './profile.ts';
import { readBoard } from './read-board.ts';
import { registerValue } from './readings.ts';
import type { LogFile } from './recognise.ts';
import {
  h77Devices,
  header,
  logs,
  lspciText,
  msrSections,
  pmbaseSection,
  type FakeDevice,
} from './testing/logs.ts';

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
      faultOf([
        { ...logs(inteltool, lspci)[0]! },
        Object.defineProperty({ path: 'lspci.log', text: '' }, 'text', { get: () => locked.text }),
      ]).code,
    ).toBe('UW301');
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
const upToLpc = lspci.slice(0, lspci.indexOf('00:1f.0'));
const lpcRow = lspci.indexOf('\na0: ', upToLpc.length);

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
    ['UW402', 'one empty log', logs(inteltool, ' \n'), /board\/lspci\.log[^]*an empty file/],
    ['UW402', 'binary garbage', logs('\uFFFD\u0001\0\uFFFD', lspci), /bytes that are no text/],
    ['UW402', 'UTF-16', logs(inteltool.replaceAll(/(?=.)/gs, '\0'), lspci), /UTF-16/],
    ['UW402', 'an error message', logs('sudo: inteltool: command not found\n', lspci), /command not found/],
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
      'UW405',
      'no log of lspci',
      [{ path: 'inteltool.log', text: inteltool }],
      /no log of lspci among inteltool\.log/,
    ],
    ['UW405', 'no log of inteltool', [{ path: 'lspci.log', text: lspci }], /no log of inteltool/],
    [
      'UW405',
      'a log without an ACPI block',
      logs(`${header}============= GPIOS =============\n`, lspci),
      /sections GPIOS/,
    ],
    ['UW405', 'a list without the LPC bridge', logs(inteltool, upToLpc), /the LPC bridge 00:1f\.0/],
    [
      'UW405',
      'lspci run by a user',
      logs(inteltool, withDevice('00:1f.0', { sizeBytes: 64 })),
      /not run as root/,
    ],
    [
      'UW405',
      'lspci without -xxxx',
      logs(inteltool, withDevice('00:1f.0', { sizeBytes: 0 })),
      /without -xxxx/,
    ],
    [
      'UW406',
      'logs of two boards',
      logs(inteltool, withDevice('00:1f.0', { id: '8086:1c5c' })),
      /8086:1e4a in inteltool\.log, 8086:1c5c in lspci\.log/,
    ],
    [
      'UW406',
      'two different logs of inteltool',
      [...logs(inteltool, lspci), { path: 'old.log', text: header }],
      /2 logs of inteltool/,
    ],
  ])('%s: %s', (code, _, files, says) => {
    const fault = faultOf(files);
    expect(fault.code).toBe(code);
    expect(faultText(fault)).toMatch(says);
    expect(Object.values(fault.details).filter((detail) => detail === '')).toEqual([]);
  });
});
