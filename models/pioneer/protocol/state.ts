/** The content of a piece of memory: as it should be, or as the adversary made it. */
export type Content = 'genuine' | 'altered';

/**
 * The two page-table roots that the adversary may load into CR3. The verifier's own value is that of the
 * first.
 */
export type Root = 'first' | 'second';

/** The progress of the run. Whoever has control at a stage does what comes next. */
export type Stage = 'idle' | 'entry' | 'loop' | 'loopEnd' | 'sent' | 'hashed' | 'running' | 'done';

/** Places where control can be taken from the function. `running` is in the midst of the executable. */
export const PLACES = ['entry', 'loop', 'loopEnd', 'sent', 'running', 'done'] as const;

/** One of them. */
export type TriggerPlace = (typeof PLACES)[number];

/**
 * The kinds of trigger that take control from running code: a debug register, a page that cannot be fetched
 * from, a non-maskable or a maskable interrupt, a return address or a pointer in data that leads elsewhere,
 * an SMI, a VM exit.
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

/** The armed trigger. One at a time is enough: whoever got control with it can arm the next. */
export interface Trigger {
  readonly kind: TriggerKind | 'none';
  readonly at: TriggerPlace;
}

/**
 * The layer under the function: the bare processor at the highest privilege, or something that the adversary
 * put below it.
 */
export type Layer = 'none' | 'deprivileged' | 'translated' | 'hardware';

/** Where an altered copy of the checksum code runs, and where it reads. */
export type CopyPlace = {
  readonly code: 'inPlace' | 'elsewhere';
  readonly data: 'inPlace' | 'elsewhere';
};

/**
 * The helper beside the processor that keeps the sum: nobody, another processor, or another thread of the
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
  /** Whether every word that is read is compared with the altered ones and replaced. */
  readonly substitutes: boolean;
  /** The helper that computes ahead everything that does not depend on the sum. */
  readonly helper: Helper;
}

export interface Verifier {
  readonly phase: 'idle' | 'waiting' | 'timed' | 'checked' | 'accepted' | 'rejected';
}

/** The state of the processor: what software can set, and what the adversary put below it. */
export interface Processor {
  readonly root: Root;
  /** Whose handlers interrupts and exceptions reach. */
  readonly handlers: 'adversary' | 'function';
  readonly interruptsOn: boolean;
  readonly layer: Layer;
  /** Whether handlers run on a stack of their own (IST, task gate). */
  readonly ownStack: boolean;
  /** Whether the clock was raised above the one that the verifier knows. */
  readonly raised: boolean;
}

/** The addresses at which a fetch is to bring something else than a read. */
export type Split = 'nothing' | 'function' | 'executable';

export interface Memory {
  /** The kernel as mapped by each root. */
  readonly first: Content;
  readonly second: Content;
  readonly executable: Content;
  /** The addresses for which the two translation buffers hold different frames. */
  readonly split: Split;
  /** The addresses for which the descriptor of the code segment has a base of its own. */
  readonly segment: Split;
}

/** The writes since the adversary got control: a second write before anyone looks would only take longer. */
export interface Visit {
  readonly root: boolean;
  readonly trigger: boolean;
  readonly kernel: boolean;
  readonly executable: boolean;
}

/** Bookkeeping that no part of the machine sees and only invariants read. */
export interface Ghost {
  /** Who computed the checksum that the verifier got, and on which data. */
  readonly computedBy: 'nobody' | 'function' | 'copy' | 'proxy' | 'store';
  /** Whether the adversary had control between the end of the loop and the end of the executable. */
  readonly intruded: boolean;
  readonly ran: 'nothing' | Content;
  /** Whether the sum took less time than the genuine loop takes on the machine that the verifier expects. */
  readonly fast: boolean;
}

/**
 * The state of a dispatcher, and of the untrusted machine on which Pioneer's verification function and its
 * executable run.
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
  /** Whether the state of the checksum near the stack pointer was overwritten by a saved context. */
  readonly overwritten: boolean;
  readonly processor: Processor;
  readonly memory: Memory;
  readonly trigger: Trigger;
  readonly copy: Copy;
  /** Whether the prover gave a load address that is not its own. */
  readonly baseIsLie: boolean;
  /** The answer that lies ready: one that was kept, or one computed for a foreseen nonce. */
  readonly ready: 'none' | 'kept' | 'foreseen';
  readonly visit: Visit;
  readonly ghost: Ghost;
}
