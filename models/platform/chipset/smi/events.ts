import type { Draft } from 'immer';
import { match } from 'ts-pattern';
import type { ChipsetPlatform } from '../behaviour.ts';
import { bits, fieldValue, withField } from '../fields.ts';
import { raise, settle } from './smi.ts';
import type { ChipsetState, RegisterName } from '../state.ts';
import { TCO1_SMI } from './status.ts';

/**
 * A timer whose expiry can raise an SMI. Two are no timers: the RTC's alarm, and an SMI message that comes
 * over the SMBus.
 */
export type ChipsetTimer = 'periodic' | 'software' | 'tco' | 'rtc' | 'smbus';

const raiseTco = (chip: Draft<ChipsetState>, platform: ChipsetPlatform, status: string): void => {
  const { mask } = bits('TCO1_STS', status);
  chip.TCO1_STS |= mask;
  if ((mask & TCO1_SMI) === 0) return;
  const ignoresEnable = status === 'SW_TCO_SMI' && platform.behaviour.tcoDatInIgnoresTcoEn;
  if (platform.behaviour.tcoStsIsW1c) raise(chip, platform, 'TCO_STS', ignoresEnable);
};

/** One write to one register, as its effects need it. */
export interface Write {
  readonly register: RegisterName;
  /** The value of the register before. */
  readonly before: number;
  /** The written value, 0 in the bytes that were not written. */
  readonly written: number;
}

const holds = (chip: ChipsetState, { register }: Write, field: string): boolean =>
  fieldValue(register, chip[register], field) === 1;
const held = ({ register, before }: Write, field: string): boolean =>
  fieldValue(register, before, field) === 1;
const rose = (chip: ChipsetState, write: Write, field: string): boolean =>
  !held(write, field) && holds(chip, write, field);
const fell = (chip: ChipsetState, write: Write, field: string): boolean =>
  held(write, field) && !holds(chip, write, field);
/** Whether a 1 was written to the field. */
const wrote = ({ register, written }: Write, field: string): boolean =>
  fieldValue(register, written, field) !== 0;

const onApmCommand = (chip: Draft<ChipsetState>, platform: ChipsetPlatform, { written }: Write): void => {
  if (platform.behaviour.apmAcpiValuesSilent && (written === 0x02 || written === 0x03)) {
    chip.PM1_CNT = withField('PM1_CNT', chip.PM1_CNT, 'SCI_EN', written === 0x02 ? 1 : 0);
  } else if (fieldValue('SMI_EN', chip.SMI_EN, 'APMC_EN') === 1) {
    raise(chip, platform, 'APM_STS');
  }
};

const onPm1Control = (chip: Draft<ChipsetState>, platform: ChipsetPlatform, write: Write): void => {
  if (wrote(write, 'GBL_RLS') && fieldValue('SMI_EN', chip.SMI_EN, 'BIOS_EN') === 1)
    raise(chip, platform, 'BIOS_STS');
  if (wrote(write, 'SLP_EN') && fieldValue('SMI_EN', chip.SMI_EN, 'SLP_SMI_EN') === 1)
    raise(chip, platform, 'SLP_SMI_STS');
};

const onSmiEnable = (chip: Draft<ChipsetState>, _platform: ChipsetPlatform, write: Write): void => {
  if (wrote(write, 'BIOS_RLS')) chip.PM1_STS |= bits('PM1_STS', 'GBL_STS').mask;
  if (rose(chip, write, 'SWSMI_TMR_EN')) chip.swTimer = 'running';
  if (fell(chip, write, 'SWSMI_TMR_EN')) chip.swTimer = 'stopped';
};

type Effect = (chip: Draft<ChipsetState>, platform: ChipsetPlatform, write: Write) => void;

/** The registers in which a write has an effect beyond its store. */
const EFFECTS: { readonly [name in RegisterName]?: Effect } = {
  APM_CNT: onApmCommand,
  PM1_CNT: onPm1Control,
  SMI_EN: onSmiEnable,
  TCO_DAT_IN: (chip, platform) => raiseTco(chip, platform, 'SW_TCO_SMI'),
  TCO_DAT_OUT: (chip, platform) => raiseTco(chip, platform, 'TCO_INT_STS'),
  BIOS_CNTL: (chip, platform, write) => {
    if (rose(chip, write, 'BIOSWE') && fieldValue('BIOS_CNTL', chip.BIOS_CNTL, 'BLE') === 1)
      raiseTco(chip, platform, 'BIOSWR_STS');
  },
  GPIO_CNTL: (chip, platform, write) => {
    if (fell(chip, write, 'GLE')) raise(chip, platform, 'GPIO_UNLOCK_SMI_STS');
  },
  GPE_CNTL: (chip) => {
    // Bit 2 of GPE0_STS is SWGPE_STS (cb).
    if (fieldValue('GPE_CNTL', chip.GPE_CNTL, 'SWGPE_CTRL') === 1)
      chip.GPE0_STS = (chip.GPE0_STS | (1 << 2)) >>> 0;
  },
  SMRAMC: (chip, platform, write) => {
    const closes = rose(chip, write, 'D_LCK') && platform.behaviour.dLckClearsDOpen;
    if (closes) chip.SMRAMC = withField('SMRAMC', chip.SMRAMC, 'D_OPEN', 0);
  },
};

/** Carries out the effects of a write, once the register has taken it; the chipset has not settled yet. */
export const afterWrite = (chip: Draft<ChipsetState>, platform: ChipsetPlatform, write: Write): void =>
  EFFECTS[write.register]?.(chip, platform, write);

/** The outside drives GPI `gpi` (0 to 15) to `level`; an active input latches. */
export const drivePin = (
  chip: Draft<ChipsetState>,
  platform: ChipsetPlatform,
  gpi: number,
  level: 0 | 1,
): void => {
  chip.pins = (chip.pins & ~(1 << gpi)) | (level << gpi);
  settle(chip, platform);
};

const onTcoTimeout = (chip: Draft<ChipsetState>, platform: ChipsetPlatform): void => {
  if (fieldValue('TCO1_CNT', chip.TCO1_CNT, 'TCO_TMR_HLT') === 1) return;
  // The second expiry would also reset the machine, unless the NO_REBOOT strap forbids it: not modelled.
  if (fieldValue('TCO1_STS', chip.TCO1_STS, 'TIMEOUT') === 1)
    chip.TCO2_STS |= bits('TCO2_STS', 'SECOND_TO_STS').mask;
  raiseTco(chip, platform, 'TIMEOUT');
};

/** A timer expires; the software timer only if it runs, the TCO timer only unless it is halted. */
export const elapseTimer = (
  chip: Draft<ChipsetState>,
  platform: ChipsetPlatform,
  timer: ChipsetTimer,
): void => {
  match(timer)
    .with('periodic', () => raise(chip, platform, 'PERIODIC_STS'))
    .with('software', () => {
      if (chip.swTimer === 'stopped') return;
      chip.swTimer = 'stopped';
      raise(chip, platform, 'SWSMI_TMR_STS');
    })
    .with('tco', () => onTcoTimeout(chip, platform))
    .with('rtc', () => {
      chip.PM1_STS |= bits('PM1_STS', 'RTC_STS').mask;
    })
    .with('smbus', () => raise(chip, platform, 'SMBUS_SMI_STS'))
    .exhaustive();
  settle(chip, platform);
};
