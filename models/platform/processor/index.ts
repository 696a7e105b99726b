export { assemble } from './assemble.ts';
export {
  bottleneck,
  boundsOf,
  chainAcross,
  dependencesOf,
  lowerBound,
  type Bounds,
  type Dependence,
} from './bound.ts';
export { effectsOf, type Effects, type Resource } from './effects.ts';
export {
  events,
  MEMORY_CYCLES,
  PRESCOTT_TLB_ENTRIES,
  SMI_US,
  VM_EXIT_CYCLES,
  VMM_CYCLES,
  type CycleCost,
  type Events,
} from './events.ts';
export {
  immediate,
  instructionText,
  memory,
  programText,
  register,
  type Instruction,
  type MemoryOperand,
  type Mnemonic,
  type Operand,
  type Program,
  type Register,
} from './instruction.ts';
export { costOf, formOf, uopsOf, type Form, type Machine, type Timing } from './machine.ts';
export { haswellInLlvm, machines, skylakeInLlvm, type MachineName } from './machines/index.ts';
export { compareRates, largestRate, rate, rateDifference, ratePerIteration, type Rate } from './rational.ts';
export { cyclesOf, steadyState } from './steady-state.ts';
export { threadsBound, threadsSteadyState } from './threads.ts';
export {
  addressOfLabel,
  execute,
  executeOne,
  INSTRUCTION_BYTES,
  startProcessor,
  type Processor,
  type Start,
} from './execute.ts';
export { flagsOfResult, flagsOfSum, flagsWord, NO_FLAGS, type Flags } from './flags.ts';
