import type { Machine } from '../machine.ts';
import { core2, haswell, pentiumM, skylake } from './core.ts';
import { northwood, prescott } from './netburst.ts';

export { haswellInLlvm, skylakeInLlvm } from './llvm.ts';

/** The name of a processor. */
export type MachineName = 'northwood' | 'prescott' | 'pentiumM' | 'core2' | 'haswell' | 'skylake';

/** Processors by name, as their makers and measurers describe them. */
export const machines: Readonly<Record<MachineName, Machine>> = {
  northwood,
  prescott,
  pentiumM,
  core2,
  haswell,
  skylake,
};
