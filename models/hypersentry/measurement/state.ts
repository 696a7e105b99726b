import type { LocalApic } from '../../platform/apic/index.ts';
import type { Core } from '../../platform/cores/index.ts';
import type { Kernel } from '../invocation/state.ts';

/**
 * Where the measuring core's instruction pointer is. `injected` is the interrupted instruction, overwritten
 * with the one that forces a VM exit; `behind` is what follows it. `host entry` is the first instruction that
 * the VMCS has a VM exit go to (HOST_RIP), as the handler knows it from boot. `exited` is just behind the
 * agent's write to port B2h; `fault` is the agent's own handler of interrupts and exceptions, which gives up.
 */
export type Place =
  | 'guest'
  | 'hypervisor'
  | 'injected'
  | 'behind'
  | 'host entry'
  | 'agent entry'
  | 'agent'
  | 'agent exit'
  | 'exited'
  | 'fault';

/** The core that the fallback and the agent run on: it was interrupted anywhere. */
export interface MeasuringCore extends Core {
  readonly at: Place;
  /** RFLAGS.IF. A VM exit clears it (SDM 27.5.3). */
  readonly interrupts: boolean;
  /**
   * Something is enabled in DR7, its GD bit for example. A VM exit leaves 400h, nothing enabled (SDM 27.5.1).
   */
  readonly breakpoints: boolean;
  /** IDTR leads to another IDT than the one that the handler knows from boot. */
  readonly ownIdt: boolean;
  /**
   * What CR3 has: the hypervisor's page tables, known from boot; or a guest's, or some that lead to clean
   * copies.
   */
  readonly cr3: 'hypervisor' | 'other';
  /** Which frame the agent's address is translated to by a TLB entry, if there is one. */
  readonly tlb: 'none' | 'agent' | 'alias';
  /** Why the last VM exit was. */
  readonly exit: 'none' | 'fallback' | 'event';
}

/** The parts of main memory that matter. */
export interface Memory {
  /** The frame whose physical address the handler knows and hashes. */
  readonly agent: 'genuine' | 'altered';
  /**
   * Where the page tables have the agent's address lead: that frame, or one with the hypervisor's own code.
   */
  readonly mapping: 'agent' | 'alias';
  /** Whose handlers the gates of the IDT that is in use point to. */
  readonly gates: 'hypervisor' | 'agent';
  /** Where the agent leaves its result for SMI#3. */
  readonly output: 'none' | 'clean' | 'modified';
}

/** What the hypervisor laid down for VM exits, and what the last one saved. */
export interface Vmcs {
  /** HOST_RIP and HOST_CR3: the known entry, or another one, with page tables that lead to clean copies. */
  readonly entry: 'genuine' | 'decoy';
  /** A VM exit stops the counters: "load IA32_PERF_GLOBAL_CTRL", or the MSR-load area. */
  readonly stopsCounter: boolean;
  /**
   * Under nested paging a guest's CR3 may have the hypervisor's value, and its code lie at the address of the
   * host entry.
   */
  readonly guest: 'ordinary' | 'same CR3' | 'same CR3 and RIP';
  readonly guestInterrupts: boolean;
  readonly guestBreakpoints: boolean;
}

/** How far the measurement is. In `gathering`, `checking` and `storing` the core is in SMI#1, #2, #3. */
export type Phase = 'idle' | 'gathering' | 'armed' | 'checking' | 'running' | 'storing' | 'done';

/** What the handler keeps in SMRAM. */
export interface Handler {
  readonly phase: Phase;
  /** How long it has waited for the other cores, in whole milliseconds. */
  readonly waitedMs: number;
  /** Time outside SMM since the fallback began, on the handler's clock, up to just above the bound. */
  readonly elapsedNs: number;
  readonly output: 'none' | 'clean' | 'modified' | 'failed';
  /** The address at which it injected its instruction is that of the host entry. */
  readonly overlaps: boolean;
  /** RIP, RFLAGS.IF and DR7 as SMI#1 found them. */
  readonly rip: 'guest' | 'hypervisor';
  readonly interrupts: boolean;
  readonly breakpoints: boolean;
}

/** What only the invariants speak of. */
export interface Ghost {
  /** Entries of the measuring core into SMM; 4 stands for more than three. */
  readonly entries: number;
  readonly modifiedAtFirst: boolean;
  /** Hypervisor instructions retired between RSM of SMI#1 and SMI#2; 2 stands for more. */
  readonly retired: 0 | 1 | 2;
  /** The genuine agent was begun, has measured; or something else was executed in its place. */
  readonly executed: 'none' | 'begun' | 'measured' | 'other';
  /** Code of the hypervisor ran on the measuring core between the agent's entry and SMI#3. */
  readonly preempted: boolean;
  /** What SMI#1 interrupted, with its RFLAGS.IF and DR7. */
  readonly interrupted: 'guest' | 'host';
  readonly interrupts: boolean;
  readonly breakpoints: boolean;
}

/** The machine from SMI#1, accepted as the invocation model has it, to the stored output. */
export interface Measurement {
  readonly core: MeasuringCore;
  readonly others: readonly Core[];
  readonly memory: Memory;
  readonly vmcs: Vmcs;
  /**
   * The performance counter that SMI#1 presets, and the local APIC, whose LVT entry turns its overflow into
   * an SMI.
   */
  readonly counter: 'own' | 'armed' | 'stopped';
  readonly apic: LocalApic;
  /** Another source of SMIs that the hypervisor has armed: a timer, a second counter. */
  readonly timer: boolean;
  readonly kernel: Kernel;
  readonly handler: Handler;
  readonly verifier: 'waiting' | 'accepted' | 'alarmed';
  /** The verifier's clock, in milliseconds from SMI#1 up to just above its deadline; 0 where it has none. */
  readonly sinceMs: number;
  readonly ghost: Ghost;
}
