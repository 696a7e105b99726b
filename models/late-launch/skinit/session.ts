import type { Draft } from 'immer';
import { releaseSmi, startUp } from '../../platform/cores/index.ts';
import { chain, extendPcr, hashSequence, ZERO } from '../../platform/tpm/localities.ts';
import type { Expected } from '../verifier.ts';
import type { SkinitSetting } from './setting.ts';
import type { Frame, Skinit } from './state.ts';

/**
 * PCR 17 after the genuine loader was launched and has measured the genuine kernel: secrets are sealed to it.
 */
export const SEALED_TO: string = chain(ZERO, 'SL', 'SK');

/** The last extend of PCR 17 in a session: after it nothing can be unsealed, or added unseen, any more. */
export const resultOf = (hasNonce: boolean, { defends }: SkinitSetting): string => {
  if (!defends('nonceInPcr17')) return 'result';
  return hasNonce ? 'result, n' : 'result, no nonce';
};

/** The register values that the verifier wants to see. */
export const expected = (setting: SkinitSetting): Expected => ({
  pcr0: chain(ZERO, 'firmware'),
  pcr17: chain(SEALED_TO, resultOf(true, setting)),
});

/** Beginnings of the chains that somebody wants to see in PCR 17, and in PCR 0. */
const wanted = (setting: SkinitSetting): readonly string[] => [
  chain(ZERO, 'SL'),
  SEALED_TO,
  expected(setting).pcr17,
];

/** Extends PCR 17. */
export const extend17 = (draft: Draft<Skinit>, value: string, setting: SkinitSetting): void => {
  draft.tpm.pcr17 = extendPcr(draft.tpm.pcr17, value, wanted(setting));
};

/** Extends PCR 0. */
export const extend0 = (draft: Draft<Skinit>, value: string, setting: SkinitSetting): void => {
  draft.tpm.pcr0 = extendPcr(draft.tpm.pcr0, value, [expected(setting).pcr0]);
};

/** Measures a loader by locality 4. */
export const hashLoader = (draft: Draft<Skinit>, value: string, setting: SkinitSetting): void =>
  hashSequence(draft.tpm, value, wanted(setting));

/** Whether the boot processor executes the adversary's code in a session. */
const isTaken = ({ runs, executes, memory }: Skinit): boolean =>
  (runs !== 'kernel' && executes === 'other code') ||
  (runs === 'SL' && memory.image === 'altered') ||
  (runs === 'SK' && memory.kernel === 'altered');

/** Whether some processor executes the adversary's code: the boot processor, the other one, or SMM. */
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

/** Gives the boot processor back to the kernel that launched; all protection of the session ends. */
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

/** Ends the session: it erases its secret and caps PCR 17, and only then gives the machine back. */
export const endSession = (draft: Draft<Skinit>, value: string, setting: SkinitSetting): void => {
  draft.secret = 'sealed';
  extend17(draft, value, setting);
  giveBack(draft);
};

/** Takes the boot processor from a session that has not ended: nothing is erased, nothing capped. */
export const seize = (draft: Draft<Skinit>): void => {
  draft.runs = 'kernel';
  draft.executes = 'what was measured';
  draft.bsp.hold = 'none';
  releaseSmi(draft.bsp);
};

/**
 * PCR 0 after a boot. Altered firmware measures itself, as the static root of trust does with any firmware.
 */
export const bootedPcr0 = (setting: SkinitSetting): string =>
  extendPcr(ZERO, setting.parameters.firmware === 'genuine' ? 'firmware' : 'other firmware', [
    expected(setting).pcr0,
  ]);
