import { produce } from 'immer';
import { describe, expect, it } from 'vitest';
import { drivePin, intel, layouts, readRegister, resetChipset, smiSources, writeIo, type ChipsetPlatform } from './index.ts';

const platform: ChipsetPlatform = { behaviour: intel, layout: layouts.series6to9 };

describe('the trigger of HyperSentry', () => {
  // N16: the picture that the handler of slide 14 accepts.
  it('shows bit 10 alone in SMI_STS and bit 0 alone in ALT_GP_SMI_STS', () => {
    const idle = resetChipset(platform, { PMBASE: 0x501, ACPI_CNTL: 0x80, SMI_EN: 0x2033, GPI_ROUT: 1, ALT_GP_SMI_EN: 1, GP_IO_SEL: 1 });
    const hit = produce(idle, (chip) => drivePin(chip, platform, 0, 1));
    expect(hit.smi).toBe('sent');
    expect(readRegister(hit, platform, 'SMI_STS')).toBe(0x0000_0400);
    expect(readRegister(hit, platform, 'ALT_GP_SMI_STS')).toBe(0x0001);
    expect(readRegister(hit, platform, 'SMI_EN')).toBe(0x2031);
    expect(smiSources(hit, platform)).toEqual(['GPI0']);
    const again = produce(hit, (chip) => { chip.smi = 'idle'; writeIo(chip, platform, 0x530, 1, 0x33); });
    expect(again.smi).toBe('sent');
  });
});
