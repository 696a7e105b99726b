import { produce, type Draft } from 'immer';
import {
  intel,
  layouts,
  resetChipset,
  type ChipsetBehaviour,
  type ChipsetPlatform,
  type ChipsetState,
} from '../index.ts';

/** A 6 to 9 series PCH that keeps to the datasheets. */
export const pch: ChipsetPlatform = { behaviour: intel, layout: layouts.series6to9 };

/** The same with single departures. */
export const pchWith = (overrides: Partial<ChipsetBehaviour>): ChipsetPlatform => ({
  ...pch,
  behaviour: { ...intel, ...overrides },
});

/** Bases where coreboot puts them, decoded. */
export const DECODED: Partial<ChipsetState> = {
  PMBASE: 0x501,
  ACPI_CNTL: 0x80,
  GPIOBASE: 0x581,
  GPIO_CNTL: 0x10,
};

/** The firmware's set-up, with GPI 0 the only input, routed and enabled as HyperSentry requires. */
const ARMED: Partial<ChipsetState> = {
  ...DECODED,
  SMI_EN: 0x0000_2033,
  GP_IO_SEL: 0x0000_0001,
  GPI_ROUT: 0x0000_0001,
  ALT_GP_SMI_EN: 0x0001,
};

export const armed = (platform: ChipsetPlatform = pch, overrides: Partial<ChipsetState> = {}): ChipsetState =>
  resetChipset(platform, { ...ARMED, ...overrides });

/** The state after `recipe`. */
export const after = (chip: ChipsetState, recipe: (draft: Draft<ChipsetState>) => void): ChipsetState =>
  produce(chip, (draft) => {
    recipe(draft);
  });
