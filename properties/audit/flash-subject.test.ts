import { describe, expect, test } from 'vitest';
import { runAudit, type Platform } from 'underwatch';
import { profileOf, type PlatformProfile } from '../../models/platform/boards/index.ts';
import { findingsOf } from './findings.ts';
import { flashSubjectOf } from './flash-subject.ts';

interface Registers {
  /** BIOSWE 0, BLE 1, SMM_BWP 5. */
  readonly biosCntl: number;
  readonly smiEn?: number;
  readonly smiLock?: boolean;
  readonly tcoLock?: boolean;
  /** Whether the protected ranges are frozen. */
  readonly flockdn?: boolean;
  /** The place of BIOS_CNTL from the 100 series on: D31:F5. */
  readonly device?: '00:1f.0' | '00:1f.5';
}

const READ = { widthBits: 32, readFrom: 'test' } as const;

const board = ({ biosCntl, smiEn = 0x2033, ...locks }: Registers): PlatformProfile =>
  profileOf({
    id: 'board',
    name: 'board',
    southbridge: { id: locks.device === '00:1f.5' ? '8086:a2ca' : '8086:1e4a', name: 'PCH' },
    northbridge: { id: '8086:0150', name: 'host' },
    registers: [
      {
        name: 'BIOS_CNTL',
        widthBits: 8,
        value: biosCntl,
        readFrom: `a: ${locks.device ?? '00:1f.0'} config DCh`,
      },
      { name: 'SMI_EN', value: smiEn, ...READ },
      { name: 'GEN_PMCON_1', value: locks.smiLock === true ? 0x10 : 0, ...READ },
      { name: 'TCO1_CNT', value: locks.tcoLock === true ? 0x1000 : 0, ...READ },
      { name: 'HSFS', value: locks.flockdn === true ? 0x8000 : 0, ...READ },
    ],
    unknown: [],
    notes: [],
  });

const answersOf = async (registers: Registers): Promise<readonly (readonly string[])[]> => {
  const platform: Platform = {
    name: 'board',
    chipset: '',
    registers: [],
    locks: [],
    unknown: [],
    findings: [],
    subject: flashSubjectOf(board(registers))!,
  };
  const { answers } = await runAudit(platform);
  return answers.map(({ question, verdict, shortest, closedBy, decidedBy }) => [
    question.id,
    `${verdict}${shortest?.attack === undefined ? '' : ` in ${shortest.attack.length}`}`,
    [...(decidedBy.length > 0 ? [`by ${decidedBy.join(', ')}`] : []), ...closedBy].join('; '),
  ]);
};

const BLE = 0b10;
const SMM_BWP = 0b10_0000;

describe('the BIOS flash of a board', () => {
  test('with SMM_BWP is written by nobody, whatever else is open', async () => {
    const answers = await answersOf({ biosCntl: SMM_BWP });
    expect(answers.map(([id, verdict]) => [id, verdict])).toEqual([
      ['S-BLE', 'holds'],
      ['S-BLE-GBL', 'holds'],
      ['S-BLE-TCO', 'holds'],
    ]);
  });

  test('with BLE alone is lost on two cores, and on one that can suppress the SMI', async () => {
    expect(await answersOf({ biosCntl: BLE, smiLock: true, tcoLock: false })).toEqual([
      ['S-BLE', 'violated in 2', 'SMM_BWP; FLASH_RANGES'],
      ['S-BLE-GBL', 'depends in 2', 'by BIOSWE is set before its SMI comes; SMM_BWP; FLASH_RANGES'],
      ['S-BLE-TCO', 'violated in 2', 'SMM_BWP; FLASH_RANGES'],
    ]);
  });

  test('with TCO_EN clear has no SMI that takes BIOSWE back: as bad as without GBL_SMI_EN, locked or not', async () => {
    const locked = { biosCntl: BLE, smiLock: true, tcoLock: true } as const;
    const verdictOf = async (registers: Registers): Promise<string | undefined> =>
      (await answersOf(registers)).find(([id]) => id === 'S-BLE-TCO')?.[1];
    expect(await verdictOf(locked)).toBe('depends in 2');
    expect(await verdictOf({ ...locked, smiEn: 0x33 })).toBe('violated in 2');
  });

  test('in the SPI controller has an SMI of which nobody says what gates it', async () => {
    const later = { biosCntl: BLE, smiLock: true, smiEn: 0x33, device: '00:1f.5' } as const;
    const [, , tco] = await answersOf(later);
    expect(tco).toEqual([
      'S-BLE-TCO',
      'depends in 2',
      'by FLASH_RANGES, BIOSWE is set before its SMI comes, TCO_EN gates the SMI of BIOSWE; SMM_BWP; FLASH_RANGES',
    ]);
  });

  test('is not asked about where BIOS_CNTL is not known', () => {
    const { registers, ...rest } = board({ biosCntl: BLE });
    expect(flashSubjectOf({ ...rest, registers: registers.slice(1) })).toBeUndefined();
  });

  test('has the names that fwupd gives its bits', () => {
    const finding = findingsOf(board({ biosCntl: BLE }), 0).find(({ id }) => id === 'S-BLE');
    expect(finding).toMatchObject({
      severity: 'bad',
      evidence: [
        'BIOS_CNTL: BIOSWE clear, BLE set, SMM_BWP clear',
        "in fwupd's HSI: org.fwupd.hsi.Spi.Bioswe, org.fwupd.hsi.Spi.Ble, org.fwupd.hsi.Spi.SmmBwp",
      ],
    });
  });
});
