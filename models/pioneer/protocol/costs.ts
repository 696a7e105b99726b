import { Fault } from 'underwatch/model';
import { events, machines, type CycleCost, type MachineName } from '../../platform/processor/index.ts';
import type { Parameters } from './setting.ts';

/** The costs of events on one machine, by the names of the model's parameters. */
export type Costs = Pick<
  Parameters,
  | 'expectedMhz'
  | 'actualMhz'
  | 'raisedMhz'
  | 'exceptionCycles'
  | 'iretCycles'
  | 'cr3LoadCycles'
  | 'vmExitCycles'
>;

const known = (machine: MachineName, what: string, cost: CycleCost | null): CycleCost => {
  if (cost !== null) return cost;
  throw new Fault('UW802', {
    where: `machine ${machine}`,
    expected: `the cost of ${what}`,
    got: 'none that is known',
    likely: 'no source gives it for this machine',
    next: 'give the parameter in the scenario, and say where it is from',
  });
};

/**
 * The costs of events on a machine at its clock, at the lower or the upper end of what the sources give.
 * Throws UW802 where there is no source.
 */
export const costsOf = (machine: MachineName, end: 'least' | 'most'): Costs => {
  const { cr3Load, debugException, interruptReturn, vmExit } = events[machine];
  const { clockMhz } = machines[machine];
  return {
    expectedMhz: clockMhz,
    actualMhz: clockMhz,
    raisedMhz: clockMhz,
    exceptionCycles: known(machine, 'an exception', debugException)[end],
    iretCycles: known(machine, 'IRET', interruptReturn)[end],
    cr3LoadCycles: known(machine, 'MOV CR3', cr3Load)[end],
    vmExitCycles: known(machine, 'a VM exit', vmExit)[end],
  };
};
