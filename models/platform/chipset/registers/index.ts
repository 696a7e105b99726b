import type { RegisterName } from '../state.ts';
import { GPIO_REGISTERS } from './gpio.ts';
import { LPC_REGISTERS } from './lpc.ts';
import { MCH_REGISTERS } from './mch.ts';
import { PM_REGISTERS } from './pm.ts';
import type { LockName, Register } from './register.ts';
import { RCBA_REGISTERS } from './rcba.ts';
import { SMI_REGISTERS } from './smi.ts';
import { TCO_REGISTERS } from './tco.ts';
import { USB_REGISTERS } from './usb.ts';

const ALL: readonly Register[] = [
  ...PM_REGISTERS,
  ...SMI_REGISTERS,
  ...TCO_REGISTERS,
  ...GPIO_REGISTERS,
  ...LPC_REGISTERS,
  ...MCH_REGISTERS,
  ...RCBA_REGISTERS,
  ...USB_REGISTERS,
];

/** Every register of the model by name. */
export const REGISTERS = Object.fromEntries(ALL.map((register) => [register.name, register])) as {
  readonly [name in RegisterName]: Register;
};

/** The names, in the order of the tables. */
export const REGISTER_NAMES: readonly RegisterName[] = ALL.map(({ name }) => name);

/** The place of each lock. */
export const LOCKS: {
  readonly [lock in LockName]: { readonly register: RegisterName; readonly field: string };
} = {
  SMI_LOCK: { register: 'GEN_PMCON_1', field: 'SMI_LOCK' },
  TCO_LOCK: { register: 'TCO1_CNT', field: 'TCO_LOCK' },
  ACPI_BASE_LOCK: { register: 'GEN_PMCON_LOCK', field: 'ACPI_BASE_LOCK' },
  GLE: { register: 'GPIO_CNTL', field: 'GLE' },
  D_LCK: { register: 'SMRAMC', field: 'D_LCK' },
  TSEGMB_LOCK: { register: 'TSEGMB', field: 'LOCK' },
};
