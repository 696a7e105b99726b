import type { Machine } from '../machine.ts';
import { microcoded, timing } from './timing.ts';

// Ports 0 and 1 lead to ALUs at twice the clock (units 0, 1); port 1 also to the slow integer unit (s) and
// the multiplier (m), which take one operation a cycle; 2 loads, 3 store addresses. A tick is half a cycle.
const NETBURST = {
  ticksPerCycle: 2,
  dispatchWidth: 3,
  schedulerEntries: 46,
  reorderEntries: 126,
  units: '0123sm',
  foldedLoadUops: 1,
  foldedStoreUops: 1,
  stackPointerLatency: 1,
  segmentBaseTicks: 0,
  storesInOrder: false,
} as const;

const micro = (cycles: number): ReturnType<typeof microcoded> => microcoded(cycles, 3, 2);

/** Pentium 4 of 130 nm, 32-bit words: ALU results after half a cycle, slow shifts and multiplications. */
export const northwood: Machine = {
  ...NETBURST,
  id: 'northwood',
  name: 'Pentium 4 (Northwood)',
  clockMhz: 2800,
  wordBits: 32,
  timings: {
    move: timing(1, 1, '01'),
    load: timing(4, 1, '2:2'),
    store: timing(2, 2, '3:2', '0'),
    add: timing(1, 1, '01'),
    logic: timing(1, 1, '0'),
    'add-carry': timing(16, 3, '1', 's:2'),
    lea: timing(2, 1, '01'),
    'lea-three': timing(8, 2, '01', 's:2'),
    shift: timing(8, 1, 's:2'),
    'rotate-one': timing(8, 1, 's:2'),
    'rotate-carry': timing(8, 2, 's:4'),
    'conditional-move': timing(12, 3, '0:2'),
    multiply: timing(28, 3, 'm:9'),
    branch: timing(1, 1, '0'),
    jump: timing(1, 1, '0'),
    push: timing(2, 2, '3:2', '0'),
    pop: timing(4, 2, '2:2'),
    'push-flags': micro(10),
    'pop-flags': micro(52),
    'clear-interrupts': micro(35),
    'set-interrupts': micro(43),
  },
  forwardLatency: 10,
  source:
    'Agner Fog, Instruction tables 2021 (CLI 35, STI 43, PUSHF 10, POPF 52); Intel 64 and IA-32 optimization manual, latencies of family 0F_2H; buffers: Hinton et al. 2001',
};

/**
 * Pentium 4 and Xeon of 90 nm with EM64T, 64-bit words: the machine of Pioneer. ALU results after one cycle,
 * two ALUs that accept one operation each half cycle; logic and branches only on the first. Near CALL, RET
 * and JMP by Agner Fog's reciprocal throughputs (7, 7, 15).
 */
export const prescott: Machine = {
  ...NETBURST,
  id: 'prescott',
  name: 'Pentium 4, Xeon (Prescott, Nocona)',
  clockMhz: 2800,
  wordBits: 64,
  timings: {
    move: timing(2, 1, '01'),
    load: timing(8, 1, '2:2'),
    store: timing(2, 2, '3:2', '0'),
    add: timing(2, 1, '01'),
    logic: timing(2, 1, '0'),
    'add-carry': timing(20, 3, '1', 's:2'),
    lea: timing(2, 1, '01'),
    'lea-three': timing(4, 2, '01', 's:2'),
    shift: timing(2, 1, 's:2'),
    'rotate-one': timing(2, 1, 's:2'),
    'rotate-carry': timing(8, 2, 's:4'),
    'bit-test': timing(16, 3, 's:2'),
    'conditional-move': timing(19, 3, '0:2'),
    multiply: timing(20, 1, 'm:2'),
    branch: timing(2, 1, '0'),
    jump: timing(2, 1, '0'),
    'jump-register': micro(15),
    call: micro(7),
    'call-register': micro(7),
    return: micro(7),
    push: timing(2, 2, '3:2', '0'),
    pop: timing(8, 2, '2:2'),
    'push-flags': micro(9),
    'pop-flags': micro(70),
    'clear-interrupts': micro(52),
    'set-interrupts': micro(64),
    'interrupt-return': micro(325),
  },
  forwardLatency: 14,
  source:
    'Agner Fog, Instruction tables 2021 (CLI 52, STI 64, PUSHF 9, POPF 70, near CALL and RET 7, JMP r 15, IRET 325); Intel 64 and IA-32 optimization manual, latencies of family 0F_3H; 64-bit shifts and multiplications unconfirmed',
};
