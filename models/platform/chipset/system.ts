import type { Draft } from 'immer';
import type { Setting } from 'underwatch/model';
import { behaviours, type ChipsetBehaviour, type ChipsetPlatform } from './behaviour.ts';
import type { ChipsetTimer } from './smi/events.ts';
import { bits, fieldValue } from './fields.ts';
import { layouts } from './layout.ts';
import type { LayoutName } from './registers/register.ts';
import { resetChipset } from './reset.ts';
import { takeSmi } from './smi/smi.ts';
import type { ChipsetState, RegisterName } from './state.ts';

/** The chipset with the history that its invariants need. */
export interface ChipsetSystem {
  readonly chip: ChipsetState;
  /** SMI messages since software last set EOS, or since reset; 2 stands for more than one. */
  readonly sent: 0 | 1 | 2;
  /** The kind of the last step, as far as invariants ask: a write to a status register, to EOS, a reset. */
  readonly last: 'status' | 'eos' | 'reset' | 'other';
}

/**
 * A write to one field; the register's other fields keep their values. A type, not an interface: it is a
 * choice, and so a plain value.
 */
export type FieldWrite = { readonly register: RegisterName; readonly field: string; readonly value: number };

/** Parameters that a scenario of the chipset may set. */
export interface ChipsetParameters {
  readonly behaviour: keyof typeof behaviours;
  /** Single departures from the behaviour. */
  readonly overrides: Partial<ChipsetBehaviour>;
  readonly layout: LayoutName;
  /** The GPIs whose pins the outside drives. */
  readonly gpis: readonly number[];
  readonly timers: readonly ChipsetTimer[];
  /** Everything that software may write. */
  readonly writes: readonly FieldWrite[];
  /** The firmware's set-up at every boot, on top of the reset values. */
  readonly firmware: Partial<ChipsetState>;
  /** Whether the platform may be reset. */
  readonly reset: boolean;
}

export type ChipsetSetting = Setting<ChipsetParameters, never>;

const platforms = new WeakMap<ChipsetParameters, ChipsetPlatform>();

/** The chipset of a scenario. */
export const platformOf = ({ parameters }: ChipsetSetting): ChipsetPlatform => {
  // Asked for by every guard, effect and invariant, so made once per scenario.
  const known = platforms.get(parameters);
  if (known !== undefined) return known;
  const platform = {
    behaviour: { ...behaviours[parameters.behaviour], ...parameters.overrides },
    layout: layouts[parameters.layout],
  };
  platforms.set(parameters, platform);
  return platform;
};

/** The state after a reset and the firmware's set-up, with what the reset preserves. */
export const booted = (setting: ChipsetSetting, kept: Partial<ChipsetState> = {}): ChipsetSystem => {
  const chip = resetChipset(platformOf(setting), { ...setting.parameters.firmware, ...kept });
  return { chip, sent: chip.smi === 'sent' ? 1 : 0, last: 'reset' };
};

/** Runs one step of the chipset and counts the message that it sends, if any. */
export const observed = (
  system: Draft<ChipsetSystem>,
  last: Exclude<ChipsetSystem['last'], 'reset'>,
  effect: (chip: Draft<ChipsetState>) => void,
): void => {
  const { chip } = system;
  // A message that is sent while another is not yet taken would not show in `smi` otherwise.
  const onItsWay = chip.smi === 'sent';
  takeSmi(chip);
  effect(chip);
  const sends = chip.smi === 'sent' ? 1 : 0;
  if (onItsWay) chip.smi = 'sent';
  const earlier = last === 'eos' ? 0 : system.sent;
  system.sent = Math.min(2, earlier + sends) as 0 | 1 | 2;
  system.last = last;
};

/**
 * The value that software writes to change one field: the other fields unchanged, those that act on a written
 * 1 as 0.
 */
export const fieldWriteValue = (
  chip: ChipsetState,
  { register, field, value }: FieldWrite,
  acting: number,
): number => {
  const { mask, shift } = bits(register, field);
  return ((chip[register] & ~acting & ~mask) | ((value << shift) & mask)) >>> 0;
};

/** The present value of one field. */
export const held = (chip: ChipsetState, register: RegisterName, field: string): number =>
  fieldValue(register, chip[register], field);
