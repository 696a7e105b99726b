import type { Draft } from 'immer';
import type { Setting } from 'underwatch/model';
import { executes, isHeld, retireOne } from './smi.ts';
import type { Core } from './state.ts';

/** The history that invariants about one core need. */
export interface CoreGhost {
  /** SMIs sent to the core since it last entered SMM; 2 stands for more. */
  readonly sent: 0 | 1 | 2;
  /** Instructions retired since the SMI that is pending was sent; 3 stands for more. */
  readonly retiredSince: 0 | 1 | 2 | 3;
  /**
   * Whether a pending SMI is due at once: the core has left SMM, has been started, or has stopped holding it.
   */
  readonly next: boolean;
  /** Whether an instruction retired before it all the same. */
  readonly slipped: boolean;
  /** Whether the pending SMI showed itself: hypervisor code was entered, or goes on, because of it. */
  readonly told: boolean;
}

/** Cores by themselves: the events that reach them, and their hypervisor's ways to delay them. */
export interface CoresSystem {
  readonly cores: readonly Core[];
  readonly ghosts: readonly CoreGhost[];
}

export interface CoresParameters {
  readonly cores: number;
  /** Whether hypervisors intercept SMIs that hit a guest (AMD VMCB); Intel has no such control. */
  readonly interceptsSmi: boolean;
  /**
   * Whether STI with IF=0, MOV SS and POP SS block SMIs for one instruction, which the SDM leaves open (25.2:
   * "may"); and whether one in the shadow of another does so, too: only the first of several is guaranteed to
   * delay (SDM vol. 2, STI).
   */
  readonly shadows: 'none' | 'first' | 'each';
  /**
   * The length of the longest instruction in milliseconds; 0 leaves them out. WBINVD, say, takes
   * milliseconds.
   */
  readonly longestInstructionMs: number;
}

export type CoresSetting = Setting<CoresParameters, 'smmLock'>;

/** The empty history. */
export const quiet: CoreGhost = { sent: 0, retiredSince: 0, next: false, slipped: false, told: false };

const atMostTwo = (count: number): 0 | 1 | 2 => (count >= 2 ? 2 : count === 1 ? 1 : 0);
const atMostThree = (count: number): 0 | 1 | 2 | 3 => (count >= 3 ? 3 : atMostTwo(count));

/**
 * Whether the core executes code of the hypervisor, or of its guest, and can be made to do something else.
 */
export const acts = (core: Core): boolean =>
  executes(core) &&
  core.busyMs === 0 &&
  (!core.pending || core.hold !== 'none' || !core.retired || core.shadow);

/** Retires one instruction. */
export const retire = (system: Draft<CoresSystem>, index: number): void => {
  const core = system.cores[index]!;
  const ghost = system.ghosts[index]!;
  retireOne(core);
  if (!core.pending) return;
  ghost.retiredSince = atMostThree(ghost.retiredSince + 1);
  ghost.slipped ||= ghost.next;
};

/** Marks a pending SMI as due: from here on it comes before the next instruction. */
export const expectSmi = (system: Draft<CoresSystem>, index: number): void => {
  system.ghosts[index]!.next = system.cores[index]!.pending;
};

/** Counts an SMI that was sent to a core. */
export const countSmi = (system: Draft<CoresSystem>, index: number): void => {
  const ghost = system.ghosts[index]!;
  ghost.sent = atMostTwo(ghost.sent + 1);
};

/** Whether a pending SMI is taken now. */
export const due = (core: Core): boolean => executes(core) && core.pending && !isHeld(core) && !core.shadow;
