import { describe, expect, it } from 'vitest';
import {
  intel,
  layouts,
  resetChipset,
  survivors,
  writeRegister,
  type ChipsetPlatform,
  type ChipsetState,
  type RegisterName,
} from './index.ts';
import { after, armed, pch } from './testing/platforms.ts';

const ich9: ChipsetPlatform = { behaviour: intel, layout: layouts.ich9 };
const write = (
  chip: ChipsetState,
  name: RegisterName,
  value: number,
  platform: ChipsetPlatform = pch,
): ChipsetState => after(chip, (draft) => writeRegister(draft, platform, name, value));

describe('SMI_LOCK', () => {
  it.each([0x2033, 0x2032])('freezes GBL_SMI_EN at %i, and no other bit of SMI_EN', (enabled) => {
    const locked = write(armed(pch, { SMI_EN: enabled }), 'GEN_PMCON_1', 0x0010);
    expect(write(locked, 'SMI_EN', 0xffff_ffff).SMI_EN & 0x1).toBe(enabled & 0x1);
    expect(write(locked, 'SMI_EN', 0x0000_0000).SMI_EN).toBe(enabled & 0x3);
  });

  it('holds itself until a platform reset, and leaves PER_SMI_SEL alone', () => {
    const locked = write(armed(), 'GEN_PMCON_1', 0x0010);
    expect(write(locked, 'GEN_PMCON_1', 0x0003).GEN_PMCON_1).toBe(0x0013);
    expect(resetChipset(pch, survivors(locked, pch)).GEN_PMCON_1).toBe(0);
  });

  it('does not cover the gates of GPIs: they stay open to software', () => {
    const locked = write(armed(), 'GEN_PMCON_1', 0x0010);
    expect(write(locked, 'ALT_GP_SMI_EN', 0).ALT_GP_SMI_EN).toBe(0);
    expect(write(locked, 'GPI_ROUT', 2).GPI_ROUT).toBe(2);
  });
});

describe('TCO_LOCK', () => {
  it('freezes TCO_EN and itself, and nothing else', () => {
    const locked = write(armed(), 'TCO1_CNT', 0x1000);
    expect(write(locked, 'SMI_EN', 0).SMI_EN).toBe(0x2002);
    expect(write(locked, 'TCO1_CNT', 0x0800).TCO1_CNT).toBe(0x1800);
  });
});

describe('ACPI_BASE_LOCK', () => {
  it('freezes PMBASE', () => {
    const locked = write(armed(), 'GEN_PMCON_LOCK', 0x02);
    expect(write(locked, 'PMBASE', 0x0800)).toBe(locked);
    expect(write(locked, 'GEN_PMCON_LOCK', 0).GEN_PMCON_LOCK).toBe(0x02);
  });
});

describe('GLE', () => {
  const locked = write(armed(), 'GPIO_CNTL', 0x11);

  it.each(['GPIO_USE_SEL', 'GP_IO_SEL', 'GP_LVL'] as const)('freezes %s', (name) => {
    expect(write(armed(), name, 0x1234_5678)[name]).toBe(0x1234_5678);
    expect(write(locked, name, 0x1234_5678)[name]).toBe(armed()[name]);
  });

  it('can be lifted, which an SMI tells if it is enabled', () => {
    expect(write(locked, 'GPIO_CNTL', 0x10)).toMatchObject({
      GPIO_CNTL: 0x10,
      SMI_STS: 0x0800_0000,
      smi: 'idle',
    });
    const told = write(locked, 'SMI_EN', 0x0800_2033);
    expect(write(told, 'GPIO_CNTL', 0x10)).toMatchObject({ GPIO_CNTL: 0x10, smi: 'sent' });
    // The enable cannot be taken back.
    expect(write(told, 'SMI_EN', 0x0000_2033).SMI_EN).toBe(0x0800_2033);
  });
});

describe('D_LCK', () => {
  it('closes SMRAM, even if D_OPEN is written with it', () => {
    expect(write(resetChipset(pch), 'SMRAMC', 0x58).SMRAMC).toBe(0x1a);
    expect(write(write(resetChipset(pch), 'SMRAMC', 0x48), 'SMRAMC', 0x18).SMRAMC).toBe(0x1a);
  });

  it('leaves only D_CLS to software', () => {
    const locked = write(resetChipset(pch), 'SMRAMC', 0x18);
    expect(write(locked, 'SMRAMC', 0x60).SMRAMC).toBe(0x3a);
    expect(write(write(resetChipset(pch), 'SMRAMC', 0x10), 'SMRAMC', 0x08).SMRAMC).toBe(0x12);
  });

  it('freezes ESMRAMC where there is one', () => {
    const open = write(resetChipset(ich9), 'ESMRAMC', 0x83, ich9);
    expect(open.ESMRAMC).toBe(0xbb);
    const locked = write(open, 'SMRAMC', 0x18, ich9);
    expect(write(locked, 'ESMRAMC', 0x00, ich9).ESMRAMC).toBe(0xbb);
  });

  it('is lifted by a platform reset alone', () => {
    const locked = write(resetChipset(pch), 'SMRAMC', 0x18);
    expect(write(locked, 'SMRAMC', 0x00).SMRAMC).toBe(0x1a);
    expect(resetChipset(pch, survivors(locked, pch)).SMRAMC).toBe(0x02);
  });
});

describe('TSEGMB.LOCK', () => {
  it('freezes TSEGMB, itself included', () => {
    const locked = write(resetChipset(pch), 'TSEGMB', 0xcc00_0001);
    expect(locked.TSEGMB).toBe(0xcc00_0001);
    expect(write(locked, 'TSEGMB', 0x1230_0000).TSEGMB).toBe(0xcc00_0001);
  });
});

describe('BLE', () => {
  it('cannot be taken back, and tells when BIOSWE is set, once for each time', () => {
    const guarded = write(armed(), 'BIOS_CNTL', 0x02);
    expect(write(guarded, 'BIOS_CNTL', 0x00).BIOS_CNTL).toBe(0x02);
    const writable = write(guarded, 'BIOS_CNTL', 0x03);
    expect(writable).toMatchObject({ BIOS_CNTL: 0x03, TCO1_STS: 0x0100, SMI_STS: 0x2000, smi: 'sent' });
    const cleared = write(write(writable, 'TCO1_STS', 0x0100), 'SMI_STS', 0x2000);
    expect(write(cleared, 'BIOS_CNTL', 0x03)).toMatchObject({ TCO1_STS: 0, SMI_STS: 0 });
  });

  it('says nothing where TCO_EN is 0: the gap that TCO_LOCK closes', () => {
    const silent = armed(pch, { SMI_EN: 0x0033, BIOS_CNTL: 0x02 });
    expect(write(silent, 'BIOS_CNTL', 0x03)).toMatchObject({ BIOS_CNTL: 0x03, smi: 'idle' });
  });
});
