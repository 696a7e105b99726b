import type { Draft } from 'immer';
import { later, loopCycles } from './timing.ts';
import type { PioneerSetting } from './setting.ts';
import type { Pioneer, Stage, Visit } from './state.ts';

/** The record that nothing was written yet since control was gained. */
export const NOTHING_WRITTEN: Visit = { root: false, trigger: false, kernel: false, executable: false };

/**
 * Whether the adversary decides what comes next: before the challenge, and whenever it has gained control.
 */
export const inControl = ({ control, verifier }: Pioneer): boolean =>
  control === 'adversary' && verifier.phase !== 'rejected';

/** Whether the challenge has not come yet: actions then take none of the measured time. */
export const preparing = (state: Pioneer): boolean => state.stage === 'idle';

/** Whether the verifier still measures time. */
export const isTimed = ({ verifier }: Pioneer): boolean => verifier.phase === 'waiting';

/** Advances time by so many of the machine's own cycles, if the verifier measures it. */
export const spend = (draft: Draft<Pioneer>, cycles: number, setting: PioneerSetting): void => {
  if (isTimed(draft)) draft.elapsedCycles = later(draft, cycles, setting);
};

/** Stages of the chain from the loop to the executable's end: loss of control there breaks the chain. */
const CHAIN: readonly Stage[] = ['loop', 'loopEnd', 'sent', 'hashed', 'running'];

/** Gives the adversary control where the run has got to. */
export const giveControl = (draft: Draft<Pioneer>): void => {
  draft.control = 'adversary';
  draft.visit = { ...NOTHING_WRITTEN };
  if (CHAIN.includes(draft.stage)) draft.ghost.intruded = true;
};

/** Records who computed the sum, and whether sooner than the genuine loop can finish. */
export const noteSum = (
  draft: Draft<Pioneer>,
  by: Pioneer['ghost']['computedBy'],
  expectedCycles: number,
  setting: PioneerSetting,
): void => {
  draft.ghost.computedBy = by;
  draft.ghost.fast = expectedCycles < loopCycles(setting.parameters.blockMilliCycles, setting);
};
