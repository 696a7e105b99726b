import { describe, expect, it } from 'vitest';
import {
  GPI_LATCH_S0_NS,
  GPI_LATCH_SLEEP_NS,
  periodicSmiPeriodS,
  resetChipset,
  SMBUS_RECLEAR_NS,
  softwareSmiTimerUs,
} from '../index.ts';
import { pch } from '../testing/platforms.ts';

describe('periods', () => {
  it('of the periodic SMI are 64, 32, 16 and 8 s', () => {
    const periods = [0, 1, 2, 3].map((select) =>
      periodicSmiPeriodS(resetChipset(pch, { GEN_PMCON_1: 0x0010 | select })),
    );
    expect(periods).toEqual([64, 32, 16, 8]);
    // As QEMU computes them.
    expect(periods).toEqual([0, 1, 2, 3].map((select) => 8 * (1 << (3 - select))));
  });

  it('of the software SMI timer are 1.5, 16, 32 and 64 ms', () => {
    const periods = [0x0000, 0x0040, 0x0080, 0x00c0].map((value) =>
      softwareSmiTimerUs(resetChipset(pch, { GEN_PMCON_3: value })),
    );
    expect(periods).toEqual([1500, 16_000, 32_000, 64_000]);
  });

  it('for which a GPI must be active are two clocks', () => {
    expect(GPI_LATCH_S0_NS).toBe(61);
    expect(GPI_LATCH_SLEEP_NS).toBe(61_036);
  });

  it('after which SMBUS_SMI_STS stays clear is one clock of 64 kHz', () => {
    expect(SMBUS_RECLEAR_NS).toBe(15_625);
  });
});
