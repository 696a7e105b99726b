import type { MachineName } from './machines/index.ts';

/** A cost in cycles: from the least to the most that the source gives, and how reliable it is. */
export interface CycleCost {
  readonly least: number;
  readonly most: number;
  /** `read`: in the document named; `recalled`: from memory of it; `derived`: by arithmetic from others. */
  readonly basis: 'read' | 'recalled' | 'derived';
  readonly source: string;
}

/** The costs of events from outside the executed code; `null` if unknown. */
export interface Events {
  /** VM exit and the entry back, hardware virtualisation. */
  readonly vmExit: CycleCost | null;
  /** Delivery of #DB, or of any exception, to the handler's first instruction. */
  readonly debugException: CycleCost | null;
  /** IRET. */
  readonly interruptReturn: CycleCost | null;
  /** MOV CR3, without what its flush costs later. */
  readonly cr3Load: CycleCost | null;
  /** One page walk after a flush: from tables in the caches to four accesses of memory. */
  readonly tlbRefill: CycleCost | null;
  /** A port access. */
  readonly portAccess: CycleCost | null;
}

/**
 * An SMI from entry to RSM in microseconds: typical machines; 150 is where Intel's BITS begins to complain.
 */
export const SMI_US = {
  least: 10,
  most: 15,
  complaintFrom: 150,
  source: 'Linux RT wiki; Intel BITS',
} as const;

const exactly = (cycles: number, basis: CycleCost['basis'], source: string): CycleCost => ({
  least: cycles,
  most: cycles,
  basis,
  source,
});

const between = (least: number, most: number, basis: CycleCost['basis'], source: string): CycleCost => ({
  least,
  most,
  basis,
  source,
});

const AGESEN_2012 = 'Agesen et al., Software techniques for avoiding hardware virtualization exits, ATC 2012';
const AGNER = 'Agner Fog, Instruction tables 2021';
const NONE: Events = {
  vmExit: null,
  debugException: null,
  interruptReturn: null,
  cr3Load: null,
  tlbRefill: null,
  portAccess: null,
};

/** One access of memory: a quarter of a page walk that finds nothing in the caches. */
export const MEMORY_CYCLES: CycleCost = between(
  200,
  375,
  'derived',
  'a quarter of a walk of four accesses of memory: 800 to 1500',
);

const WALK = between(
  20,
  4 * MEMORY_CYCLES.most,
  'derived',
  'tables in L1 or L2: 20 to 60; four accesses of memory: 800 to 1500',
);

/** Costs of hardware events in cycles. VM exits by generation are also in `VM_EXIT_CYCLES`. */
export const events: Readonly<Record<MachineName, Events>> = {
  northwood: {
    ...NONE,
    debugException: exactly(644, 'read', `${AGNER}: INT n; taken for any exception`),
    cr3Load: between(500, 1000, 'recalled', 'NetBurst, direct cost; TLBs without tags'),
    tlbRefill: WALK,
    portAccess: between(1000, 3209, 'recalled', `${AGNER}: more than 1000; Adams and Agesen 2006: 3209`),
  },
  prescott: {
    vmExit: exactly(3963, 'recalled', AGESEN_2012),
    debugException: exactly(470, 'read', `${AGNER}: INT n; taken for any exception`),
    interruptReturn: exactly(325, 'read', AGNER),
    cr3Load: between(500, 1000, 'recalled', 'NetBurst, direct cost; TLBs without tags'),
    tlbRefill: WALK,
    portAccess: between(1000, 3209, 'recalled', `${AGNER}: more than 1000; Adams and Agesen 2006: 3209`),
  },
  pentiumM: { ...NONE, tlbRefill: WALK, portAccess: exactly(300, 'read', `${AGNER}: more than 300`) },
  core2: {
    ...NONE,
    vmExit: between(1266, 1579, 'recalled', `${AGESEN_2012}: Penryn, Merom`),
    cr3Load: between(150, 400, 'recalled', 'Core 2 and Nehalem, uncertain'),
    tlbRefill: WALK,
  },
  haswell: {
    ...NONE,
    cr3Load: between(150, 400, 'recalled', 'Core 2 and Nehalem, uncertain'),
    tlbRefill: WALK,
  },
  skylake: {
    ...NONE,
    cr3Load: between(150, 400, 'recalled', 'Core 2 and Nehalem, uncertain'),
    tlbRefill: WALK,
  },
};

/** VM exit and entry back, by generation (ATC 2012). Its fall is why hardware virtualisation came to win. */
export const VM_EXIT_CYCLES = {
  prescott: 3963,
  merom: 1579,
  penryn: 1266,
  nehalem: 1009,
  westmere: 761,
  sandyBridge: 784,
} as const;

/**
 * Adams and Agesen 2006, Pentium 4 672 (Prescott, 3.8 GHz), recalled: the cost of one event in a VMM of
 * either kind.
 */
export const VMM_CYCLES = {
  /** RDTSC in a software VMM: trapped and emulated, by a call out of the translation cache, within it. */
  trapAndEmulate: 2030,
  callOut: 1254,
  inTranslationCache: 216,
  /** Hardware VMM of the first generation. */
  vmEntry: 2409,
  pageFaultExit: 1931,
  vmcsRead: 178,
  vmcsWrite: 171,
} as const;

/** Entries of Prescott's first-level TLBs, recalled: what a load of CR3 may have to be filled again. */
export const PRESCOTT_TLB_ENTRIES = { instruction: 64, data: 64 } as const;
