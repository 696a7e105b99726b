import type { Draft } from 'immer';
import { later, loopCycles } from './timing.ts';
import type { PioneerSetting } from './setting.ts';
import type { Pioneer, Stage, Visit } from './state.ts';

/** Nothing was written yet since control was gained. */
export const NOTHING_WRITTEN: Visit = { root: false, trigger: false, kernel: false, executable: false };

/** The adversary decides what comes next: before the challenge, and whenever he has got control. */
export const inControl = ({ control, verifier }: Pioneer): boolean =>
  control === 'adversary' && verifier.phase !== 'rejected';

/** Before the challenge: what is done there takes none of the time that is measured. */
export const preparing = (state: Pioneer): boolean => state.stage === 'idle';

/** Whether the verifier still measures time. */
export const isTimed = ({ verifier }: Pioneer): boolean => verifier.phase === 'waiting';

/** Lets so many of the machine's own cycles pass, if somebody counts them. */
export const spend = (draft: Draft<Pioneer>, cycles: number, setting: PioneerSetting): void => {
  if (isTimed(draft)) draft.elapsedCycles = later(draft, cycles, setting);
};

/**
 * What takes control away after the loop, and before the executable has ended, breaks the chain between them.
 */
const CHAIN: readonly Stage[] = ['loop', 'loopEnd', 'sent', 'hashed', 'running'];

/** The adversary gets control where the run has come to. */
export const giveControl = (draft: Draft<Pioneer>): void => {
  draft.control = 'adversary';
  draft.visit = { ...NOTHING_WRITTEN };
  if (CHAIN.includes(draft.stage)) draft.ghost.intruded = true;
};

/** Notes by whom the sum was computed, and whether sooner than the genuine loop can be through. */
export const noteSum = (
  draft: Draft<Pioneer>,
  by: Pioneer['ghost']['computedBy'],
  expectedCycles: number,
  setting: PioneerSetting,
): void => {
  draft.ghost.computedBy = by;
  draft.ghost.fast = expectedCycles < loopCycles(setting.parameters.blockMilliCycles, setting);
};
