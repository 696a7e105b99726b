import { actionOf, integers, oneOf, type AnyAction } from 'underwatch/model';
import { releaseSmi, resume, startUp } from './smi.ts';
import { acts, expectSmi, retire, type CoresSetting, type CoresSystem } from './system.ts';

const action = actionOf<CoresSystem, CoresSetting>();
type CoresAction = AnyAction<CoresSystem, CoresSetting>;
const eachCore = ({ parameters }: CoresSetting) => ({ core: integers(0, parameters.cores - 1) });

/** The actions of software on its own core, and the handler's RSM. */
export const software: {
  readonly [
    name in
      | 'rsm'
      | 'instruction'
      | 'shade'
      | 'longInstruction'
      | 'cross'
      | 'hold'
      | 'release'
      | 'park'
      | 'sipi'
  ]: CoresAction;
} = {
  rsm: action({
    actor: 'handler',
    says: 'RSM',
    choose: eachCore,
    when: (state, { core }) => state.cores[core]!.mode === 'smm',
    then: (draft, { core }) => {
      resume(draft.cores[core]!);
      expectSmi(draft, core);
    },
  }),
  instruction: action({
    actor: 'hypervisor',
    says: 'one instruction retires, in the hypervisor or in its guest',
    choose: eachCore,
    when: (state, { core }) => acts(state.cores[core]!),
    then: (draft, { core }) => retire(draft, core),
  }),
  shade: action({
    actor: 'hypervisor',
    says: 'executes STI with IF=0, MOV SS or POP SS',
    needs: 'shadow',
    exists: ({ parameters }) => parameters.shadows !== 'none',
    choose: eachCore,
    when: (state, { core }, { parameters }) =>
      acts(state.cores[core]!) && (parameters.shadows === 'each' || !state.cores[core]!.shadow),
    then: (draft, { core }) => {
      retire(draft, core);
      draft.cores[core]!.shadow = true;
    },
  }),
  longInstruction: action({
    actor: 'hypervisor',
    says: 'begins an instruction that takes long, and lets no interrupt in before its end',
    needs: 'longInstruction',
    exists: ({ parameters }) => parameters.longestInstructionMs > 0,
    choose: eachCore,
    when: (state, { core }) => acts(state.cores[core]!),
    then: (draft, { core }, { parameters }) => {
      draft.cores[core]!.busyMs = parameters.longestInstructionMs;
    },
  }),
  cross: action({
    actor: 'hypervisor',
    says: 'VM entry, or VM exit',
    choose: ({ parameters }: CoresSetting) => ({
      core: integers(0, parameters.cores - 1),
      to: oneOf(['guest', 'host']),
    }),
    when: (state, { core, to }) => acts(state.cores[core]!) && state.cores[core]!.mode !== to,
    then: (draft, { core, to }) => {
      draft.cores[core]!.mode = to;
      retire(draft, core);
    },
  }),
  hold: action({
    actor: 'hypervisor',
    says: 'has a core hold SMIs pending: CLGI, or left as GETSEC[SENTER] has it',
    needs: 'hold',
    choose: ({ parameters }: CoresSetting) => ({
      core: integers(0, parameters.cores - 1),
      by: oneOf(['GIF=0', 'post-SENTER']),
    }),
    when: (state, { core }) =>
      acts(state.cores[core]!) && state.cores[core]!.mode === 'host' && state.cores[core]!.hold === 'none',
    then: (draft, { core, by }) => {
      draft.cores[core]!.hold = by;
      retire(draft, core);
    },
  }),
  release: action({
    actor: 'hypervisor',
    says: 'STGI, or GETSEC[SMCTRL]: SMIs are taken again, a pending one at once',
    choose: eachCore,
    when: (state, { core }) =>
      acts(state.cores[core]!) && state.cores[core]!.mode === 'host' && state.cores[core]!.hold !== 'none',
    then: (draft, { core }) => {
      draft.cores[core]!.hold = 'none';
      releaseSmi(draft.cores[core]!);
      expectSmi(draft, core);
    },
  }),
  park: action({
    actor: 'hypervisor',
    says: 'leaves a core in wait-for-SIPI: INIT, or a VM entry with that activity state',
    needs: 'park',
    choose: eachCore,
    when: (state, { core }) => acts(state.cores[core]!) && state.cores[core]!.hold === 'none',
    then: (draft, { core }) => {
      retire(draft, core);
      draft.cores[core]!.mode = 'wait-for-SIPI';
    },
  }),
  sipi: action({
    actor: 'hypervisor',
    says: 'another core, or a chipset, sends a SIPI',
    needs: 'park',
    choose: eachCore,
    when: (state, { core }) => state.cores[core]!.mode === 'wait-for-SIPI',
    then: (draft, { core }) => {
      startUp(draft.cores[core]!);
      expectSmi(draft, core);
    },
  }),
};
