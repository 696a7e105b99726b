import { REGISTERS, ROUTES, type Field } from '../chipset/index.ts';
import type { PlatformProfile } from './profile.ts';
import { registerValue } from './readings.ts';
import { bitOf, hexOf } from './logs/text.ts';

/** A law between registers, checked against the register values of a real board. */
export interface Observation {
  readonly law: string;
  /** `unknown` if the logs lack a register that the law is about. */
  readonly holds: boolean | 'unknown';
  /** The values that decided it. */
  readonly detail: string;
}

const gpis = Array.from({ length: 16 }, (_, gpi) => gpi);

/** Inputs that are active: levels after inversion, of pins that are inputs. A bit for each GPI. */
export const activeInputs = (registers: {
  readonly GP_LVL: number;
  readonly GPI_INV: number;
  readonly GP_IO_SEL: number;
}): number => (registers.GP_LVL ^ registers.GPI_INV) & registers.GP_IO_SEL & 0xffff;

// A bit for each GPI that the register sends there; coreboot calls it GPIO_ROUT, the datasheets GPI_ROUT.
const routedTo = (rout: number, route: number): number =>
  gpis.filter((gpi) => ((rout >>> (2 * gpi)) & 3) === route).reduce((mask, gpi) => mask | (1 << gpi), 0);

const fieldAt = (register: 'SMI_EN' | 'SMI_STS', bit: number): Field | undefined =>
  REGISTERS[register].fields.find(({ shift, width }) => width === 1 && shift === bit);

/** The name of a bit of SMI_STS, or its number if it is not described. */
const statusName = (bit: number): string => fieldAt('SMI_STS', bit)?.name ?? `bit ${bit}`;

const bitsOf = (value: number, width: number): readonly number[] =>
  Array.from({ length: width }, (_, bit) => bit).filter((bit) => bitOf(value, bit));

// An SMI_STS bit with an enable has it at the same place in SMI_EN; GBL_SMI_EN and EOS enable no status.
const hasEnable = (bit: number): boolean => bit > 1 && fieldAt('SMI_EN', bit) !== undefined;

type Values<Name extends string> = { readonly [name in Name]: number };

// A law is judged only with every register it is about.
const law = <Name extends string>(
  profile: PlatformProfile,
  says: string,
  names: readonly Name[],
  judge: (values: Values<Name>) => { readonly holds: boolean; readonly detail: string },
): Observation => {
  const values = names.map((name) => [name, registerValue(profile, name)] as const);
  const lost = values.filter(([, value]) => value === undefined).map(([name]) => name);
  if (lost.length > 0) return { law: says, holds: 'unknown', detail: `not known: ${lost.join(', ')}` };
  return { law: says, ...judge(Object.fromEntries(values) as Values<Name>) };
};

const pins = ['GP_LVL', 'GPI_INV', 'GP_IO_SEL'] as const;

/** The laws that real boards were found to obey, each judged for `profile`. */
export const observe = (profile: PlatformProfile): readonly Observation[] => [
  law(profile, 'GPE0_STS 31:16 is the active inputs', ['GPE0_STS', ...pins], (values) => {
    const status = values.GPE0_STS >>> 16;
    const active = activeInputs(values);
    return { holds: status === active, detail: `status ${hexOf(status, 4)}, active ${hexOf(active, 4)}` };
  }),
  law(profile, 'ALT_GP_SMI_STS has every active input', ['ALT_GP_SMI_STS', ...pins], (values) => {
    const status = values.ALT_GP_SMI_STS;
    const active = activeInputs(values);
    const earlier = status & ~active;
    return {
      holds: (active & ~status) === 0,
      detail: `status ${hexOf(status, 4)}, active ${hexOf(active, 4)}, active before ${hexOf(earlier, 4)}`,
    };
  }),
  law(
    profile,
    'GPI_STS is the OR of GPIs latched, enabled and routed to SMI',
    ['SMI_STS', 'ALT_GP_SMI_STS', 'ALT_GP_SMI_EN', 'GPIO_ROUT'],
    (values) => {
      const enabled = values.ALT_GP_SMI_STS & values.ALT_GP_SMI_EN;
      const asking = enabled & routedTo(values.GPIO_ROUT, ROUTES.smi);
      const summary = bitOf(values.SMI_STS, 10);
      return {
        holds: summary === asking > 0,
        detail: `GPI_STS ${summary ? 1 : 0}, latched and enabled ${hexOf(enabled, 4)}, of which routed ${hexOf(asking, 4)}`,
      };
    },
  ),
  law(profile, 'a status of SMI_STS latches though its enable is 0', ['SMI_STS', 'SMI_EN'], (values) => {
    const latched = bitsOf(values.SMI_STS, 32).filter((bit) => hasEnable(bit) && !bitOf(values.SMI_EN, bit));
    return {
      holds: latched.length > 0,
      detail: latched.map((bit) => `${statusName(bit)} (${bit})`).join(', ') || 'none',
    };
  }),
];
