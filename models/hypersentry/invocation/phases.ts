import type { Draft } from 'immer';
import { drivePin } from '../../platform/chipset/index.ts';
import { isFree, isInFlight } from '../../platform/cores/index.ts';
import { platformOf } from './platform.ts';
import type { HyperSentrySetting } from './setting.ts';
import type { Core, HyperSentry } from './state.ts';

/**
 * Whether events still matter: after a decision nothing before the next request changes the verifier's
 * belief.
 */
export const undecided = ({ verifier }: HyperSentry): boolean =>
  verifier.phase === 'idle' || verifier.phase === 'waiting';

/** Whether no core is in the handler. */
export const outside = (state: HyperSentry): boolean => state.handler.phase === 'outside';
/** Whether every core is in SMM. */
export const frozen = (state: HyperSentry): boolean => state.cores.every(({ mode }) => mode === 'smm');

/**
 * A pulse on the BMC's pin, longer than the two clocks that the chipset needs (N19) and shorter than an
 * instruction.
 */
export const pulse = (draft: Draft<HyperSentry>, setting: HyperSentrySetting, gpi: number): void => {
  const platform = platformOf(setting);
  drivePin(draft.chipset, platform, gpi, 1);
  drivePin(draft.chipset, platform, gpi, 0);
};

/** Whether the core runs hypervisor code and no SMI is on its way to it, or its SMIs are held back. */
export const freeCore = <C extends Core>({
  cores,
  smiMasked,
}: {
  readonly cores: readonly C[];
  readonly smiMasked: boolean;
}): C | undefined => cores.find(isFree(smiMasked));

/** Whether the core has one instruction in flight, which still retires although an SMI is pending. */
export const coreInFlight = <C extends Core>({ cores }: { readonly cores: readonly C[] }): C | undefined =>
  cores.find(isInFlight);

/** Whether the hypervisor can go on: a core is free, and no SMI message arrives this instant. */
export const runs = (state: HyperSentry): boolean =>
  undecided(state) && state.smiOnWayUs !== 0 && freeCore(state) !== undefined;

/** Whether one more instruction can retire: on a free core, or the one in flight when the SMI was sent. */
export const retires = (state: HyperSentry): boolean =>
  runs(state) || (undecided(state) && coreInFlight(state) !== undefined);
