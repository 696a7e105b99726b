import type { ChipsetState } from '../../platform/chipset/index.ts';
import type { SmiPort } from '../../platform/cores/index.ts';

/**
 * One processor core. Whether it was interrupted in a guest or in the hypervisor is a matter of
 * `measurement`.
 */
export interface Core extends SmiPort {
  readonly mode: 'host' | 'smm';
}

/**
 * The hypervisor's modification. `modified`: in place, and to be found. `hiding`: still found, one
 * instruction away from not being found. `hidden`: taken out, kept where it is not measured; it can come
 * back.
 */
export type Kernel = 'genuine' | 'modified' | 'hiding' | 'hidden';

/** A PCI device with registers of its own whose I/O window the hypervisor can place (H-PMBASE). */
export interface Device {
  readonly window: 'elsewhere' | 'old PMBASE';
  readonly SMI_EN: number;
  readonly SMI_STS: number;
  readonly ALT_GP_SMI_EN: number;
  readonly ALT_GP_SMI_STS: number;
}

export interface Verifier {
  readonly phase: 'idle' | 'waiting' | 'accepted' | 'alarmed';
  /** The verifier's clock since the request, in whole milliseconds, up to just above its deadline. */
  readonly waitedMs: number;
  /** Whether that clock is above the deadline. */
  readonly overdue: boolean;
  /** The number of measurements that the verifier will still ask for. */
  readonly left: number;
}

export interface Bmc {
  /** Whether the verifier's command has arrived over the management network and is not carried out yet. */
  readonly commanded: boolean;
  /** Whether the watchdog pre-timeout was armed in-band and will pulse the same pin. */
  readonly watchdogArmed: boolean;
}

/** The SMI handler: outside SMM, or with its judgement of the SMI that it is handling. */
export interface Handler {
  readonly phase: 'outside' | 'accepted' | 'rejected';
  /** The result of the last measurement; kept in SMRAM until the next one. */
  readonly output: 'none' | 'clean' | 'modified';
  /** Whether that measurement was made while the verifier was waiting for one. */
  readonly outputSolicited: boolean;
}

/**
 * Bookkeeping that no part of the machine sees and only invariants read. Work is counted in microseconds from
 * the edge that the verifier asked for, up to just above the bound that matters.
 */
export interface Ghost {
  /** Work done by all cores since the BMC's edge on behalf of the verifier; null before it. */
  readonly workSinceEdgeUs: number | null;
  /** The age of the edge when the handler read its clock, up to just above the bound; null outside SMM. */
  readonly ageUs: number | null;
  /** Hypervisor instructions retired since that edge; the number of cores plus one stands for any more. */
  readonly retiredSinceEdge: number;
  /** Whether that edge is the reason, or one of the reasons, why the latch is set. */
  readonly edgeInLatch: boolean;
  /** Whether the hypervisor was modified at that edge, and had not begun to hide. */
  readonly modifiedAtEdge: boolean;
  /** Whether the output was measured after that edge. */
  readonly measuredAfterEdge: boolean;
  /**
   * Whether the chipset has turned that edge into an SMI; else it is blocked, for good or not. Kept if
   * `followsEdge`.
   */
  readonly edgeSent: boolean;
  /**
   * Whether the hypervisor has read or received something that it would not have without the pending trigger.
   */
  readonly sawTrigger: boolean;
}

/** The state of the whole machine of slide 14, with its verifier. */
export interface HyperSentry {
  readonly chipset: ChipsetState;
  readonly device: Device;
  readonly cores: readonly Core[];
  /**
   * The work that the cores can still do before an SMI message under way reaches them; null without a
   * message.
   */
  readonly smiOnWayUs: number | null;
  /** Whether every core holds SMIs pending: GIF=0, or after SENTER until they are unmasked. */
  readonly smiMasked: boolean;
  readonly kernel: Kernel;
  readonly handler: Handler;
  readonly bmc: Bmc;
  readonly verifier: Verifier;
  readonly ghost: Ghost;
}
