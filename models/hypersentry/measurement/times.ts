import { events, MEMORY_CYCLES, type CycleCost } from '../../platform/processor/index.ts';
import type { MeasurementSetting, ProcessorName } from './setting.ts';

/** The times that the bound from SMI#1 to SMI#2 depends on, in whole nanoseconds. */
export interface Times {
  readonly vmExitNs: number;
  readonly vmEntryNs: number;
  readonly instructionNs: number;
}

/** The round trip of a VM exit and the entry back, for the processors that the model knows. */
const ROUND_TRIP: Readonly<Record<ProcessorName, CycleCost>> = {
  prescott: events.prescott.vmExit!,
  core2: events.core2.vmExit!,
};

/**
 * A processor's times, at its fastest or its slowest. An exit and an entry are half a round trip each; an
 * instruction after the flush is one access of memory.
 */
const timesOfProcessor = (processor: ProcessorName, mhz: number, pace: 'fastest' | 'slowest'): Times => {
  const end = pace === 'fastest' ? 'least' : 'most';
  const round = pace === 'fastest' ? Math.floor : Math.ceil;
  const ns = (cycles: number): number => round((cycles * 1000) / mhz);
  const half = ns(ROUND_TRIP[processor][end] / 2);
  return { vmExitNs: half, vmEntryNs: half, instructionNs: ns(MEMORY_CYCLES[end]) };
};

/** The times of a setting: those of its processor, unless it gives others. */
export const timesOf = ({ parameters }: MeasurementSetting): Times => {
  const derived = timesOfProcessor(parameters.processor, parameters.mhz, parameters.pace);
  return {
    vmExitNs: parameters.vmExitNs ?? derived.vmExitNs,
    vmEntryNs: parameters.vmEntryNs ?? derived.vmEntryNs,
    instructionNs: parameters.instructionNs ?? derived.instructionNs,
  };
};

/** The least bound that spares an honest machine: the slowest exit and the instruction in flight after it. */
const honestBoundNs = (processor: ProcessorName, mhz: number): number => {
  const { vmExitNs, instructionNs } = timesOfProcessor(processor, mhz, 'slowest');
  return vmExitNs + instructionNs;
};

/** The bound of a setting: the least that spares its processor, unless it gives another. */
export const boundOf = ({ parameters }: MeasurementSetting): number =>
  parameters.boundNs ?? honestBoundNs(parameters.processor, parameters.mhz);
