import type { Draft } from 'immer';
import type { ChipsetPlatform } from '../behaviour.ts';
import { afterWrite } from '../smi/events.ts';
import { locationOf } from '../layout.ts';
import { writeMasks, type WriteMasks } from './masks.ts';
import { REGISTERS } from '../registers/index.ts';
import { settle } from '../smi/smi.ts';
import type { ChipsetState, RegisterName } from '../state.ts';
import { smiStatus } from '../smi/status.ts';

const ones = (widthBits: number): number => 2 ** widthBits - 1;

/** Whether this platform has the register at all. */
export const isPresent = ({ behaviour, layout }: ChipsetPlatform, name: RegisterName): boolean =>
  locationOf(layout, REGISTERS[name]) !== null && behaviour.deviations[name]?.kind !== 'absent';

/**
 * GP_LVL: the pin where it is an input, the latch where it is an output; pins above GPI 15 are not modelled.
 */
const levels = (chip: ChipsetState): number => {
  const inputs = chip.GP_IO_SEL & 0xffff;
  return ((chip.GP_LVL & ~inputs) | (chip.pins & inputs)) >>> 0;
};

/** The value of a register as software reads it; all ones if the platform lacks it. */
export const readRegister = (chip: ChipsetState, platform: ChipsetPlatform, name: RegisterName): number => {
  if (!isPresent(platform, name)) return ones(REGISTERS[name].widthBits);
  if (name === 'SMI_STS') return smiStatus(chip, platform);
  return name === 'GP_LVL' ? levels(chip) : chip[name];
};

/**
 * Writes those bytes of a register that `lanes` covers (a mask of whole bytes), with the effects of the
 * write; the chipset has not settled yet. One access that reaches several registers meets the locks as they
 * were before it: then `masks` are those of that time.
 */
export const writeLanes = (
  chip: Draft<ChipsetState>,
  platform: ChipsetPlatform,
  name: RegisterName,
  [value, lanes]: readonly [value: number, lanes: number],
  masks: WriteMasks = writeMasks(chip, platform, name),
): void => {
  if (!isPresent(platform, name)) return;
  const before = chip[name];
  const { stores, clears, sets } = masks;
  const written = (value & lanes) >>> 0;
  const deviation = platform.behaviour.deviations[name];
  const clearsOthers = deviation?.kind === 'stored' && deviation.clearsOthers === true;
  const kept = clearsOthers ? 0 : before & ~(stores & lanes);
  const stored = kept | (written & stores);
  const after = ((stored & ~(written & clears)) | (written & sets)) >>> 0;
  if (after !== before) chip[name] = after;
  // A register that is merely stored sets nothing off.
  if (deviation === undefined) afterWrite(chip, platform, { register: name, before, written });
};

/** Software writes a whole register by name; nothing happens if the platform lacks it. */
export const writeRegister = (
  chip: Draft<ChipsetState>,
  platform: ChipsetPlatform,
  name: RegisterName,
  value: number,
): void => {
  writeLanes(chip, platform, name, [value, ones(REGISTERS[name].widthBits)]);
  settle(chip, platform);
};
