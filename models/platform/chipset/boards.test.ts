import { describe, expect, it } from 'vitest';
import {
  fieldValue,
  intel,
  layouts,
  readRegister,
  resetChipset,
  ROUTES,
  sciSources,
  smiSources,
  type ChipsetPlatform,
} from './index.ts';
import { DUMPS, type Dump } from './testing/dumps.ts';

const platformOf = ({ layout }: Dump): ChipsetPlatform => ({ behaviour: intel, layout: layouts[layout] });
/** The bits of SMI_STS that are not latched there. */
const SUMMARIES = 0x0700;

describe.each(DUMPS)('$board', (dump) => {
  const { registers } = dump;
  const platform = platformOf(dump);
  const pins = registers.GP_LVL & 0xffff;
  const asDumped = resetChipset(platform, { ...registers, pins });

  it('latches active inputs for SMI and SCI alike, whatever is routed or enabled', () => {
    const fresh = resetChipset(platform, { ...registers, SMI_STS: 0, GPE0_STS: 0, ALT_GP_SMI_STS: 0, pins });
    expect((fresh.GPE0_STS >>> 16).toString(16)).toBe((registers.GPE0_STS >>> 16).toString(16));
    // An input that was active earlier is still latched on the board.
    expect(fresh.ALT_GP_SMI_STS & ~registers.ALT_GP_SMI_STS).toBe(0);
  });

  it('stands still: the model changes nothing of it', () => {
    expect(asDumped).toMatchObject({ ...registers, SMI_STS: registers.SMI_STS & ~SUMMARIES, smi: 'idle' });
    expect([smiSources(asDumped, platform), sciSources(asDumped, platform)]).toEqual([[], []]);
  });

  it('reads SMI_STS with the summaries that the board shows', () => {
    expect(readRegister(asDumped, platform, 'SMI_STS')).toBe(registers.SMI_STS);
  });
});

const dumpOf = (board: string): Dump['registers'] =>
  DUMPS.find((dump) => dump.board.startsWith(board))!.registers;

describe('what the boards say where the datasheets do not', () => {
  it('ALT_GP_SMI_STS latches GPIs that GPI_ROUT routes nowhere: H77', () => {
    expect([dumpOf('H77').GPI_ROUT, dumpOf('H77').ALT_GP_SMI_STS]).toEqual([0, 0x4ea3]);
  });

  it('inputs latch although their pin has its native function: ICH9M, GPI 11', () => {
    expect([dumpOf('ICH9M').GPIO_USE_SEL & 0x0800, dumpOf('ICH9M').ALT_GP_SMI_STS & 0x0800]).toEqual([
      0, 0x0800,
    ]);
  });

  it('SMI_STS latches PERIODIC and MCSMI without their enables', () => {
    const latchedUnenabled = (bit: number): readonly string[] =>
      DUMPS.filter(({ registers }) => ((registers.SMI_STS & ~registers.SMI_EN) >>> bit) % 2 === 1).map(
        ({ board }) => board.split(' ')[0]!,
      );
    expect(latchedUnenabled(14)).toEqual(['H61', 'H77', 'HM76', 'QM87', 'B85']);
    expect(latchedUnenabled(11)).toEqual(['ICH9M', 'HM76']);
  });

  it('the PM1 summary is set by TMROF_STS with TMROF_EN=0, under SCI_EN=1: all', () => {
    expect(
      DUMPS.map(({ registers }) => [
        registers.PM1_STS & 1,
        registers.PM1_EN & 1,
        registers.PM1_CNT & 1,
        (registers.SMI_STS >>> 8) & 1,
      ]),
    ).toEqual(DUMPS.map(() => [1, 0, 1, 1]));
  });

  it('the GPE0 summary leaves GPIs out: QM87, GPI 3 latched and enabled, bit 9 clear', () => {
    const { GPE0_STS, GPE0_EN, SMI_STS } = dumpOf('QM87');
    expect([(GPE0_STS & GPE0_EN) >>> 0, SMI_STS & 0x0200]).toEqual([0x0008_0000, 0]);
  });

  it('the GPI summary needs the route: ICH9M, GPI 7 latched, enabled and routed to SCI, bit 10 clear', () => {
    const { ALT_GP_SMI_STS, ALT_GP_SMI_EN, GPI_ROUT, SMI_STS } = dumpOf('ICH9M');
    expect([
      ALT_GP_SMI_STS & ALT_GP_SMI_EN,
      fieldValue('GPI_ROUT', GPI_ROUT, 'GPI7'),
      SMI_STS & 0x0400,
    ]).toEqual([0x0080, ROUTES.sci, 0]);
  });

  it('GLE is bit 0 of GPIO_CNTL, and two of the boards have it set', () => {
    expect(DUMPS.filter(({ registers }) => registers.GPIO_CNTL === 0x11).map(({ board }) => board)).toEqual([
      'H77',
      'B85',
    ]);
  });

  it('firmware locks SMRAM at 1Ah', () => {
    expect(DUMPS.filter(({ registers }) => registers.SMRAMC === 0x1a).map(({ board }) => board)).toEqual([
      'ICH9M with GM45',
      'H77',
      'HM76',
      'QM87',
    ]);
  });
});
