import { actionOf, integers, oneOf, type AnyAction } from 'underwatch/model';
import { elapseTimer, nmiActive, sciActive } from '../../platform/chipset/index.ts';
import { broadcastSmi, enterSmm, isFree, latchSmi, takesSmi } from '../../platform/cores/index.ts';
import { passUs } from './clock.ts';
import { outside, pulse, undecided } from './phases.ts';
import { platformOf, propagate } from './platform.ts';
import type { HyperSentrySetting } from './setting.ts';
import type { HyperSentry } from './state.ts';

type TrustedAction = AnyAction<HyperSentry, HyperSentrySetting>;
const action = actionOf<HyperSentry, HyperSentrySetting>();

/** The actions of the hardware: the chipset's own events and the cores' entry into SMM. */
export const hardwareActions: {
  readonly timer: TrustedAction;
  readonly otherPin: TrustedAction;
  readonly sci: TrustedAction;
  readonly deliver: TrustedAction;
  readonly nmi: TrustedAction;
  readonly enter: TrustedAction;
  readonly summon: TrustedAction;
} = {
  timer: action({
    actor: 'hardware',
    says: 'a timer of the chipset elapses',
    exists: ({ parameters }) => parameters.timers.length > 0,
    choose: ({ parameters }: HyperSentrySetting) => ({ timer: oneOf(parameters.timers) }),
    when: (state, { timer }) =>
      undecided(state) && outside(state) && (timer !== 'software' || state.chipset.swTimer === 'running'),
    then: (draft, { timer }, setting) => {
      elapseTimer(draft.chipset, platformOf(setting), timer);
      propagate(draft, setting);
    },
  }),
  otherPin: action({
    actor: 'hardware',
    says: 'another GPI is pulsed by whatever is wired to it',
    exists: ({ parameters }) => parameters.otherGpis.length > 0,
    choose: ({ parameters }: HyperSentrySetting) => ({ gpi: oneOf(parameters.otherGpis) }),
    when: (state) => undecided(state) && outside(state),
    then: (draft, { gpi }, setting) => {
      pulse(draft, setting, gpi);
      propagate(draft, setting);
    },
  }),
  sci: action({
    actor: 'hardware',
    says: 'the chipset interrupts the hypervisor with an SCI for the pin',
    when: (state, _, setting) =>
      undecided(state) &&
      !state.ghost.sawTrigger &&
      state.ghost.edgeInLatch &&
      state.cores.some(isFree(state.smiMasked)) &&
      sciActive(state.chipset, platformOf(setting)) &&
      (state.chipset.GPE0_STS & state.chipset.GPE0_EN & (1 << (16 + setting.parameters.gpi))) !== 0,
    then: (draft) => {
      draft.ghost.sawTrigger = true;
    },
  }),
  deliver: action({
    actor: 'hardware',
    says: 'the SMI message reaches the cores',
    exists: ({ parameters }) => parameters.messageUs > 0,
    when: (state) => state.smiOnWayUs !== null,
    then: (draft, _, setting) => {
      // The message takes its time whether the cores use it or not.
      passUs(draft, draft.smiOnWayUs ?? 0, setting);
      draft.smiOnWayUs = null;
      broadcastSmi(draft.cores);
    },
  }),
  nmi: action({
    actor: 'hardware',
    says: 'the chipset interrupts the hypervisor with an NMI for the pin',
    when: (state) =>
      undecided(state) &&
      !state.ghost.sawTrigger &&
      state.ghost.edgeInLatch &&
      state.cores.some(isFree(state.smiMasked)) &&
      nmiActive(state.chipset),
    then: (draft) => {
      draft.ghost.sawTrigger = true;
    },
  }),
  enter: action({
    actor: 'hardware',
    says: 'a core takes the SMI that is pending for it, at an instruction boundary',
    choose: ({ parameters }: HyperSentrySetting) => ({ core: integers(0, parameters.cores - 1) }),
    when: (state, { core }) => undecided(state) && takesSmi(state.cores[core]!, state.smiMasked),
    then: (draft, { core }) => {
      enterSmm(draft.cores[core]!);
    },
  }),
  summon: action({
    actor: 'firmware',
    says: 'sends an SMI to a core that is missing from the rendezvous',
    choose: ({ parameters }: HyperSentrySetting) => ({ core: integers(0, parameters.cores - 1) }),
    when: (state, { core }) =>
      undecided(state) &&
      state.cores.some(({ mode }) => mode === 'smm') &&
      state.cores[core]!.mode === 'host' &&
      !state.cores[core]!.pending,
    then: (draft, { core }) => {
      latchSmi(draft.cores[core]!);
    },
  }),
};
