import type { ChipsetPlatform } from '../behaviour.ts';
import { fieldValue } from '../fields.ts';
import { layouts, locationOf } from '../layout.ts';
import { REGISTERS } from '../registers/index.ts';
import type { LayoutName, RegisterLocation } from '../registers/register.ts';
import type { ChipsetState, RegisterName } from '../state.ts';

/** One byte of a register. */
export interface Lane {
  readonly name: RegisterName;
  readonly index: number;
}

/** The target at an I/O address: a byte of a register, an unused byte of a decoded block, or nothing. */
export type Decoded = Lane | 'reserved' | 'nothing';

const PM_BLOCK_BYTES = 128;

const lanesOf = (layout: LayoutName): ReadonlyMap<string, Lane> =>
  new Map(
    Object.values(REGISTERS).flatMap((register) => {
      const place = locationOf(layouts[layout], register);
      if (place === null) return [];
      return Array.from({ length: register.widthBits / 8 }, (_, index): [string, Lane] => [
        `${place.block}:${place.offset + index}`,
        { name: register.name, index },
      ]);
    }),
  );

const LANES: { readonly [name in LayoutName]: ReadonlyMap<string, Lane> } = {
  ich9: lanesOf('ich9'),
  series6to9: lanesOf('series6to9'),
  'esb2-5000p': lanesOf('esb2-5000p'),
};

/** The byte of a register at an offset of a block; `undefined` if it is none of the model's. */
export const laneAt = (
  { layout }: ChipsetPlatform,
  block: RegisterLocation['block'],
  offset: number,
): Lane | undefined => LANES[layout.name].get(`${block}:${offset}`);

/** The base address of an I/O block. */
export const baseOf = (chip: ChipsetState, { layout }: ChipsetPlatform, block: 'pm' | 'gpio'): number =>
  block === 'pm' ? chip.PMBASE & 0xff80 : chip.GPIOBASE & (0x1_0000 - layout.gpioBlockBytes);

/**
 * Decodes an I/O address. Fixed ports come first, then PMBASE, then GPIOBASE; blocks that overlap are
 * undefined in hardware.
 */
export const decode = (chip: ChipsetState, platform: ChipsetPlatform, address: number): Decoded => {
  const fixed = laneAt(platform, 'port', address);
  if (fixed !== undefined) return fixed;
  const pm = address - baseOf(chip, platform, 'pm');
  if (pm >= 0 && pm < PM_BLOCK_BYTES && fieldValue('ACPI_CNTL', chip.ACPI_CNTL, 'ACPI_EN') === 1) {
    return laneAt(platform, 'pm', pm) ?? 'reserved';
  }
  const gpio = address - baseOf(chip, platform, 'gpio');
  if (
    gpio >= 0 &&
    gpio < platform.layout.gpioBlockBytes &&
    fieldValue('GPIO_CNTL', chip.GPIO_CNTL, 'GPIO_EN') === 1
  ) {
    return laneAt(platform, 'gpio', gpio) ?? 'reserved';
  }
  return 'nothing';
};
