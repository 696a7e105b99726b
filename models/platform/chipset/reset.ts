import type { Draft } from 'immer';
import type { ChipsetPlatform } from './behaviour.ts';
import { isPresent } from './access/access.ts';
import { REGISTERS, REGISTER_NAMES } from './registers/index.ts';
import { settle } from './smi/smi.ts';
import type { ChipsetState, RegisterName } from './state.ts';
import { latchedStatus } from './smi/status.ts';

const resetValue = (platform: ChipsetPlatform, name: RegisterName): number => {
  if (!isPresent(platform, name)) return 0;
  const deviation = platform.behaviour.deviations[name];
  if (deviation?.kind === 'stored' && deviation.reset !== undefined) return deviation.reset;
  return name === 'SMI_EN' ? platform.behaviour.smiEnReset : REGISTERS[name].reset;
};

/**
 * The chipset after a platform reset, with `overrides` on top (registers, pins, wires; values read from a
 * board will do), settled: inputs that are active have latched, and an SMI that is due has been sent.
 * Every lock is open unless the overrides close it.
 */
export const resetChipset = (
  platform: ChipsetPlatform,
  overrides: Partial<ChipsetState> = {},
): ChipsetState => {
  const registers = Object.fromEntries(REGISTER_NAMES.map((name) => [name, resetValue(platform, name)]));
  const chip = {
    ...(registers as { [name in RegisterName]: number }),
    pins: 0,
    smi: 'idle',
    swTimer: 'stopped',
    firstSmi: true,
    ...overrides,
  } as Draft<ChipsetState>;
  // An override may come from a dump, where the summaries are read with the rest.
  chip.SMI_STS = latchedStatus(chip.SMI_STS);
  settle(chip, platform);
  return chip;
};

/**
 * The state that a platform reset preserves, to be given to `resetChipset`: the pins' levels, and what this
 * implementation forgets to reset.
 */
export const survivors = (chip: ChipsetState, { behaviour }: ChipsetPlatform): Partial<ChipsetState> => ({
  pins: chip.pins,
  ...Object.fromEntries(behaviour.surviveReset.map((name) => [name, chip[name]])),
});
