import type { Form, Machine, Timing } from '../machine.ts';
import { microcoded, timing } from './timing.ts';

const CORE = {
  ticksPerCycle: 1,
  foldedLoadUops: 0,
  foldedStoreUops: 1,
  stackPointerLatency: 0,
  segmentBaseTicks: 0,
  storesInOrder: false,
} as const;

const haswellAndSkylake = (pushFlags: number, popFlags: number): Machine['timings'] => ({
  move: timing(1, 1, '0156'),
  load: timing(5, 1, '23'),
  store: timing(1, 1, '4', '237'),
  add: timing(1, 1, '0156'),
  logic: timing(1, 1, '0156'),
  lea: timing(1, 1, '15'),
  'lea-three': timing(3, 1, '1'),
  shift: timing(1, 1, '06'),
  'rotate-one': timing(1, 1, '06'),
  'rotate-carry': timing(2, 3, '06', '0156:2'),
  'bit-test': timing(1, 1, '06'),
  multiply: timing(3, 1, '1'),
  branch: timing(1, 1, '06'),
  jump: timing(1, 1, '6:2'),
  'jump-register': timing(1, 1, '6:2'),
  call: timing(1, 2, '237', '4', '6:2'),
  'call-register': timing(1, 2, '237', '4', '6:2'),
  return: timing(1, 1, '23', '6:2'),
  push: timing(1, 1, '4', '237'),
  pop: timing(5, 1, '23'),
  'push-flags': microcoded(pushFlags, 4, 1),
  'pop-flags': microcoded(popFlags, 4, 1),
});

/**
 * Haswell. Fused micro-operations take one of the four renamed a cycle; RSP is kept by a stack engine; a
 * three-part LEA takes three cycles on one port. Fusion of a compare with its branch and elimination of moves
 * are left out.
 */
export const haswell: Machine = {
  ...CORE,
  id: 'haswell',
  name: 'Haswell',
  clockMhz: 3400,
  wordBits: 64,
  dispatchWidth: 4,
  schedulerEntries: 60,
  reorderEntries: 192,
  units: '01234567',
  timings: {
    ...haswellAndSkylake(1, 18),
    'add-carry': timing(2, 2, '06', '0156'),
    'conditional-move': timing(2, 2, '06', '0156'),
  },
  forwardLatency: 5,
  source:
    'Agner Fog, Instruction tables 2021 and Microarchitecture; LLVM X86SchedHaswell; POPF by Sandy Bridge (18)',
};

/** Skylake: as Haswell, with larger buffers, and ADC and CMOV in one micro-operation. */
export const skylake: Machine = {
  ...CORE,
  id: 'skylake',
  name: 'Skylake',
  clockMhz: 3400,
  wordBits: 64,
  dispatchWidth: 4,
  schedulerEntries: 97,
  reorderEntries: 224,
  units: '01234567',
  timings: {
    ...haswellAndSkylake(1, 20),
    'add-carry': timing(1, 1, '06'),
    'conditional-move': timing(1, 1, '06'),
  },
  forwardLatency: 5,
  segmentBaseTicks: 1,
  source:
    'Agner Fog, Instruction tables 2021 and Microarchitecture; LLVM X86SchedSkylakeClient; segment base: P. Cordes, Stack Overflow, "Are IA-32 segment descriptors that do not cover the full 4GiB linear address space slower?"',
};

const CORE2_TIMINGS: Readonly<Partial<Record<Form, Timing>>> = {
  move: timing(1, 1, '015'),
  load: timing(3, 1, '2'),
  store: timing(1, 1, '3', '4'),
  add: timing(1, 1, '015'),
  logic: timing(1, 1, '015'),
  'add-carry': timing(2, 2, '015:2'),
  lea: timing(1, 1, '0'),
  'lea-three': timing(1, 1, '0'),
  shift: timing(1, 1, '05'),
  'rotate-one': timing(1, 1, '05'),
  'rotate-carry': timing(2, 2, '015:2'),
  'bit-test': timing(1, 1, '015'),
  'conditional-move': timing(2, 2, '015:2'),
  multiply: timing(3, 1, '1'),
  divide: timing(18, 10, '0:12', '1', '5'),
  branch: timing(1, 1, '5'),
  jump: timing(1, 1, '5'),
  'jump-register': timing(1, 1, '5:2'),
  call: timing(1, 2, '3', '4', '5:2'),
  'call-register': timing(1, 2, '3', '4', '5:2'),
  return: timing(1, 1, '2', '5:2'),
  push: timing(1, 1, '3', '4'),
  pop: timing(3, 1, '2'),
  'push-flags': microcoded(7, 4, 1),
  'pop-flags': microcoded(20, 4, 1),
};

/**
 * Core 2 of 45 nm, 32-bit words: the Q9650 of Checkmate's limits. DIV is for a dividend of 32 bits (14 to 23
 * cycles).
 */
export const core2: Machine = {
  ...CORE,
  id: 'core2',
  name: 'Core 2 (45 nm)',
  clockMhz: 3000,
  wordBits: 32,
  dispatchWidth: 4,
  schedulerEntries: 32,
  reorderEntries: 96,
  units: '012345',
  timings: CORE2_TIMINGS,
  forwardLatency: 5,
  source:
    'Agner Fog, Instruction tables 2021 (Merom, Wolfdale) and Microarchitecture; DIV within the range given there',
};

/**
 * Pentium M, 32-bit words, as far as it is published: of CLI and STI only the micro-operations are, so that
 * three of them a cycle is a floor and no more. PUSHF and POPF are known by their throughput.
 */
export const pentiumM: Machine = {
  ...CORE,
  id: 'pentium-m',
  name: 'Pentium M',
  clockMhz: 1800,
  wordBits: 32,
  dispatchWidth: 3,
  schedulerEntries: 24,
  reorderEntries: 40,
  units: '01234',
  timings: {
    move: timing(1, 1, '01'),
    load: timing(3, 1, '2'),
    store: timing(1, 1, '3', '4'),
    add: timing(1, 1, '01'),
    logic: timing(1, 1, '01'),
    'add-carry': timing(2, 2, '01:2'),
    lea: timing(1, 1, '0'),
    'lea-three': timing(1, 1, '0'),
    shift: timing(1, 1, '0'),
    'rotate-one': timing(1, 1, '0'),
    'rotate-carry': timing(2, 2, '01:2'),
    'bit-test': timing(1, 1, '01'),
    'conditional-move': timing(2, 2, '01:2'),
    multiply: timing(4, 1, '0'),
    branch: timing(1, 1, '1'),
    jump: timing(1, 1, '1'),
    'jump-register': timing(1, 1, '1'),
    call: timing(1, 3, '3', '4', '1'),
    'call-register': timing(1, 3, '3', '4', '1'),
    return: timing(1, 2, '2', '1'),
    push: timing(1, 1, '3', '4'),
    pop: timing(3, 1, '2'),
    'push-flags': microcoded(6, 3, 1),
    'pop-flags': microcoded(16, 3, 1),
    'clear-interrupts': timing(3, 9),
    'set-interrupts': timing(6, 17),
  },
  forwardLatency: 5,
  source:
    'Agner Fog, Instruction tables 2021 (CLI 9, STI 17, PUSHF 16, POPF 17 micro-operations; no cycles of CLI and STI)',
};
