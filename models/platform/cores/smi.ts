import type { Draft } from 'immer';
import type { Core, SmiPort } from './state.ts';

/** Whether the core executes instructions that are not the SMI handler's. */
export const executes = ({ mode }: SmiPort): boolean => mode === 'guest' || mode === 'host';

// Questions and effects that concern every core look at that core alone: a search may then take them all at
// once.
/** Whether nothing keeps the core from going on: no SMI is on its way to it, or the SMI is `held` back. */
export const isFree =
  (held: boolean): ((core: SmiPort) => boolean) =>
  ({ mode, pending }) =>
    (mode === 'guest' || mode === 'host') && (!pending || held);

/**
 * Whether an instruction can still retire before the SMI: one was in flight when the SMI was sent and has not
 * retired yet, or one more follows it in its shadow.
 */
export const isInFlight = ({ mode, pending, retired, shadow }: SmiPort): boolean =>
  (mode === 'guest' || mode === 'host') && pending && (!retired || shadow);

/** Whether the core can take its SMI at the next instruction boundary. */
export const takesSmi = (core: SmiPort, held: boolean): boolean =>
  executes(core) && core.pending && !held && !core.shadow;

/** Retires one instruction; the shadow of the one before ends with it. */
export const retireOne = (core: Draft<SmiPort>): void => {
  if (core.pending) core.retired = true;
  core.shadow = false;
};

/** Delivers an SMI to the core; of several that come before it is taken, one is kept. */
export const latchSmi = (core: Draft<SmiPort>): void => {
  if (core.pending) return;
  core.pending = true;
  core.retired = false;
};

/** Delivers an SMI to the core, unless it is in SMM. */
export const latchOutside = (core: Draft<SmiPort>): void => {
  if (core.mode === 'smm' || core.pending) return;
  core.pending = true;
  core.retired = false;
};

/**
 * Delivers the chipset's SMI message to every logical processor; SMIs of the local APIC reach only their
 * target (SDM 10.6.1).
 */
export const broadcastSmi = (cores: readonly Draft<SmiPort>[]): void => {
  cores.forEach(latchSmi);
};

/** Ends the holding of SMIs: a pending one is taken at the next boundary, and no instruction is in flight. */
export const releaseSmi = (core: Draft<SmiPort>): void => {
  core.retired = core.pending;
};

/** The core enters SMM. */
export const enterSmm = (core: Draft<SmiPort>): void => {
  core.mode = 'smm';
  core.pending = false;
  core.retired = false;
  core.shadow = false;
};

/** Whether the core, by itself, keeps an SMI from being taken. */
export const isHeld = ({ hold, busyMs }: Core): boolean => hold !== 'none' || busyMs > 0;

/** The core enters SMM and records its mode. */
export const enterFrom = (core: Draft<Core>): void => {
  core.resumes = core.mode === 'guest' ? 'guest' : 'host';
  enterSmm(core);
};

/**
 * RSM: back to guest or host mode. An SMI that was latched meanwhile is taken before the next instruction.
 */
export const resume = (core: Draft<Core>): void => {
  core.mode = core.resumes;
  core.retired = core.pending;
};

/** RSM of a core that is in SMM; the others are left as they are. */
export const leaveSmm = (core: Draft<Core>): void => {
  if (core.mode !== 'smm') return;
  core.mode = core.resumes;
  core.retired = core.pending;
};

/**
 * Whether the core does nothing until an SMM handler lets it: it is in SMM, or off, or its next step is to
 * enter SMM. The last is so after a SIPI with an SMI pended, which comes before the first instruction (SDM
 * vol. 3; 22.6.2: wait-for-SIPI blocks SMIs). It is a switch since a search reads its text, and a function
 * that it called could look elsewhere.
 */
export const isFrozen = ({ mode, pending, retired, shadow, hold, busyMs }: Core): boolean => {
  switch (mode) {
    case 'smm':
    case 'off':
      return true;
    case 'wait-for-SIPI':
      return pending;
    case 'guest':
    case 'host':
      return pending && retired && !shadow && hold === 'none' && busyMs === 0;
  }
};

/** A SIPI: the core starts to execute, but an SMI that was pended comes first. */
export const startUp = (core: Draft<Core>): void => {
  if (core.mode !== 'wait-for-SIPI') return;
  core.mode = 'host';
  core.retired = core.pending;
};
