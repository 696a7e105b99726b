import type { Machine } from '../machine.ts';
import { core2, haswell, pentiumM, skylake } from './core.ts';
import { northwood, prescott } from './netburst.ts';

export { haswellInLlvm, skylakeInLlvm } from './llvm.ts';

/** Processors by name, as their makers and measurers describe them. */
export const machines = {
  northwood,
  prescott,
  pentiumM,
  core2,
  haswell,
  skylake,
} as const satisfies Readonly<Record<string, Machine>>;

/** The name of a processor. */
export type MachineName = keyof typeof machines;
