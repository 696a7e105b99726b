import type { Parameters } from './setting.ts';

/** Costs of one machine, by the names of the model's parameters. */
export type Costs = Pick<
  Parameters,
  | 'expectedMhz'
  | 'actualMhz'
  | 'raisedMhz'
  | 'exceptionCycles'
  | 'iretCycles'
  | 'cr3LoadCycles'
  | 'refillCycles'
  | 'trapCycles'
  | 'vmExitCycles'
>;

const at = (mhz: number): Pick<Costs, 'expectedMhz' | 'actualMhz' | 'raisedMhz'> => ({
  expectedMhz: mhz,
  actualMhz: mhz,
  raisedMhz: mhz,
});

/**
 * A Xeon with the Prescott core at 2.8 GHz. INT n 470 and IRET 325: Fog, Instruction tables, 2021. MOV CR3: 500 to
 * 1000 with its direct costs, the upper end taken. VM exit and entry: 3963 (Agesen et al., ATC 2012), from memory.
 */
export const PRESCOTT: Costs = {
  ...at(2800),
  exceptionCycles: 470,
  iretCycles: 325,
  cr3LoadCycles: 1000,
  refillCycles: 0,
  trapCycles: 2030,
  vmExitCycles: 3963,
};
