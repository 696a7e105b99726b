import type { Draft } from 'immer';
import { drivePin } from '../platform/chipset/index.ts';
import { platformOf } from './platform.ts';
import type { HyperSentrySetting } from './setting.ts';
import type { HyperSentry } from './state.ts';

/** Once the verifier has decided, nothing that happens before its next request, if there is one, changes what it believes. */
export const undecided = ({ verifier }: HyperSentry): boolean =>
  verifier.phase === 'idle' || verifier.phase === 'waiting';

/** No core is in the handler. */
export const outside = (state: HyperSentry): boolean => state.handler.phase === 'outside';
/** Every core is in SMM. */
export const frozen = (state: HyperSentry): boolean => state.cores.every(({ mode }) => mode === 'smm');

/** A pulse on the BMC's pin, longer than the two clocks that the chipset needs (N19) and shorter than an instruction. */
export const pulse = (draft: Draft<HyperSentry>, setting: HyperSentrySetting, gpi: number): void => {
  const platform = platformOf(setting);
  drivePin(draft.chipset, platform, gpi, 1);
  drivePin(draft.chipset, platform, gpi, 0);
};
