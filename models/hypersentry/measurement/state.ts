import type { LocalApic } from '../../platform/apic/index.ts';
import type { Core } from '../../platform/cores/index.ts';
import type { Kernel } from '../invocation/state.ts';

/**
 * The place of the measuring core's instruction pointer. `injected` is the interrupted instruction,
 * overwritten with the one that forces a VM exit; `behind` is the one after it. `host entry` is the first
 * instruction after a VM exit by the VMCS (HOST_RIP), as the handler knows it from boot. `exited` is just
 * behind the agent's write to port B2h; `fault` is the agent's own handler of interrupts and exceptions,
 * which gives up.
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

/** The state of the core that the fallback and the agent run on: it was interrupted anywhere. */
export interface MeasuringCore extends Core {
  readonly at: Place;
  /** RFLAGS.IF. A VM exit clears it (SDM 27.5.3). */
  readonly interrupts: boolean;
  /**
   * Whether something is enabled in DR7, its GD bit for example. A VM exit leaves 400h, nothing enabled (SDM
   * 27.5.1).
   */
  readonly breakpoints: boolean;
  /** Whether IDTR leads to another IDT than the one that the handler knows from boot. */
  readonly ownIdt: boolean;
  /**
   * The content of CR3: the hypervisor's page tables, known from boot; a guest's; or some that lead to clean
   * copies.
   */
  readonly cr3: 'hypervisor' | 'other';
  /** The frame to which a TLB entry translates the agent's address, if there is one. */
  readonly tlb: 'none' | 'agent' | 'alias';
  /** The reason of the last VM exit. */
  readonly exit: 'none' | 'fallback' | 'event';
}

/** The state of the parts of main memory that matter. */
export interface Memory {
  /** The frame whose physical address the handler knows and hashes. */
  readonly agent: 'genuine' | 'altered';
  /**
   * The frame to which the page tables map the agent's address: that frame, or one with the hypervisor's own
   * code.
   */
  readonly mapping: 'agent' | 'alias';
  /** Whose handlers the gates of the IDT in use point to. */
  readonly gates: 'hypervisor' | 'agent';
  /** The place where the agent leaves its result for SMI#3. */
  readonly output: 'none' | 'clean' | 'modified';
}

/** The VMCS fields that the hypervisor set for VM exits, and those that the last exit saved. */
export interface Vmcs {
  /** HOST_RIP and HOST_CR3: the known entry, or another one, with page tables that lead to clean copies. */
  readonly entry: 'genuine' | 'decoy';
  /** Whether a VM exit stops the counters: "load IA32_PERF_GLOBAL_CTRL", or the MSR-load area. */
  readonly stopsCounter: boolean;
  /**
   * Under nested paging a guest's CR3 may have the hypervisor's value, and its code lie at the address of the
   * host entry.
   */
  readonly guest: 'ordinary' | 'same CR3' | 'same CR3 and RIP';
  readonly guestInterrupts: boolean;
  readonly guestBreakpoints: boolean;
}

/** The progress of the measurement. In `gathering`, `checking` and `storing` the core is in SMI#1, #2, #3. */
export type Phase = 'idle' | 'gathering' | 'armed' | 'checking' | 'running' | 'storing' | 'done';

/** The handler's variables in SMRAM. */
export interface Handler {
  readonly phase: Phase;
  /** How long the handler has waited for the other cores, in whole milliseconds. */
  readonly waitedMs: number;
  /** Time outside SMM since the fallback began, on the handler's clock, up to just above the bound. */
  readonly elapsedNs: number;
  readonly output: 'none' | 'clean' | 'modified' | 'failed';
  /** Whether the address at which the handler injected its instruction is that of the host entry. */
  readonly overlaps: boolean;
  /** RIP, RFLAGS.IF and DR7 as SMI#1 found them. */
  readonly rip: 'guest' | 'hypervisor';
  readonly interrupts: boolean;
  readonly breakpoints: boolean;
}

/** Bookkeeping that only invariants read. */
export interface Ghost {
  /** Entries of the measuring core into SMM; 4 stands for more than three. */
  readonly entries: number;
  readonly modifiedAtFirst: boolean;
  /** Hypervisor instructions retired between RSM of SMI#1 and SMI#2; 2 stands for more. */
  readonly retired: 0 | 1 | 2;
  /** Whether the genuine agent was begun, and has measured; or something else was executed in its place. */
  readonly executed: 'none' | 'begun' | 'measured' | 'other';
  /** Whether hypervisor code ran on the measuring core between the agent's entry and SMI#3. */
  readonly preempted: boolean;
  /** The code that SMI#1 interrupted, with its RFLAGS.IF and DR7. */
  readonly interrupted: 'guest' | 'host';
  readonly interrupts: boolean;
  readonly breakpoints: boolean;
}

/** The state of the machine from SMI#1, accepted as the invocation model has it, to the stored output. */
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
  /** Whether the hypervisor has armed another source of SMIs: a timer, a second counter. */
  readonly timer: boolean;
  readonly kernel: Kernel;
  readonly handler: Handler;
  readonly verifier: 'waiting' | 'accepted' | 'alarmed';
  /** The verifier's clock, in milliseconds from SMI#1 up to just above its deadline; 0 where it has none. */
  readonly sinceMs: number;
  readonly ghost: Ghost;
}
