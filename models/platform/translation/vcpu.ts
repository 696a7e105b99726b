/**
 * Where the VMM's segment begins: the top of the address space, out of which the guest's segments are cut.
 * Translated code reaches the VMM's words by GS (Adams and Agesen, ASPLOS 2006: "and $0xfd, %gs:vcpu.flags").
 */
export const VMM_BASE = 0xffc0_0000n;

/** The places of the guest's privileged state and of the translator's own: words of the VMM's segment. */
export const VCPU = {
  /** IF as the guest sees it, in IF's own place (200h) in the word; nothing else is in it. */
  interrupts: 0x1000,
  /** Not zero when an interrupt waits for the guest. */
  pending: 0x1008,
  dr7: 0x1010,
  /** Two registers of the guest while a fragment uses them. */
  firstSpill: 0x1018,
  secondSpill: 0x1020,
  /** The target of an indirect transfer. */
  target: 0x1028,
} as const;

/** IF, in its place in the flags register. */
export const IF_BIT = 0x200;

/**
 * The hash table of translated code, in the same segment: two arrays of words, of guest addresses and of
 * where their translations begin.
 */
export const LOOKUP = { keys: 0x2000, targets: 0x4000, entries: 512, addressShift: 4 } as const;
