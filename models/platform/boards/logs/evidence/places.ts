import type { BlockRegister, SouthbridgeLayout } from '../../layout.ts';
import { northbridges } from '../../northbridges.ts';
import { southbridges } from '../../southbridges.ts';

/** The first line of evidence, by which it is known. */
export const FIRST_LINE = 'underwatch evidence 1';

/**
 * The place of the base addresses of a generation's blocks: in the LPC bridge; in the power management
 * controller, D31:F2; or, if that is hidden, in the ACPI tables alone.
 */
export type Family = 'lpc' | 'pmc' | 'hidden';

export const FAMILIES: readonly Family[] = ['lpc', 'pmc', 'hidden'];

/** A block of I/O ports, with the base register that holds its address and whether it is decoded. */
export interface PortBlock {
  readonly block: 'pmbase' | 'gpiobase' | 'tco';
  readonly device: string;
  /** A little-endian word of configuration space. */
  readonly base: number;
  /** The bits of it that hold the address. */
  readonly mask: number;
  /** The byte and the bit that enable the decoding of the block. */
  readonly enable: { readonly offset: number; readonly bit: number };
}

/** A block of memory, in the same way. */
export interface MemoryBlock extends Omit<PortBlock, 'block'> {
  readonly block: 'rcba' | 'pwrm';
}

// ICH7 to 9 series: PMBASE 40h, ACPI_CNTL.ACPI_EN 44h bit 7, GPIOBASE 48h, GPIO_CNTL.GPIO_EN 4Ch bit 4, RCBA
// F0h, its enable in bit 0. 100 and 200 series, C620: ABASE and ACTL in D31:F2. TCOBASE 50h and
// TCOCTL.TCO_BASE_EN 54h bit 8 are in D31:F4. Sources: Intel datasheets of these, LPC bridge, power
// management and SMBus; coreboot (skylake).
const tcoBlock: PortBlock = {
  block: 'tco',
  device: '00:1f.4',
  base: 0x50,
  mask: 0xffe0,
  enable: { offset: 0x55, bit: 0 },
};

export const PORT_BLOCKS: { readonly [family in Family]: readonly PortBlock[] } = {
  lpc: [
    { block: 'pmbase', device: '00:1f.0', base: 0x40, mask: 0xff80, enable: { offset: 0x44, bit: 7 } },
    { block: 'gpiobase', device: '00:1f.0', base: 0x48, mask: 0xffc0, enable: { offset: 0x4c, bit: 4 } },
  ],
  pmc: [
    { block: 'pmbase', device: '00:1f.2', base: 0x40, mask: 0xff00, enable: { offset: 0x44, bit: 7 } },
    tcoBlock,
  ],
  hidden: [tcoBlock],
};

export const MEMORY_BLOCKS: { readonly [family in Family]: readonly MemoryBlock[] } = {
  lpc: [
    { block: 'rcba', device: '00:1f.0', base: 0xf0, mask: 0xffff_c000, enable: { offset: 0xf0, bit: 0 } },
  ],
  pmc: [],
  // PWRMBASE is BAR 0 of the power management controller, if firmware left it to be seen; bit 1 of its
  // command register enables it.
  hidden: [
    { block: 'pwrm', device: '00:1f.2', base: 0x10, mask: 0xffff_0000, enable: { offset: 0x04, bit: 1 } },
  ],
};

/**
 * The ACPI table that has the address of the ACPI block, PM1a_EVT_BLK, at its byte 56. Source: ACPI, FADT.
 */
export const FADT = { path: '/sys/firmware/acpi/tables/FACP', offset: 56 } as const;

const familyOf = ({ config }: SouthbridgeLayout): Family => {
  if (config.some(({ name }) => name === 'PMBASE')) return 'lpc';
  return config.some(({ name }) => name === 'ABASE') ? 'pmc' : 'hidden';
};

/** The ids of south bridges, as ranges, each with its family. */
export const SOUTH: readonly {
  readonly first: number;
  readonly last: number;
  readonly family: Family;
}[] = southbridges.flatMap((layout) =>
  layout.ids.map(([first, last]) => ({ first, last, family: familyOf(layout) })),
);

const BLOCK_OF = { pmbase: 'pmbase', gpiobase: 'gpio', tco: 'tco', rcba: 'rcba', pwrm: 'pwrm' } as const;

/** A register of a block, and its size in bytes. */
export interface Place {
  readonly offset: number;
  readonly bytes: 2 | 4;
}

/**
 * The registers read of a block in a family's generations: those that one of them has there, and no others,
 * since some ports have effects when read.
 */
export const placesIn = (family: Family, block: keyof typeof BLOCK_OF): readonly Place[] => {
  const registers: readonly BlockRegister[] = southbridges
    .filter((layout) => familyOf(layout) === family)
    .flatMap((layout) => layout[BLOCK_OF[block]]);
  const places = new Map(
    registers.map(({ offset, widthBits = 32 }): readonly [number, Place] => [
      offset,
      { offset, bytes: widthBits === 16 ? 2 : 4 },
    ]),
  );
  return [...places.values()].toSorted((a, b) => a.offset - b.offset);
};

/** Devices that are read on whatever bus they are, by their ids. */
export const ELSEWHERE: readonly string[] = northbridges.flatMap(({ config }) =>
  config.flatMap(({ ids = [] }) => ids),
);

/** Model-specific registers that are read on each processor. */
export const MSRS: readonly number[] = [0x34, 0x3a, 0xfe, 0x1f2, 0x1f3];
