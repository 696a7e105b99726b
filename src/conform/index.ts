export { conform, type Conformance, type ConformOptions } from './run.ts';
export { benchOf, type Difference } from './compare.ts';
export type { Exercised } from './coverage.ts';
export type { Machine, Oracle, Work } from './machine.ts';
export { operationText, type Bytes, type Look, type Operation, type PciFunction } from './operation.ts';
export { partOf, type Deviation, type Expectation, type Moment, type Part, type PartOver } from './part.ts';
export { qemuQ35 } from './qemu/qemu.ts';
