import type { Setting } from 'underwatch/model';
import type { ApicRegister } from '../../platform/apic/index.ts';
import type { Forgives } from '../../platform/cores/index.ts';

/**
 * One field of a local APIC and what is written there. A type, not an interface: it is a choice, and so a
 * plain value.
 */
export type ApicWrite = {
  readonly register: ApicRegister;
  readonly field: string;
  readonly value: number;
};
/** The processors whose times the model has: a NetBurst one, and the class of the HS21XM's. */
export type ProcessorName = 'prescott' | 'core2';

/**
 * Parameters that a scenario of this model may change. Times are whole nanoseconds, or milliseconds where the
 * name says so.
 */
export type MeasurementParameters = {
  readonly cores: number;
  readonly kernel: 'genuine' | 'modified';
  /** Whether something is enabled in DR7 before anybody attacks: a debugged machine. */
  readonly debugged: boolean;
  /**
   * The processor and its clock, from which the times below and the bound follow; the HS21XM has a Core 2
   * class one.
   */
  readonly processor: ProcessorName;
  readonly mhz: number;
  /** Which end of the known times applies: an attacker likes it fast, an honest machine may be slow. */
  readonly pace: 'fastest' | 'slowest';
  /**
   * The time of an instruction after the flush: its fetch misses every cache, and goes to memory. Null: the
   * processor's.
   */
  readonly instructionNs: number | null;
  /** The times of VM exit and VM entry. Null: half each of the processor's round trip. */
  readonly vmExitNs: number | null;
  readonly vmEntryNs: number | null;
  /** The time of hiding the modification, its last instruction included. */
  readonly scrubNs: number;
  /**
   * The longest time outside SMM from SMI#1 to SMI#2 that the handler accepts. Null: the least that spares
   * the processor, its slowest exit and slowest instruction.
   */
  readonly boundNs: number | null;
  /** The handler's clock: a counter that WRMSR sets, or the chipset's timer, which nothing sets. */
  readonly clock: 'TSC' | 'PM timer';
  /**
   * The handler's wait for the other cores, and the longest time for which an instruction keeps a core from
   * coming.
   */
  readonly timeoutMs: number;
  /**
   * The bound on how much later than SMI#1 the last core may come, unless MSR_SMM_DELAYED says that it is in
   * a long instruction (SDM 34.17.2).
   */
  readonly rendezvousNs: number;
  readonly longestInstructionMs: number;
  /** The time of the agent's measurement. */
  readonly measureLeastMs: number;
  readonly measureMostMs: number;
  /**
   * The verifier's deadline for the output, from SMI#1 on. Null: longer than any honest machine takes, so
   * only a hypervisor that keeps the core makes the output late.
   */
  readonly deadlineMs: number | null;
  /** The cores that count as frozen although they did not come, by MSR_SMM_BLOCKED (SDM 34.17.3). */
  readonly forgives: Forgives;
  /** The writes that the hypervisor may make in the measuring core's local APIC. */
  readonly apicWrites: readonly ApicWrite[];
  /**
   * Whether the counter may overflow before the injected instruction is through: it, too, has to be fetched.
   */
  readonly overflowsEarly: boolean;
  /**
   * Whether SMI#2 is accepted just behind the injected instruction, which is where it finds an interrupted
   * hypervisor.
   */
  readonly acceptsHost: boolean;
  /**
   * Whether SMI delivery invalidates the hypervisor's TLB entries, as in VMX operation it does (SDM 25.14.1,
   * 34.14.1).
   */
  readonly smiFlushesTlb: boolean;
  /**
   * Whether RSM takes a DR7 that the handler changed in the save state; on Intel it does not (`SAVE_STATE`).
   */
  readonly dr7Writable: boolean;
  /**
   * How a genuine hypervisor finishes the exit: by its reason, skipping the instruction, or by the bytes that
   * it finds there.
   */
  readonly finishesExit: 'by reason' | 'by bytes';
};

/** Mechanisms that can be switched off, each alone. */
export const defences = {
  checkEntry: 'SMI#2 is accepted only where a VM exit enters the hypervisor: saved RIP = host entry',
  checkCr3: 'SMI#2 is accepted only with the CR3 that the hypervisor has had since boot',
  boundedFallback: 'SMI#2 is accepted only within the bound after SMI#1',
  refuseOverlap: 'SMI#1 gives up if it would inject its instruction at the very address that SMI#2 looks for',
  ownsApic: 'SMI#1 sets IA32_APIC_BASE and SVR before it programs the LVT entry',
  failClosed: 'the handler gives up if a core did not arrive before its timeout',
  boundedRendezvous:
    'SMI#1 gives up if a core came later than the bound, without MSR_SMM_DELAYED to excuse it',
  hashEachTime: 'SMI#2 hashes the agent before each run (slides 9 and 17)',
  checkMapping: 'SMI#2 walks the page tables: the address of the agent leads to the frame that it hashed',
  maskInterrupts: 'SMI#2 clears IF in the saved RFLAGS',
  gatesInPlace:
    "SMI#2 points the gates of the IDT to the agent's handlers; without, the agent loads an IDT itself",
  gatesInUse: 'it does so in the IDT that IDTR leads to, and not in the one that it knows from boot',
  clearDr7: 'the first instruction of the agent clears DR7',
  blockDma: 'SMI#1 has the IOMMU block all DMA, whatever its tables say, until the end',
  checkExit: "SMI#3 is accepted only from the agent's own write to port B2h; other SMIs return to the agent",
  clearOutput: 'SMI#2 clears the place where the agent will leave its result',
  verifierDeadline: 'the verifier takes a missing output for a failure',
} as const;

export type MeasurementDefence = keyof typeof defences;

/** The powers of the compromised hypervisor, and of devices in its hands. */
export const capabilities = {
  memory: 'writes memory: the agent, its page tables, the gates of the IDT, the output',
  hide: 'takes its modification out and puts it back',
  vmcs: "sets VM-exit controls, HOST_RIP and HOST_CR3, and a guest's RIP and CR3",
  vmEntry: 'enters a guest where it likes, in the middle of the fallback',
  apic: 'sends SMIs to itself',
  lapic: 'writes the registers of its local APIC, and IA32_APIC_BASE',
  jump: 'goes to any address',
  timers: 'arms a source of SMIs that goes off later',
  nmi: 'sends NMIs',
  deviceNmi: 'has a device raise an NMI at any time',
  interrupts: 'has a device interrupt at any time',
  dr7: 'sets debug registers',
  lidt: 'loads IDTR',
  tlb: 'keeps a translation in the TLB that the page tables no longer have',
  tsc: 'sets the time-stamp counter',
  park: 'leaves other cores in wait-for-SIPI and starts them again',
  hold: 'has other cores hold SMIs pending: GIF=0, post-SENTER',
  longInstruction: 'has other cores execute instructions that take milliseconds',
  dma: 'has a device write memory at any time',
} as const;

export type MeasurementSetting = Setting<MeasurementParameters, MeasurementDefence>;
