import { actionOf, integers, type AnyAction } from 'underwatch/model';
import { isInFlight, releaseSmi, startUp } from '../../platform/cores/index.ts';
import { retires, roams, spend, undecided } from './machine.ts';
import type { MeasurementSetting } from './setting.ts';
import { timesOf } from './times.ts';
import type { Measurement } from './state.ts';

type HypervisorAction = AnyAction<Measurement, MeasurementSetting>;
const action = actionOf<Measurement, MeasurementSetting>();

const eachOther = ({ parameters }: MeasurementSetting) => ({ core: integers(0, parameters.cores - 2) });
const hasOthers = ({ parameters }: MeasurementSetting): boolean => parameters.cores > 1;

/** The hypervisor's actions to keep another core out of SMM. */
export const otherCoreActions: {
  readonly [name in 'park' | 'sipi' | 'hold' | 'release' | 'longInstruction']: HypervisorAction;
} = {
  park: action({
    actor: 'hypervisor',
    says: 'leaves another core in wait-for-SIPI',
    needs: 'park',
    exists: hasOthers,
    choose: eachOther,
    when: (state, { core }) =>
      undecided(state) && roams(state.others[core]!) && state.others[core]!.hold === 'none',
    then: (draft, { core }) => {
      draft.others[core]!.mode = 'wait-for-SIPI';
    },
  }),
  sipi: action({
    actor: 'hypervisor',
    says: 'starts a parked core again',
    needs: 'park',
    exists: hasOthers,
    choose: eachOther,
    when: (state, { core }) => retires(state) && state.others[core]!.mode === 'wait-for-SIPI',
    then: (draft, { core }, setting) => {
      spend(draft, timesOf(setting).instructionNs, setting);
      startUp(draft.others[core]!);
    },
  }),
  hold: action({
    actor: 'hypervisor',
    says: 'has another core hold SMIs pending',
    needs: 'hold',
    exists: hasOthers,
    choose: eachOther,
    // The instruction in flight may be the very one that begins to hold SMIs back.
    when: (state, { core }) =>
      undecided(state) &&
      state.others[core]!.hold === 'none' &&
      (roams(state.others[core]!) ||
        (isInFlight(state.others[core]!) && state.others[core]!.mode === 'host')),
    then: (draft, { core }) => {
      draft.others[core]!.retired = draft.others[core]!.pending;
      draft.others[core]!.hold = 'GIF=0';
    },
  }),
  release: action({
    actor: 'hypervisor',
    says: 'has that core take SMIs again',
    needs: 'hold',
    exists: hasOthers,
    choose: eachOther,
    when: (state, { core }) =>
      undecided(state) && roams(state.others[core]!) && state.others[core]!.hold !== 'none',
    then: (draft, { core }) => {
      draft.others[core]!.hold = 'none';
      releaseSmi(draft.others[core]!);
    },
  }),
  longInstruction: action({
    actor: 'hypervisor',
    says: 'has another core begin an instruction that takes milliseconds',
    needs: 'longInstruction',
    exists: (setting) => hasOthers(setting) && setting.parameters.longestInstructionMs > 0,
    choose: eachOther,
    when: (state, { core }) =>
      undecided(state) && state.handler.phase === 'idle' && !state.core.pending && roams(state.others[core]!),
    then: (draft, { core }, { parameters }) => {
      draft.others[core]!.busyMs = parameters.longestInstructionMs;
    },
  }),
};
