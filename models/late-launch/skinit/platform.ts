import { actionOf, type AnyAction } from 'underwatch/model';
import { enterFrom, isHeld, latchSmi, resume, takesSmi } from '../../platform/cores/index.ts';
import { passes } from '../verifier.ts';
import { endSession, expected, seize } from './session.ts';
import type { SkinitSetting } from './setting.ts';
import type { Skinit } from './state.ts';

type PlatformAction = AnyAction<Skinit, SkinitSetting>;
const action = actionOf<Skinit, SkinitSetting>();

/** The actions that reach the boot processor from outside, and those of the verifier. */
export const platformActions: {
  readonly [
    name in 'smi' | 'enterSmm' | 'rsm' | 'sendInit' | 'takeInit' | 'challenge' | 'judge'
  ]: PlatformAction;
} = {
  smi: action({
    actor: 'chipset',
    says: 'sends an SMI',
    needs: 'smi',
    // One that comes before SKINIT is taken before it, or stays pending as one does that comes after it.
    when: ({ bsp, runs }) => runs !== 'kernel' && bsp.mode === 'host' && !bsp.pending,
    then: (draft) => {
      latchSmi(draft.bsp);
    },
  }),
  enterSmm: action({
    actor: 'hardware',
    says: 'the boot processor enters SMM',
    when: ({ bsp }) => takesSmi(bsp, isHeld(bsp)),
    then: (draft) => {
      enterFrom(draft.bsp);
    },
  }),
  rsm: action({
    actor: 'SMI handler',
    says: 'RSM: back to where the SMI came',
    when: ({ bsp }) => bsp.mode === 'smm',
    then: (draft) => {
      resume(draft.bsp);
    },
  }),
  sendInit: action({
    actor: 'device',
    says: 'sends an INIT',
    needs: 'init',
    when: ({ runs, initPending }) => runs !== 'kernel' && !initPending,
    then: (draft) => {
      draft.initPending = true;
    },
  }),
  takeInit: action({
    actor: 'hardware',
    says: 'the boot processor takes the INIT: by #SX, or by a restart in the firmware',
    when: ({ bsp, initPending }) => initPending && bsp.mode === 'host' && bsp.hold === 'none',
    then: (draft, _, setting) => {
      draft.initPending = false;
      if (draft.runs === 'kernel') return;
      if (draft.rInit) endSession(draft, 'ended by INIT', setting);
      else seize(draft);
    },
  }),
  challenge: action({
    actor: 'verifier',
    says: 'asks for a quote, with a nonce',
    when: ({ verifier }) => verifier === 'idle',
    then: (draft) => {
      draft.verifier = 'challenged';
    },
  }),
  judge: action({
    actor: 'verifier',
    says: 'judges the quote',
    when: ({ verifier, answer }) => verifier === 'challenged' && answer !== null,
    then: (draft, _, setting) => {
      if (passes(draft.answer!, expected(setting), setting.defends)) draft.verifier = 'accepted';
      else draft.answer = null;
    },
  }),
};
