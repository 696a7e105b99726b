import type { Form, Machine, Timing } from '../machine.ts';
import { timing } from './timing.ts';

/** The common part of the models of Haswell and Skylake. */
const COMMON: Readonly<Partial<Record<Form, Timing>>> = {
  move: timing(1, 1, '0156'),
  load: timing(5, 1, '23'),
  store: timing(1, 1, '4', '237'),
  add: timing(1, 1, '0156'),
  logic: timing(1, 1, '0156'),
  lea: timing(1, 1, '15'),
  'lea-three': timing(1, 1, '15'),
  shift: timing(1, 1, '06'),
  'rotate-one': timing(2, 2, '06:2'),
  'rotate-carry': timing(3, 3, '06', '0156:2'),
  'bit-test': timing(1, 1, '06'),
  multiply: timing(3, 1, '1'),
  branch: timing(1, 1, '06'),
  jump: timing(1, 1, '06'),
  'jump-register': timing(1, 1, '6'),
  push: timing(2, 3, '4', '237', '0156'),
  pop: timing(6, 2, '23', '0156'),
};

const CONVENTION = {
  wordBits: 64,
  ticksPerCycle: 1,
  schedulerEntries: 60,
  units: '01234567',
  foldedLoadUops: 1,
  foldedStoreUops: 1,
  stackPointerLatency: null,
  forwardLatency: null,
  segmentBaseTicks: 0,
  storesInOrder: true,
  source:
    'what llvm-mca 14 prints with -instruction-tables; dispatch width, scheduler and reorder buffer of its scheduling model',
} as const;

/**
 * Haswell as LLVM's scheduling model has it: no fusion of micro-operations, three-part LEA as fast as any,
 * RSP renamed like any register. It exists for the comparison with llvm-mca.
 */
export const haswellInLlvm: Machine = {
  ...CONVENTION,
  id: 'haswell-llvm',
  name: "Haswell as LLVM's model has it",
  clockMhz: 3400,
  dispatchWidth: 4,
  reorderEntries: 192,
  timings: {
    ...COMMON,
    'add-carry': timing(2, 2, '06', '0156'),
    'conditional-move': timing(2, 2, '06', '0156'),
  },
};

/**
 * Skylake as LLVM's scheduling model has it; it dispatches 6 micro-operations a cycle, where the hardware
 * renames 4.
 */
export const skylakeInLlvm: Machine = {
  ...CONVENTION,
  id: 'skylake-llvm',
  name: "Skylake as LLVM's model has it",
  clockMhz: 3400,
  dispatchWidth: 6,
  reorderEntries: 224,
  timings: { ...COMMON, 'add-carry': timing(1, 1, '06'), 'conditional-move': timing(1, 1, '06') },
};
