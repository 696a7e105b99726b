import { actionOf, integers, type AnyAction } from 'underwatch/model';
import { enterFrom, executes, latchSmi } from './smi.ts';
import { countSmi, due, quiet, retire, type CoresSetting, type CoresSystem } from './system.ts';

const action = actionOf<CoresSystem, CoresSetting>();
type CoresAction = AnyAction<CoresSystem, CoresSetting>;
const eachCore = ({ parameters }: CoresSetting) => ({ core: integers(0, parameters.cores - 1) });

/** The platform's actions on cores, whatever runs on them. */
export const hardware: {
  readonly [
    name in 'broadcast' | 'deliver' | 'enter' | 'intercept' | 'interrupt' | 'take' | 'passes'
  ]: CoresAction;
} = {
  broadcast: action({
    actor: 'chipset',
    says: 'sends an SMI, which reaches every core',
    then: (draft) =>
      draft.cores.forEach((core, index) => {
        latchSmi(core);
        countSmi(draft, index);
      }),
  }),
  deliver: action({
    actor: 'apic',
    says: 'an SMI of a local APIC (ICR or LVT, delivery mode 010) reaches one core',
    choose: eachCore,
    then: (draft, { core }) => {
      latchSmi(draft.cores[core]!);
      countSmi(draft, core);
    },
  }),
  enter: action({
    actor: 'hardware',
    says: 'a core takes its SMI, at an instruction boundary',
    choose: eachCore,
    when: (state, { core }) => due(state.cores[core]!),
    then: (draft, { core }) => {
      enterFrom(draft.cores[core]!);
      draft.ghosts[core] = quiet;
    },
  }),
  intercept: action({
    actor: 'hardware',
    says: '#VMEXIT(SMI): the SMI stays pending, GIF becomes 0, and the hypervisor is entered',
    exists: ({ parameters }) => parameters.interceptsSmi,
    choose: eachCore,
    when: (state, { core }, { defends }) =>
      !defends('smmLock') && state.cores[core]!.mode === 'guest' && due(state.cores[core]!),
    then: (draft, { core }) => {
      draft.cores[core]!.mode = 'host';
      draft.cores[core]!.hold = 'GIF=0';
      draft.ghosts[core]!.told = true;
    },
  }),
  interrupt: action({
    actor: 'hardware',
    says: 'an NMI reaches a core, and is latched',
    choose: eachCore,
    when: (state, { core }) => !state.cores[core]!.nmi && state.cores[core]!.mode !== 'wait-for-SIPI',
    then: (draft, { core }) => {
      draft.cores[core]!.nmi = true;
    },
  }),
  take: action({
    actor: 'hardware',
    says: 'a core takes its NMI, unless an SMI comes first',
    choose: eachCore,
    when: (state, { core }) =>
      state.cores[core]!.nmi && executes(state.cores[core]!) && !due(state.cores[core]!),
    then: (draft, { core }) => {
      draft.cores[core]!.nmi = false;
    },
  }),
  passes: action({
    actor: 'time',
    says: 'a millisecond of the instruction in flight passes',
    choose: eachCore,
    when: (state, { core }) => state.cores[core]!.busyMs > 0,
    then: (draft, { core }) => {
      const self = draft.cores[core]!;
      self.busyMs -= 1;
      if (self.busyMs === 0) retire(draft, core);
    },
  }),
};
