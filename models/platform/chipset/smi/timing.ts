import { fieldValue } from '../fields.ts';
import type { ChipsetState } from '../state.ts';

const PERIODIC_S = [64, 32, 16, 8] as const;
const SOFTWARE_TIMER_US = [1500, 16_000, 32_000, 64_000] as const;

/** Period of the periodic SMI in seconds: 64, 32, 16 or 8 (lpt-h, qemu). */
export const periodicSmiPeriodS = (chip: ChipsetState): number =>
  PERIODIC_S[fieldValue('GEN_PMCON_1', chip.GEN_PMCON_1, 'PER_SMI_SEL')]!;

/** Time from SWSMI_TMR_EN to SWSMI_TMR_STS in microseconds: 1500, 16000, 32000 or 64000 (lpt-h, ich10). */
export const softwareSmiTimerUs = (chip: ChipsetState): number =>
  SOFTWARE_TIMER_US[fieldValue('GEN_PMCON_3', chip.GEN_PMCON_3, 'SWSMI_RTSL')]!;

const nsOfClocks = (clocks: number, hertz: number): number => Math.ceil((clocks * 1e9) / hertz);

/**
 * The time for which a GPI must be active to latch: two clocks, of 33 MHz in S0 and S1, of 32.768 kHz in S3
 * to S5 (pch6).
 */
export const GPI_LATCH_S0_NS: number = nsOfClocks(2, 33_333_333);
export const GPI_LATCH_SLEEP_NS: number = nsOfClocks(2, 32_768);

/** The time within which SMBUS_SMI_STS can come back after it was cleared: one clock of 64 kHz (ich4). */
export const SMBUS_RECLEAR_NS: number = nsOfClocks(1, 64_000);
