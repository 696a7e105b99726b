/**
 * The mode of a logical processor. `guest` and `host` are VMX non-root and root operation, or their
 * counterparts under SVM; INIT, and a VM entry with that activity state, lead to `wait-for-SIPI`.
 */
export type Mode = 'guest' | 'host' | 'smm' | 'wait-for-SIPI' | 'off';

/**
 * The part of a core that SMIs act upon. `pending` is the one SMI that a core can hold: while it is in SMM
 * further ones are not acknowledged, and exactly one is latched (SDM vol. 3, "System Management Mode").
 * `retired` says that the core has retired an instruction since: an SMI is taken at an instruction boundary,
 * so the one in flight completes. `shadow` says that its last instruction was an STI with IF=0, a MOV SS or a
 * POP SS: "an SMI may be blocked for one instruction" after it (SDM vol. 3B, 2006, 25.2), so that it is not
 * taken at this boundary.
 */
export interface SmiPort {
  readonly mode: Mode;
  readonly pending: boolean;
  readonly retired: boolean;
  readonly shadow: boolean;
}

/**
 * The reason why an executing core takes no SMI: GIF=0 after CLGI, SKINIT or #VMEXIT (AMD APM vol. 2, 15.17),
 * or not yet unmasked after GETSEC[SENTER], which GETSEC[SMCTRL] ends (TXT preliminary architecture
 * specification).
 */
export type Hold = 'none' | 'GIF=0' | 'post-SENTER';

/** A core of a system in which more matters than SMIs alone. */
export interface Core extends SmiPort {
  readonly hold: Hold;
  /**
   * The mode to which RSM returns. The processor keeps this to itself: no field of the save state shows it
   * (SDM 34.14.1).
   */
  readonly resumes: 'guest' | 'host';
  /** The one NMI that can be latched, in SMM or while another is handled (SDM 34.8). */
  readonly nmi: boolean;
  /** The further time of the instruction in flight, in whole milliseconds; an SMI waits for its end. */
  readonly busyMs: number;
}

/** A core that runs the hypervisor, with nothing on its way to it. */
export const runningCore: Core = {
  mode: 'host',
  pending: false,
  retired: false,
  shadow: false,
  hold: 'none',
  resumes: 'host',
  nmi: false,
  busyMs: 0,
};
