import { describe, expect, it } from 'vitest';
import { fieldValue, intel, layouts, readRegister, resetChipset, ROUTES, sciSources, smiSources, type ChipsetPlatform, type ChipsetState, type LayoutName } from './index.ts';

/** Registers as inteltool and lspci read them on a running board; GP_LVL is what the pins carried. */
interface Dump {
  readonly board: string;
  readonly layout: LayoutName;
  readonly registers: Pick<
    ChipsetState,
    | 'GPIO_USE_SEL' | 'GP_IO_SEL' | 'GP_LVL' | 'GPI_INV' | 'GPI_ROUT' | 'GPIO_CNTL'
    | 'PM1_STS' | 'PM1_EN' | 'PM1_CNT' | 'GPE0_STS' | 'GPE0_EN'
    | 'SMI_EN' | 'SMI_STS' | 'ALT_GP_SMI_EN' | 'ALT_GP_SMI_STS' | 'GEN_PMCON_1'
  > & { readonly SMRAMC?: number };
}

const DUMPS: readonly Dump[] = [
  {
    board: 'ICH9M with GM45',
    layout: 'ich9',
    registers: {
      GPIO_USE_SEL: 0x19fe_77c2, GP_IO_SEL: 0xe042_09c0, GP_LVL: 0xf952_0981, GPI_INV: 0x0180, GPI_ROUT: 0x0002_8004, GPIO_CNTL: 0x10,
      PM1_STS: 0x0001, PM1_EN: 0x0120, PM1_CNT: 0x1c01, GPE0_STS: 0x0800_0000, GPE0_EN: 0x0180_0242,
      SMI_EN: 0x0002_003b, SMI_STS: 0x0000_0900, ALT_GP_SMI_EN: 0x0080, ALT_GP_SMI_STS: 0x0881, GEN_PMCON_1: 0x0ea4, SMRAMC: 0x1a,
    },
  },
  {
    board: 'H61',
    layout: 'series6to9',
    registers: {
      GPIO_USE_SEL: 0xb96b_b9c3, GP_IO_SEL: 0xaeff_6ec3, GP_LVL: 0xe8fb_6fbd, GPI_INV: 0x2800, GPI_ROUT: 0x5955_5555, GPIO_CNTL: 0x10,
      PM1_STS: 0x0011, PM1_EN: 0x0120, PM1_CNT: 0x0001, GPE0_STS: 0x4681_0000, GPE0_EN: 0x0000_0040,
      SMI_EN: 0x0002_203b, SMI_STS: 0x0000_4100, ALT_GP_SMI_EN: 0x0800, ALT_GP_SMI_STS: 0x4681, GEN_PMCON_1: 0x0600, SMRAMC: 0x0a,
    },
  },
  {
    board: 'H77',
    layout: 'series6to9',
    registers: {
      GPIO_USE_SEL: 0xb96b_efe3, GP_IO_SEL: 0x06fe_4ee3, GP_LVL: 0x60da_5ebf, GPI_INV: 0, GPI_ROUT: 0, GPIO_CNTL: 0x11,
      PM1_STS: 0x0001, PM1_EN: 0x0120, PM1_CNT: 0x0001, GPE0_STS: 0x4ea3_0000, GPE0_EN: 0x0000_0346,
      SMI_EN: 0x8802_2023, SMI_STS: 0x0000_4100, ALT_GP_SMI_EN: 0, ALT_GP_SMI_STS: 0x4ea3, GEN_PMCON_1: 0x0e18, SMRAMC: 0x1a,
    },
  },
  {
    board: 'HM76',
    layout: 'series6to9',
    registers: {
      GPIO_USE_SEL: 0x3942_d9ff, GP_IO_SEL: 0x86ff_cfef, GP_LVL: 0xe6fa_dfaf, GPI_INV: 0x818a, GPI_ROUT: 0x8001_8080, GPIO_CNTL: 0x10,
      PM1_STS: 0x0001, PM1_EN: 0x4120, PM1_CNT: 0x0001, GPE0_STS: 0x4e25_0000, GPE0_EN: 0x8088_0046,
      SMI_EN: 0x8002_2023, SMI_STS: 0x0000_4900, ALT_GP_SMI_EN: 0x0100, ALT_GP_SMI_STS: 0x4ea5, GEN_PMCON_1: 0x0e04, SMRAMC: 0x1a,
    },
  },
  {
    board: 'QM87',
    layout: 'series6to9',
    registers: {
      GPIO_USE_SEL: 0x9962_e7df, GP_IO_SEL: 0x8fff_efdf, GP_LVL: 0xefc6_ffc9, GPI_INV: 0x6101, GPI_ROUT: 0x1000_0002, GPIO_CNTL: 0x10,
      PM1_STS: 0x0001, PM1_EN: 0x0120, PM1_CNT: 0x0001, GPE0_STS: 0x8ec8_0000, GPE0_EN: 0x0109_2042,
      SMI_EN: 0x0002_2023, SMI_STS: 0x0000_4100, ALT_GP_SMI_EN: 0x4000, ALT_GP_SMI_STS: 0x8ec9, GEN_PMCON_1: 0x5e14, SMRAMC: 0x1a,
    },
  },
  {
    // With a Xeon E5, whose SMRAMC is elsewhere and was not dumped.
    board: 'B85',
    layout: 'series6to9',
    registers: {
      GPIO_USE_SEL: 0x9908_f83d, GP_IO_SEL: 0x06b7_66ff, GP_LVL: 0x20a9_6ffd, GPI_INV: 0, GPI_ROUT: 0x2800_0000, GPIO_CNTL: 0x11,
      PM1_STS: 0x0001, PM1_EN: 0x0100, PM1_CNT: 0x0001, GPE0_STS: 0x66fd_0000, GPE0_EN: 0x0000_0202,
      SMI_EN: 0x8802_202b, SMI_STS: 0x0000_4100, ALT_GP_SMI_EN: 0, ALT_GP_SMI_STS: 0x6efd, GEN_PMCON_1: 0x3a18,
    },
  },
];

const platformOf = ({ layout }: Dump): ChipsetPlatform => ({ behaviour: intel, layout: layouts[layout] });
const SUMMARIES = 0x0700;

describe.each(DUMPS)('$board', (dump) => {
  const { registers } = dump;
  const platform = platformOf(dump);
  const pins = registers.GP_LVL & 0xffff;
  const asDumped = resetChipset(platform, { ...registers, SMI_STS: registers.SMI_STS & ~SUMMARIES, pins });

  it('latches active inputs for SMI and SCI alike, whatever is routed or enabled', () => {
    const fresh = resetChipset(platform, { ...registers, SMI_STS: 0, GPE0_STS: 0, ALT_GP_SMI_STS: 0, pins });
    expect((fresh.GPE0_STS >>> 16).toString(16)).toBe((registers.GPE0_STS >>> 16).toString(16));
    // What was active earlier is still latched on the board.
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

const dumpOf = (board: string): Dump['registers'] => DUMPS.find((dump) => dump.board.startsWith(board))!.registers;

describe('what the boards say where the datasheets do not', () => {
  it('ALT_GP_SMI_STS latches GPIs that GPI_ROUT routes nowhere: H77', () => {
    expect([dumpOf('H77').GPI_ROUT, dumpOf('H77').ALT_GP_SMI_STS]).toEqual([0, 0x4ea3]);
  });

  it('inputs latch although their pin has its native function: ICH9M, GPI 11', () => {
    expect([dumpOf('ICH9M').GPIO_USE_SEL & 0x0800, dumpOf('ICH9M').ALT_GP_SMI_STS & 0x0800]).toEqual([0, 0x0800]);
  });

  it('SMI_STS latches PERIODIC and MCSMI without their enables', () => {
    const latchedUnenabled = (bit: number): readonly string[] =>
      DUMPS.filter(({ registers }) => ((registers.SMI_STS & ~registers.SMI_EN) >>> bit) % 2 === 1).map(({ board }) => board.split(' ')[0]!);
    expect(latchedUnenabled(14)).toEqual(['H61', 'H77', 'HM76', 'QM87', 'B85']);
    expect(latchedUnenabled(11)).toEqual(['ICH9M', 'HM76']);
  });

  it('the PM1 summary is set by TMROF_STS with TMROF_EN=0, under SCI_EN=1: all', () => {
    expect(DUMPS.map(({ registers }) => [registers.PM1_STS & 1, registers.PM1_EN & 1, registers.PM1_CNT & 1, (registers.SMI_STS >>> 8) & 1])).toEqual(
      DUMPS.map(() => [1, 0, 1, 1]),
    );
  });

  it('the GPE0 summary leaves GPIs out: QM87, GPI 3 latched and enabled, bit 9 clear', () => {
    const { GPE0_STS, GPE0_EN, SMI_STS } = dumpOf('QM87');
    expect([(GPE0_STS & GPE0_EN) >>> 0, SMI_STS & 0x0200]).toEqual([0x0008_0000, 0]);
  });

  it('the GPI summary needs the route: ICH9M, GPI 7 latched, enabled and routed to SCI, bit 10 clear', () => {
    const { ALT_GP_SMI_STS, ALT_GP_SMI_EN, GPI_ROUT, SMI_STS } = dumpOf('ICH9M');
    expect([ALT_GP_SMI_STS & ALT_GP_SMI_EN, fieldValue('GPI_ROUT', GPI_ROUT, 'GPI7'), SMI_STS & 0x0400]).toEqual([0x0080, ROUTES.sci, 0]);
  });

  it('GLE is bit 0 of GPIO_CNTL, and two of the boards have it set', () => {
    expect(DUMPS.filter(({ registers }) => registers.GPIO_CNTL === 0x11).map(({ board }) => board)).toEqual(['H77', 'B85']);
  });

  it('firmware locks SMRAM at 1Ah', () => {
    expect(DUMPS.filter(({ registers }) => registers.SMRAMC === 0x1a).map(({ board }) => board)).toEqual(['ICH9M with GM45', 'H77', 'HM76', 'QM87']);
  });
});
