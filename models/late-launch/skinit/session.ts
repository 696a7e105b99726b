import type { Draft } from 'immer';
import { releaseSmi, startUp } from '../../platform/cores/index.ts';
import { chain, extendPcr, hashSequence, ZERO } from '../../platform/tpm/localities.ts';
import type { Expected } from '../verifier.ts';
import type { SkinitSetting } from './setting.ts';
import type { Frame, Skinit } from './state.ts';

/**
 * PCR 17 after the genuine loader was launched and has measured the genuine kernel: what secrets are sealed
 * to.
 */
export const SEALED_TO: string = chain(ZERO, 'SL', 'SK');

/** What the session extends PCR 17 with at its end: nothing can be unsealed, or added unseen, any more. */
export const resultOf = (hasNonce: boolean, { defends }: SkinitSetting): string => {
  if (!defends('nonceInPcr17')) return 'result';
  return hasNonce ? 'result, n' : 'result, no nonce';
};

/** The registers that the verifier wants to see. */
export const expected = (setting: SkinitSetting): Expected => ({
  pcr0: chain(ZERO, 'firmware'),
  pcr17: chain(SEALED_TO, resultOf(true, setting)),
});

/** Beginnings of what somebody wants to see in PCR 17, and in PCR 0. */
const wanted = (setting: SkinitSetting): readonly string[] => [
  chain(ZERO, 'SL'),
  SEALED_TO,
  expected(setting).pcr17,
];

/** PCR 17 is extended. */
export const extend17 = (draft: Draft<Skinit>, value: string, setting: SkinitSetting): void => {
  draft.tpm.pcr17 = extendPcr(draft.tpm.pcr17, value, wanted(setting));
};

/** PCR 0 is extended. */
export const extend0 = (draft: Draft<Skinit>, value: string, setting: SkinitSetting): void => {
  draft.tpm.pcr0 = extendPcr(draft.tpm.pcr0, value, [expected(setting).pcr0]);
};

/** Locality 4 measures a loader. */
export const hashLoader = (draft: Draft<Skinit>, value: string, setting: SkinitSetting): void =>
  hashSequence(draft.tpm, value, wanted(setting));

/** The code that the boot processor executes in a session is the adversary's. */
const isTaken = ({ runs, executes, memory }: Skinit): boolean =>
  (runs !== 'kernel' && executes === 'other code') ||
  (runs === 'SL' && memory.image === 'altered') ||
  (runs === 'SK' && memory.kernel === 'altered');

/** Whether some processor executes code of the adversary's: the boot processor, the other one, or SMM. */
export const adversaryExecutes = (state: Skinit, { defends }: SkinitSetting): boolean =>
  (state.bsp.mode === 'host' && (state.runs === 'kernel' || isTaken(state))) ||
  (state.bsp.mode === 'smm' && state.smm === 'adversary' && !defends('smmIsolated')) ||
  (state.ap.mode === 'host' && state.apRuns === 'adversary');

/** Whether a device reaches a frame. */
export const deviceReaches = (
  { slDev, iommu, runs }: Skinit,
  frame: Frame,
  setting: SkinitSetting,
): boolean => {
  if (iommu === 'blocks') return false;
  if (frame === 'image' || frame === 'scratch') return !slDev;
  return frame !== 'tables' || runs === 'kernel' || !setting.defends('tablesProtected');
};

/**
 * The boot processor goes back to the kernel that launched, and everything that protected the session ends.
 */
const giveBack = (draft: Draft<Skinit>): void => {
  draft.runs = 'kernel';
  draft.executes = 'what was measured';
  draft.slDev = false;
  draft.iommu = 'off';
  draft.rInit = false;
  draft.tablesBuilt = false;
  draft.kernelMeasured = false;
  draft.bsp.hold = 'none';
  releaseSmi(draft.bsp);
  startUp(draft.ap);
  draft.ap.hold = 'none';
  draft.apRuns = 'adversary';
};

/** The session erases its secret and caps PCR 17; only then it gives the machine back. */
export const endSession = (draft: Draft<Skinit>, value: string, setting: SkinitSetting): void => {
  draft.secret = 'sealed';
  extend17(draft, value, setting);
  giveBack(draft);
};

/**
 * The adversary has the boot processor without the session having ended: nothing is erased, nothing capped.
 */
export const seize = (draft: Draft<Skinit>): void => {
  draft.runs = 'kernel';
  draft.executes = 'what was measured';
  draft.bsp.hold = 'none';
  releaseSmi(draft.bsp);
};

/**
 * PCR 0 after a boot: firmware that is altered measures itself, as the static root of trust does with any.
 */
export const bootedPcr0 = (setting: SkinitSetting): string =>
  extendPcr(ZERO, setting.parameters.firmware === 'genuine' ? 'firmware' : 'other firmware', [
    expected(setting).pcr0,
  ]);
