/** What a piece of memory holds: what it should, or what the adversary made of it. */
export type Content = 'genuine' | 'altered';

/**
 * The two page-table roots that the adversary may load into CR3. The verifier's own value is that of the
 * first.
 */
export type Root = 'first' | 'second';

/** How far the run has come. Whoever has control there does what comes next. */
export type Stage = 'idle' | 'entry' | 'loop' | 'loopEnd' | 'sent' | 'hashed' | 'running' | 'done';

/** Where control can be wrested from the function. `running` is in the midst of the executable. */
export const PLACES = ['entry', 'loop', 'loopEnd', 'sent', 'running', 'done'] as const;

/** One of them. */
export type TriggerPlace = (typeof PLACES)[number];

/**
 * What can take control from code that runs by itself: a debug register, a page that cannot be fetched from,
 * a non-maskable or a maskable interrupt, a return address or a pointer in data that leads elsewhere, an SMI,
 * a VM exit.
 */
export type TriggerKind =
  | 'debug'
  | 'fault'
  | 'nmi'
  | 'interrupt'
  | 'returnAddress'
  | 'dataHook'
  | 'smi'
  | 'vmExit';

/** What is armed. One at a time is enough: whoever got control with it can arm the next. */
export interface Trigger {
  readonly kind: TriggerKind | 'none';
  readonly at: TriggerPlace;
}

/**
 * On what the function runs: the bare processor at the highest privilege, or something that the adversary put
 * below it.
 */
export type Layer = 'none' | 'deprivileged' | 'translated' | 'hardware';

/** Where an altered copy of the checksum code runs, and where it reads. */
export type CopyPlace = {
  readonly code: 'inPlace' | 'elsewhere';
  readonly data: 'inPlace' | 'elsewhere';
};

/**
 * Who computes beside the processor that keeps the sum: nobody, another processor, or another thread of the
 * same one.
 */
export type Helper = 'none' | 'processor' | 'thread';

/**
 * An altered copy of the checksum code: where it runs, what it reads, and what it forges in every iteration.
 */
export interface Copy {
  readonly code: 'none' | CopyPlace['code'];
  readonly data: CopyPlace['data'];
  readonly forgesPc: boolean;
  readonly forgesDp: boolean;
  /** Every word that is read is compared with the altered ones and replaced. */
  readonly substitutes: boolean;
  /** Who computes ahead for it what does not depend on the sum. */
  readonly helper: Helper;
}

export interface Verifier {
  readonly phase: 'idle' | 'waiting' | 'timed' | 'checked' | 'accepted' | 'rejected';
}

/** The processor: what software can set, and what the adversary put below it. */
export interface Processor {
  readonly root: Root;
  /** Whose handlers interrupts and exceptions reach. */
  readonly handlers: 'adversary' | 'function';
  readonly interruptsOn: boolean;
  readonly layer: Layer;
  /** Handlers run on a stack of their own (IST, task gate). */
  readonly ownStack: boolean;
  /** The clock was raised above what the verifier knows. */
  readonly raised: boolean;
}

/** For which addresses what is fetched there is to be something else than what is read there. */
export type Split = 'nothing' | 'function' | 'executable';

export interface Memory {
  /** The kernel as mapped by each root. */
  readonly first: Content;
  readonly second: Content;
  readonly executable: Content;
  /** For whose addresses the two translation buffers hold different frames. */
  readonly split: Split;
  /** For whose addresses the descriptor of the code segment has a base of its own. */
  readonly segment: Split;
}

/**
 * What was written since the adversary got control: a second write before anyone looks would only take
 * longer.
 */
export interface Visit {
  readonly root: boolean;
  readonly trigger: boolean;
  readonly kernel: boolean;
  readonly executable: boolean;
}

/** What no part of the machine can see and only the invariants speak of. */
export interface Ghost {
  /** By whom, and on what, the checksum was computed that the verifier got. */
  readonly computedBy: 'nobody' | 'function' | 'copy' | 'proxy' | 'store';
  /** The adversary had control between the end of the loop and the end of the executable. */
  readonly intruded: boolean;
  readonly ran: 'nothing' | Content;
  /** The sum took less time than the genuine loop takes on the machine that the verifier reckons with. */
  readonly fast: boolean;
}

/**
 * A dispatcher, and the untrusted machine on which Pioneer's verification function and its executable run.
 */
export interface Pioneer {
  readonly verifier: Verifier;
  readonly stage: Stage;
  readonly control: 'adversary' | 'function';
  /**
   * Cycles of the clock that the verifier expects, since its challenge; one beyond the limit stands for all
   * later ones.
   */
  readonly elapsedCycles: number;
  readonly sum: 'none' | 'right' | 'wrong';
  /** What is kept of the checksum near the stack pointer was overwritten by a saved context. */
  readonly overwritten: boolean;
  readonly processor: Processor;
  readonly memory: Memory;
  readonly trigger: Trigger;
  readonly copy: Copy;
  /** The prover gave a load address that is not its own. */
  readonly baseIsLie: boolean;
  /** Which answer lies ready: one that was kept, or one computed for the nonce that was foreseen. */
  readonly ready: 'none' | 'kept' | 'foreseen';
  readonly visit: Visit;
  readonly ghost: Ghost;
}
