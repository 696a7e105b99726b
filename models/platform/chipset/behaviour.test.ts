import { describe, expect, it } from 'vitest';
import {
  drivePin,
  elapseTimer,
  intel,
  layouts,
  qemu72Q35,
  readIo,
  readRegister,
  resetChipset,
  sciActive,
  survivors,
  writeIo,
  writeRegister,
  type ChipsetBehaviour,
  type ChipsetPlatform,
  type ChipsetState,
  type RegisterName,
} from './index.ts';
import { after, armed, DECODED, pch, pchWith } from './testing/platforms.ts';

const write = (
  chip: ChipsetState,
  platform: ChipsetPlatform,
  name: RegisterName,
  value: number,
): ChipsetState => after(chip, (draft) => writeRegister(draft, platform, name, value));
const drive = (chip: ChipsetState, platform: ChipsetPlatform): ChipsetState =>
  after(chip, (draft) => drivePin(draft, platform, 0, 1));

interface Row {
  readonly other: Partial<ChipsetBehaviour>;
  readonly observe: (platform: ChipsetPlatform) => unknown;
  readonly intel: unknown;
  readonly elsewhere: unknown;
}

/** For each field of a behaviour: another value, something that it changes, and how that looks either way. */
const ROWS: { readonly [name in Exclude<keyof ChipsetBehaviour, 'name'>]: Row } = {
  acpiBaseLockFreezes: {
    other: { acpiBaseLockFreezes: false },
    observe: (platform) =>
      write(write(armed(platform), platform, 'GEN_PMCON_LOCK', 2), platform, 'PMBASE', 0x801).PMBASE,
    intel: 0x501,
    elsewhere: 0x801,
  },
  smiEnReset: {
    other: { smiEnReset: 0 },
    observe: (platform) => resetChipset(platform).SMI_EN,
    intel: 0x0002,
    elsewhere: 0x0000,
  },
  firstSmiIgnoresEos: {
    other: { firstSmiIgnoresEos: false },
    observe: (platform) => drive(armed(platform, { SMI_EN: 0x2031 }), platform).smi,
    intel: 'sent',
    elsewhere: 'idle',
  },
  eosWriteZeroClears: {
    other: { eosWriteZeroClears: true },
    observe: (platform) => write(armed(platform), platform, 'SMI_EN', 0x2031).SMI_EN,
    intel: 0x2033,
    elsewhere: 0x2031,
  },
  eosClearedBySmi: {
    other: { eosClearedBySmi: false },
    observe: (platform) => drive(armed(platform), platform).SMI_EN,
    intel: 0x2031,
    elsewhere: 0x2033,
  },
  eosGatesSmi: {
    other: { eosGatesSmi: false },
    observe: (platform) => drive(armed(platform, { SMI_EN: 0x2031, firstSmi: false }), platform).smi,
    intel: 'idle',
    elsewhere: 'sent',
  },
  gblGatesSmi: {
    other: { gblGatesSmi: false },
    observe: (platform) => drive(armed(platform, { SMI_EN: 0x2032 }), platform).smi,
    intel: 'idle',
    elsewhere: 'sent',
  },
  smiStsLatches: {
    other: { smiStsLatches: false },
    observe: (platform) => readRegister(write(armed(platform), platform, 'APM_CNT', 1), platform, 'SMI_STS'),
    intel: 0x20,
    elsewhere: 0,
  },
  raisedUnlatched: {
    other: { smiStsLatches: false, raisedUnlatched: ['APM_STS'] },
    // Compared with a chipset that latches nothing and raises nothing.
    observe: ({ behaviour, layout }) => {
      const platform = { behaviour: { ...behaviour, smiStsLatches: false }, layout };
      return write(armed(platform), platform, 'APM_CNT', 1).smi;
    },
    intel: 'idle',
    elsewhere: 'sent',
  },
  smiStsIsW1c: {
    other: { smiStsIsW1c: false },
    observe: (platform) => write(armed(platform), platform, 'ALT_GP_SMI_STS', 0x0040).ALT_GP_SMI_STS,
    intel: 0,
    elsewhere: 0x0040,
  },
  tcoStsIsW1c: {
    other: { tcoStsIsW1c: false },
    observe: (platform) => {
      const told = write(armed(platform), platform, 'TCO_DAT_IN', 1);
      const [one, other] = [
        write(told, platform, 'SMI_STS', 0x2000),
        write(told, platform, 'TCO1_STS', 0x0002),
      ];
      return [
        readRegister(told, platform, 'SMI_STS'),
        readRegister(one, platform, 'SMI_STS'),
        readRegister(other, platform, 'SMI_STS'),
        told.smi,
      ];
    },
    intel: [0x2000, 0, 0x2000, 'sent'],
    elsewhere: [0x2000, 0x2000, 0, 'sent'],
  },
  pm1SummaryNeedsEnable: {
    other: { pm1SummaryNeedsEnable: true },
    observe: (platform) =>
      readRegister(armed(platform, { PM1_STS: 0x0001, PM1_CNT: 1 }), platform, 'SMI_STS'),
    intel: 0x0100,
    elsewhere: 0,
  },
  altStsLatchesUnrouted: {
    other: { altStsLatchesUnrouted: false },
    observe: (platform) => drive(armed(platform, { GPI_ROUT: 0 }), platform).ALT_GP_SMI_STS,
    intel: 1,
    elsewhere: 0,
  },
  gpiSciNeedsRoute: {
    other: { gpiSciNeedsRoute: false },
    observe: (platform) =>
      sciActive(drive(armed(platform, { GPE0_EN: 0x0001_0000, PM1_CNT: 1 }), platform), platform),
    intel: false,
    elsewhere: true,
  },
  acpiEnGatesSmi: {
    other: { acpiEnGatesSmi: true },
    observe: (platform) => {
      const driven = drive(armed(platform, { ACPI_CNTL: 0 }), platform);
      return [driven.smi, driven.ALT_GP_SMI_STS, write(driven, platform, 'ACPI_CNTL', 0x80).smi];
    },
    intel: ['sent', 1, 'sent'],
    elsewhere: ['idle', 1, 'sent'],
  },
  gleCoversGpiRout: {
    other: { gleCoversGpiRout: true },
    observe: (platform) => write(armed(platform, { GPIO_CNTL: 0x11 }), platform, 'GPI_ROUT', 2).GPI_ROUT,
    intel: 2,
    elsewhere: 1,
  },
  gleCoversGpiInv: {
    other: { gleCoversGpiInv: true },
    observe: (platform) => write(armed(platform, { GPIO_CNTL: 0x11 }), platform, 'GPI_INV', 2).GPI_INV,
    intel: 2,
    elsewhere: 0,
  },
  smiLockFreezesGbl: {
    other: { smiLockFreezesGbl: false },
    observe: (platform) => write(armed(platform, { GEN_PMCON_1: 0x10 }), platform, 'SMI_EN', 0).SMI_EN,
    intel: 0x0003,
    elsewhere: 0x0002,
  },
  tcoLockFreezesTcoEn: {
    other: { tcoLockFreezesTcoEn: false },
    observe: (platform) => write(armed(platform, { TCO1_CNT: 0x1000 }), platform, 'SMI_EN', 0).SMI_EN,
    intel: 0x2002,
    elsewhere: 0x0002,
  },
  dLckClearsDOpen: {
    other: { dLckClearsDOpen: false },
    observe: (platform) => write(resetChipset(platform), platform, 'SMRAMC', 0x58).SMRAMC,
    intel: 0x1a,
    elsewhere: 0x5a,
  },
  dLckFreezes: {
    other: { dLckFreezes: false },
    observe: (platform) => write(resetChipset(platform, { SMRAMC: 0x1a }), platform, 'SMRAMC', 0x48).SMRAMC,
    intel: 0x1a,
    elsewhere: 0x5a,
  },
  apmAcpiValuesSilent: {
    other: { apmAcpiValuesSilent: true },
    observe: (platform) => {
      const acpi = write(armed(platform), platform, 'APM_CNT', 0x02);
      return [acpi.smi, acpi.PM1_CNT, write(acpi, platform, 'APM_CNT', 0x03).PM1_CNT];
    },
    intel: ['sent', 0, 0],
    elsewhere: ['idle', 1, 0],
  },
  tcoDatInIgnoresTcoEn: {
    other: { smiStsLatches: false, raisedUnlatched: ['TCO_STS'], tcoDatInIgnoresTcoEn: true },
    observe: ({ behaviour, layout }) => {
      const platform = {
        behaviour: { ...behaviour, smiStsLatches: false, raisedUnlatched: ['TCO_STS'] as const },
        layout,
      };
      return write(armed(platform, { SMI_EN: 0x0033 }), platform, 'TCO_DAT_IN', 1).smi;
    },
    intel: 'idle',
    elsewhere: 'sent',
  },
  trapEndsCycle: {
    other: { trapEndsCycle: true },
    // An access to ALT_GP_SMI_EN, at PMBASE+38h, while IOTR0 traps it.
    observe: (platform) => {
      const trapping = armed(platform, { ALT_GP_SMI_EN: 1, IOTR0: 0x539 });
      const written = after(trapping, (draft) => writeIo(draft, platform, 0x538, 2, 0));
      return [written.TRSR, written.ALT_GP_SMI_EN, readIo(trapping, platform, 0x538, 2)];
    },
    intel: [1, 0, 1],
    elsewhere: [1, 1, 0xffff],
  },
  reservedIoReads: {
    other: { reservedIoReads: 0xff },
    observe: (platform) => readIo(armed(platform), platform, 0x544, 2),
    intel: 0x0000,
    elsewhere: 0xffff,
  },
  deviations: {
    other: {
      deviations: { BIOS_CNTL: { kind: 'stored', mask: 0xff, unlocked: true }, GPI_INV: { kind: 'absent' } },
    },
    observe: (platform) => [
      write(armed(platform, { BIOS_CNTL: 0x02 }), platform, 'BIOS_CNTL', 0).BIOS_CNTL,
      readRegister(armed(platform), platform, 'GPI_INV'),
    ],
    intel: [0x02, 0],
    elsewhere: [0x00, 0xffff_ffff],
  },
  surviveReset: {
    other: { surviveReset: ['GPI_ROUT'] },
    observe: (platform) => resetChipset(platform, survivors(armed(platform), platform)).GPI_ROUT,
    intel: 0,
    elsewhere: 1,
  },
};

describe('every field of a behaviour changes something', () => {
  it.each(Object.entries(ROWS))('%s', (_name, row) => {
    expect(row.observe(pch)).toEqual(row.intel);
    expect(row.observe(pchWith(row.other))).toEqual(row.elsewhere);
  });

  it('has a row here', () => {
    expect(Object.keys(ROWS).toSorted()).toEqual(
      Object.keys(intel)
        .filter((name) => name !== 'name')
        .toSorted(),
    );
  });
});

describe('QEMU 7.2 q35, as measured', () => {
  const q35: ChipsetPlatform = { behaviour: qemu72Q35, layout: layouts.ich9 };
  const chip = resetChipset(q35, DECODED);
  const out = (state: ChipsetState, address: number, width: 1 | 2 | 4, value: number): ChipsetState =>
    after(state, (draft) => writeIo(draft, q35, address, width, value));
  const stored = (name: RegisterName): number => readRegister(write(chip, q35, name, 0xffff_ffff), q35, name);

  it('stores these bits of all ones', () => {
    expect([
      stored('PMBASE'),
      stored('ACPI_CNTL'),
      stored('PM1_CNT'),
      stored('TCO1_CNT'),
      stored('TCO1_STS'),
      stored('TCO2_STS'),
    ]).toEqual([0xff87, 0xff, 0xdfff, 0xfeff, 0xe870, 0xfff8]);
    expect([stored('SMI_EN'), stored('SMI_STS'), stored('ESMRAMC'), stored('SMRAMC')]).toEqual([
      0xffff_ffff, 0, 0xbf, 0x3a,
    ]);
  });

  it('starts with SMI_EN 0, SMRAM 02h and ESMRAMC 38h', () => {
    expect([chip.SMI_EN, chip.SMRAMC, chip.ESMRAMC]).toEqual([0, 0x02, 0x38]);
  });

  it('decodes SMI_EN at 32 bits only, and ALT_GP_SMI_EN not at all', () => {
    expect(out(chip, 0x530, 1, 0x20)).toBe(chip);
    const enabled = out(chip, 0x530, 4, 0x20);
    expect([
      readIo(enabled, q35, 0x530, 4),
      readIo(enabled, q35, 0x530, 2),
      readIo(enabled, q35, 0x538, 4),
    ]).toEqual([0x20, 0, 0xffff_ffff]);
  });

  it('raises an SMI for APMC_EN alone, whatever GBL_SMI_EN and EOS say, and leaves no status', () => {
    const hit = out(out(chip, 0x530, 4, 0x20), 0xb2, 1, 0x50);
    expect([hit.smi, readIo(hit, q35, 0x534, 4), hit.SMI_EN]).toEqual(['sent', 0, 0x20]);
    expect(out(chip, 0xb2, 1, 0x50).smi).toBe('idle');
    expect(out(out(chip, 0x530, 4, 0x20), 0xb2, 1, 0x02)).toMatchObject({ smi: 'idle', PM1_CNT: 1 });
  });

  it('raises a TCO SMI for TCO_EN alone', () => {
    const expired = (smiEn: number): string =>
      after(out(chip, 0x530, 4, smiEn), (draft) => elapseTimer(draft, q35, 'tco')).smi;
    expect([expired(0x2000), expired(0)]).toEqual(['sent', 'idle']);
  });

  it('freezes GBL_SMI_EN by SMI_LOCK and TCO_EN by TCO_LOCK, and nothing else', () => {
    const locked = write(
      write(out(chip, 0x530, 4, 0x2021), q35, 'GEN_PMCON_1', 0x0010),
      q35,
      'TCO1_CNT',
      0x1000,
    );
    expect(out(locked, 0x530, 4, 0).SMI_EN).toBe(0x2001);
    expect(write(locked, q35, 'GEN_PMCON_1', 0).GEN_PMCON_1).toBe(0x0010);
  });

  it('keeps TCO_LOCK, GPI_ROUT, BIOS_CNTL and the APM ports over a reset', () => {
    const full = ['TCO1_CNT', 'GPI_ROUT', 'BIOS_CNTL', 'APM_CNT', 'APM_STS'] as const;
    const before = full.reduce<ChipsetState>((state, name) => write(state, q35, name, 0xffff_ffff), chip);
    const reset = resetChipset(q35, survivors(before, q35));
    expect(full.map((name) => reset[name])).toEqual([0xfeff, 0xffff_ffff, 0xff, 0xff, 0xff]);
    expect([reset.SMI_EN, reset.SMRAMC]).toEqual([0, 0x02]);
  });
});
