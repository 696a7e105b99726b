import { memory, type MemoryOperand } from '../processor/index.ts';

/** Where the translator keeps the guest's privileged state, and what it needs itself: addresses of words. */
export const VCPU = {
  /** IF as the guest sees it, in IF's own place (200h) in the word; nothing else is in it. */
  interrupts: 0x1000,
  /** Not zero when an interrupt waits for the guest. */
  pending: 0x1008,
  dr7: 0x1010,
  /** Two registers of the guest while a fragment uses them. */
  firstSpill: 0x1018,
  secondSpill: 0x1020,
  /** Where an indirect transfer goes. */
  target: 0x1028,
} as const;

/** A word of the translator as an operand. */
export const vcpu = (field: keyof typeof VCPU): MemoryOperand => memory(null, VCPU[field]);

/** IF, in its place in the flags register. */
export const IF_BIT = 0x200;

/** The hash table of translated code: two arrays of words, of guest addresses and of where their translations begin. */
export const LOOKUP = { keys: 0x2000, targets: 0x4000, entries: 512, addressShift: 4 } as const;
