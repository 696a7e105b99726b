import type { Field, LayoutName, RegisterLocation, Register } from './registers/register.ts';

/** The places of registers in a generation; the offsets themselves are in the register tables. */
export interface ChipsetLayout {
  readonly name: LayoutName;
  readonly says: string;
  /** Size of the I/O block at GPIOBASE. */
  readonly gpioBlockBytes: 64 | 128;
  /** The function that holds SMRAMC: what `mch` stands for. */
  readonly mch: 'D0:F0' | 'D16:F0';
}

export const layouts: { readonly [name in LayoutName]: ChipsetLayout } = {
  ich9: {
    name: 'ich9',
    says: 'ICH9 with a 3 or 4 series MCH: SMRAMC at D0:F0 9Dh, ESMRAMC at 9Eh',
    gpioBlockBytes: 64,
    mch: 'D0:F0',
  },
  series6to9: {
    name: 'series6to9',
    says: '6 to 9 series PCH with its processor: SMRAMC at D0:F0 88h, TSEGMB at B8h',
    gpioBlockBytes: 128,
    mch: 'D0:F0',
  },
  'esb2-5000p': {
    name: 'esb2-5000p',
    says: '631xESB/632xESB with a 5000P MCH: SMRAMC at D16:F0 61h, GPE0 as on ICH4 to ICH7',
    gpioBlockBytes: 64,
    mch: 'D16:F0',
  },
};

/** Whether the generation has the field. */
export const hasField = (layout: ChipsetLayout, field: Field): boolean =>
  field.only === undefined || field.only.includes(layout.name);

/** The place of the register in the generation; `null` if it lacks it. */
export const locationOf = (layout: ChipsetLayout, register: Register): RegisterLocation | null =>
  register.location[layout.name];
