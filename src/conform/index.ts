export { conform, type Conformance, type ConformOptions } from './run.ts';
export { machinePool, type Difference } from './compare.ts';
export type { RegisterCoverage } from './coverage.ts';
export type { Machine, Oracle, MachineStep } from './machine.ts';
export {
  operationText,
  type Bytes,
  type Observation,
  type Operation,
  type PciFunction,
} from './operation.ts';
export {
  partOf,
  type Deviation,
  type Expectation,
  type ModelStep,
  type Part,
  type PartOver,
} from './part.ts';
export { qemuQ35 } from './qemu/qemu.ts';
