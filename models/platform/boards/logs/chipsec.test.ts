import { describe, expect, it } from 'vitest';
import type { FlagState, PlatformProfile } from '../profile.ts';
import { readBoard } from '../read-board.ts';
import { isChipsecLog, parseChipsec } from './chipsec.ts';
import { header, logs, lspciText } from './testing/logs.ts';

const platform = `[CHIPSEC] Platform: Mobile 3rd Generation Core Processor (Ivy Bridge CPU / Panther Point PCH)
[CHIPSEC]      VID: 8086
[CHIPSEC]      DID: 0154
`;
const modules = `[*] running module: chipsec.modules.common.bios_smi
[-] TCO SMI event configuration is not locked. TCO SMI events can be disabled
[+] SMI events global configuration is locked (SMI Lock)
[*] running module: chipsec.modules.common.smm
[*] PCI0.0.0_SMRAMC = 0x1A << System Management RAM Control (b:d.f 00:00.0 + 0x88)
    [04] D_LCK            = 1 << SMRAM Locked
[CPU0] SMRR_PHYSBASE = 00000000DB000006, SMRR_PHYSMASK = 00000000FF800800
[CPU1] SMRR_PHYSBASE = 00000000DB000006, SMRR_PHYSMASK = 00000000FF800800
[*]   REMAPLIMIT: 0x000000012F100001
[*]   REMAPBASE : 0x0000000100000001
[*]   TOLUD     : 0xDFA00001
[*]   TSEGMB    : 0xDB000001
[+] PCI0.0.0_BGSM        = 0x00000000DB800001 - LOCKED
[*] BC = 0x0000002A << BIOS Control (b:d.f 00:31.0 + 0xDC)
`;

const board = (...texts: readonly string[]): PlatformProfile =>
  readBoard(
    'board',
    texts.map((text, index) => ({ path: `${index}.txt`, text })),
  ).profile;
const flags = ({ locks, bios }: PlatformProfile): { readonly [name: string]: FlagState } =>
  Object.fromEntries([...locks, ...bios].map(({ name, state }) => [name, state]));

describe('a log of CHIPSEC', () => {
  it('has the locks that its modules print, by value and in words', () => {
    const profile = board(platform + modules);
    expect(profile.chipset).toEqual({
      generation: '7 series',
      southbridge: { id: 'unknown', name: '7 series' },
      northbridge: {
        id: '8086:0154',
        name: 'Mobile 3rd Generation Core Processor (Ivy Bridge CPU / Panther Point PCH)',
      },
    });
    expect(flags(profile)).toEqual({
      SMI_LOCK: 'set',
      TCO_LOCK: 'clear',
      ACPI_BASE_LOCK: 'unknown',
      GLE: 'unknown',
      BILD: 'unknown',
      D_LCK: 'set',
      TSEG_LOCK: 'set',
      BIOSWE: 'clear',
      BLE: 'set',
      SMM_BWP: 'set',
      FLOCKDN: 'unknown',
    });
    expect(profile.smrr).toMatchObject({ validOnEveryCore: 'yes', coversTseg: 'yes' });
    expect(profile.locks[0]).toMatchObject({ readFrom: '0.txt: module common.bios_smi' });
    expect(profile.registers).toContainEqual({
      name: 'SMRAMC',
      widthBits: 8,
      value: 0x1a,
      readFrom: '0.txt: 00:00.0 config 88h',
    });
  });

  it.each<readonly [string, (text: string) => string]>([
    ['of later versions', (text) => text.replace('running module', 'Running module')],
    ['in colours', (text) => text.replaceAll(/^\[/gm, '\u001B[91m[').replaceAll(/$/gm, '\u001B[0m')],
    ['in Markdown', (text) => `#### common.smm\n\n${text.replaceAll(/^/gm, '    ')}`],
    [
      'in the XML of JUnit',
      (text) =>
        `<?xml version="1.0"?>\n<testsuites><testsuite name="a"><testcase><system-out>${text
          .replaceAll('&', '&amp;')
          .replaceAll('<', '&lt;')
          .replaceAll('>', '&gt;')}</system-out></testcase></testsuite></testsuites>\n`,
    ],
    [
      'in XML, as CDATA',
      (text) =>
        `<?xml version="1.0"?>\n<testsuite><system-out><![CDATA[${text}]]></system-out></testsuite>\n`,
    ],
    ['quoted below other words', (text) => `Hello,\n\nhere it is:\n${text.replaceAll(/^/gm, '> ')}`],
    ['with line ends of Windows', (text) => text.replaceAll('\n', '\r\n')],
  ])('is the same %s', (_, change) => {
    expect(board(change(platform + modules))).toEqual(board(platform + modules));
  });

  it('has TSEG and the locks of its ends in the words of smm_dma, where BGSM is in no module', () => {
    const dma = `[*] running module: chipsec.modules.smm_dma
[*] TSEG      : 0x00000000DB000000 - 0x00000000DB7FFFFF (size = 0x00800000)
[+] TSEG range is locked
`;
    const rest = modules.replace(/^.*BGSM.*\n/m, '');
    expect(board(platform + rest).smrr).toMatchObject({ validOnEveryCore: 'yes', coversTseg: 'unknown' });
    const profile = board(platform + rest + dma);
    expect(profile.smrr).toMatchObject({ validOnEveryCore: 'yes', coversTseg: 'yes' });
    expect(profile.told).toMatchObject({ TSEG_LOCK: { isSet: true }, BGSM_LOCK: { isSet: true } });
    const larger = board(platform + rest + dma.replace('DB7FFFFF', 'DBFFFFFF'));
    expect(larger.smrr.coversTseg).toBe('no');
    const open = dma.replace('[+] TSEG range is locked', '[-] TSEG range is not locked');
    expect(board(platform + rest + open).told).not.toHaveProperty('TSEG_LOCK');
  });

  it('names the south bridge by its id where it has one', () => {
    const pch = '[CHIPSEC] PCH     : Intel QM77\n[CHIPSEC]      VID: 8086\n[CHIPSEC]      DID: 1E55\n';
    expect(board(platform + pch + modules).chipset.southbridge).toEqual({
      id: '8086:1e55',
      name: 'Intel QM77',
    });
  });

  it('adds to other logs what they lack, and a register comes before words', () => {
    const open = header.replace('8086:1e4a', '8086:1e55').replace('8086:0150', '8086:0154');
    expect(flags(board(open, platform + modules))).toMatchObject({ SMI_LOCK: 'set', D_LCK: 'set' });
    const lspci = lspciText([
      { address: '00:00.0', id: '8086:0154', name: 'Host bridge', bytes: { 0x88: 0x1a } },
      { address: '00:1f.0', id: '8086:1e55', name: 'LPC bridge' },
    ]);
    expect(flags(board(lspci, platform + modules))).toMatchObject({ SMI_LOCK: 'clear', TCO_LOCK: 'clear' });
  });

  it('of a machine that CHIPSEC does not know is no reading', () => {
    const unknown = `ERROR: Unsupported Platform: VID = 0x8086, DID = 0x7190\n${platform}${modules}`;
    expect(() => board(unknown)).toThrow('UW404');
    const [, lspci] = logs(
      '',
      lspciText([
        { address: '00:00.0', id: '8086:0154', name: 'Host bridge' },
        { address: '00:1f.0', id: '8086:1e55', name: 'LPC bridge' },
      ]),
    );
    const profile = board(lspci!.text, unknown);
    expect(flags(profile)).toMatchObject({ SMI_LOCK: 'clear', TCO_LOCK: 'unknown', D_LCK: 'clear' });
    expect(profile.notes.join()).toContain('Unsupported Platform');
  });

  it('says nothing by ones', () => {
    const ones = modules.replace('0x0000002A <<', '0xFF <<').replace('0x1A <<', '0xFF <<');
    expect(flags(board(platform + ones))).toMatchObject({
      BIOSWE: 'unknown',
      BLE: 'unknown',
      SMM_BWP: 'unknown',
      D_LCK: 'unknown',
    });
  });

  it('is told by what is in it', () => {
    expect(isChipsecLog('[*] Running module: chipsec.modules.common.smm\n')).toBe(true);
    expect(isChipsecLog('the CHIPSEC manual\n')).toBe(false);
    expect(parseChipsec('').config.size).toBe(0);
  });
});
