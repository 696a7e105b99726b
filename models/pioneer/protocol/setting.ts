import type { Setting } from 'underwatch/model';
import type { CopyPlace, Helper, Root, TriggerPlace } from './state.ts';

/**
 * Parameters that a scenario of this model may change. Times are whole cycles, microseconds or megahertz;
 * costs of one iteration are thousandths of a cycle, since measured ones are no whole numbers.
 */
export type Parameters = {
  /** The clock that the verifier expects, and the machine's own. */
  readonly expectedMhz: number;
  readonly actualMhz: number;
  /** The clock after an adversary who may raise it has done so. */
  readonly raisedMhz: number;
  /**
   * Iterations of the checksum loop. 2,500,000 in Checkmate's sources; Pioneer's own number is known from
   * memory only.
   */
  readonly iterations: number;
  /** The cost of one iteration of the genuine loop on the bare processor. */
  readonly blockMilliCycles: number;
  /** The cost of that iteration under a binary translator. */
  readonly translatedMilliCycles: number;
  /** The saving of the fastest equivalent loop in an iteration; 0 if the loop is optimal. */
  readonly savedMilliCycles: number;
  /**
   * The cost in an iteration of forging the program counter, the data pointer, and the words that are read.
   */
  readonly forgePcMilliCycles: number;
  readonly forgeDpMilliCycles: number;
  readonly substituteMilliCycles: number;
  /**
   * The cost of one iteration of a copy with a helper: another processor, or another thread of the same one,
   * computes ahead everything that does not depend on the sum, and forges pointer and words. It is that of
   * the slower side. And the least that it can be if every processor has a sum to compute.
   */
  readonly helpedMilliCycles: number;
  readonly threadedMilliCycles: number;
  readonly engagedMilliCycles: number;
  /** The time of the nonce on its way to the helper, and of its first words on their way back. */
  readonly handOverCycles: number;
  /**
   * The times of set-up (CLI, the handlers, the registers that the function sets) and of sending the
   * checksum.
   */
  readonly setUpCycles: number;
  readonly sendCycles: number;
  /** The times of taking an interrupt or exception, and of IRET. */
  readonly exceptionCycles: number;
  readonly iretCycles: number;
  /** The times of MOV CR3, and of refilling the translations that were lost with it. */
  readonly cr3LoadCycles: number;
  readonly refillCycles: number;
  /** The time of taking the modification of the kernel out in place, or of putting it back. */
  readonly patchCycles: number;
  /** The time of a privileged instruction of deprivileged code: fault, emulation, return. */
  readonly trapCycles: number;
  readonly vmExitCycles: number;
  readonly smiCycles: number;
  /** The times of the network: the shortest round trip, and how much longer one may be. */
  readonly roundTripUs: number;
  readonly jitterUs: number;
  /**
   * The slack that the verifier allows beyond the shortest honest run, in cycles of the clock that it
   * expects.
   */
  readonly slackCycles: number;
  /** The other machine: its clock, and the round trip to it. */
  readonly proxyMhz: number;
  readonly proxyRoundTripUs: number;
  /**
   * The kernel that each root maps at the kernel's addresses, and the root that is loaded before the
   * challenge.
   */
  readonly firstKernel: 'genuine' | 'altered';
  readonly secondKernel: 'genuine' | 'altered';
  readonly root: Root;
  /** Where an altered copy may run, and where it may read: the scope of the search. */
  readonly copies: readonly CopyPlace[];
  /** Who may help an altered copy: the scope of the search. */
  readonly helpers: readonly Exclude<Helper, 'none'>[];
  /** The places at which the adversary may have a trigger fire: the scope of the search. */
  readonly places: readonly TriggerPlace[];
  /** Whether the adversary receives the challenge, or code that must first be interrupted. */
  readonly enters: 'byCall' | 'byBreakpoint';
  /**
   * Whether reading CR3 exits from a virtual machine whatever its VMM wants, as on the first processors with
   * VT.
   */
  readonly cr3ReadExits: boolean;
  /**
   * Which of the two reads the kernel: the checksum (as in the blog) or the executable (Pioneer's rootkit
   * detector).
   */
  readonly kernelReadBy: 'checksum' | 'executable';
};

/** Mechanisms that can be switched off, each alone. */
export const defences = {
  freshNonce: 'the verifier never repeats a nonce',
  unpredictableNonce: 'nobody knows a nonce before it is sent',
  mixPc: 'the program counter goes into the checksum',
  mixDp: 'the data pointer goes into the checksum',
  mixFlags: 'the flags go into the checksum, the interrupt flag among them',
  mixCs: 'hypothetical: the code segment selector, and with it the privilege level, goes into the checksum',
  mixDr7: 'DR7 is set from the nonce and goes into the checksum (Checkmate)',
  mixReturnAddresses: 'the return addresses of the callers go into the checksum (Checkmate)',
  mixCr3: 'hypothetical: CR3 goes into the checksum',
  mixIdtr: 'hypothetical: IDTR goes into the checksum',
  stateOnStack:
    'part of the checksum lies where an interrupt on the current stack overwrites it, until it is sent',
  handlersFirst: 'the function installs handlers of its own, NMI and exceptions included, before the loop',
  handlersLast: 'it installs them after the loop',
  knownBase: 'the verifier knows where the function is loaded, and does not take the prover’s word',
  longMode: 'the function runs in 64-bit mode, where segments have no base and no limit',
  fetchesWhatItReads: 'the function executes words it has just written, and so finds split translations out',
  noTranslation: 'the function runs where addresses are not translated (SMM, late launch)',
  upperLimit: 'an answer that comes too late is rejected',
  lowerLimit: 'an answer that comes sooner than any honest one is rejected (Checkmate)',
  engagesProcessors:
    'the function runs on every processor and thread until the executable ends, each with a sum of its own (Conqueror)',
  checksReturnPath: 'the executable also looks at what it returns to: IDT, debug registers, return addresses',
} as const;

export type Defence = keyof typeof defences;

/**
 * The adversary's powers. None is an attack; those that say so each stand for an assumption of Pioneer that
 * is given up.
 */
export const capabilities = {
  code: 'runs code of his own in place of the function: copies, with further instructions in every iteration',
  entries: 'enters the function elsewhere than at its beginning',
  cr3: 'loads CR3',
  patch: 'writes to the memory of the kernel',
  executable: 'writes to the memory of the executable',
  debugRegisters: 'arms a hardware breakpoint',
  pageFaults: 'makes a page fault when it is fetched from (not present, NX)',
  nmi: 'has a performance counter raise an NMI at a time of his choice',
  interrupts: 'has a device raise an interrupt at a time of his choice',
  callers: 'changes the return address by which the function leaves',
  dataHooks: 'changes a pointer in kernel data whose right value nobody knows',
  ownStack: 'gives handlers a stack of their own (IST)',
  spin: 'waits',
  lie: 'reports a load address that is not true',
  splitTlb: 'holds different translations for fetches and for reads',
  segments: 'gives segments a base',
  deprivilege: 'runs the function at a lower privilege level, with or without interrupts',
  translator: 'runs the kernel under a binary translator',
  hardwareVm: 'assumption given up: the processor has no hardware virtualisation',
  smm: 'assumption given up: SMM is not hostile',
  dma: 'assumption given up: no device writes to memory',
  secondProcessor: 'assumption given up: one processor, one thread',
  overclock: 'assumption given up: the clock is what the verifier knows',
  proxy: 'assumption given up: the prover reaches nobody but the verifier',
  foreknowledge: 'reckons with a nonce, and computes for it ahead',
  store: 'kept the answer to an earlier challenge',
} as const;

export type Capability = keyof typeof capabilities;
export type PioneerSetting = Setting<Parameters, Defence>;
