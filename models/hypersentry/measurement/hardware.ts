import { match } from 'ts-pattern';
import { actionOf, integers, oneOf, type AnyAction } from 'underwatch/model';
import {
  broadcastSmi,
  enterFrom,
  isHeld,
  isInFlight,
  latchOutside,
  latchSmi,
  takesSmi,
} from '../../platform/cores/index.ts';
import { STORES } from './hypervisor.ts';
import { signalOverflow } from './local-apic.ts';
import { exitGuest, goesOn, inAgent, pass, undecided, vector } from './machine.ts';
import type { MeasurementSetting } from './setting.ts';
import { timesOf } from './times.ts';
import type { Measurement, Phase } from './state.ts';

type HardwareAction = AnyAction<Measurement, MeasurementSetting>;
const action = actionOf<Measurement, MeasurementSetting>();

/**
 * Phases in which something from outside can come between: after SMI#1 froze the machine, before it is
 * released.
 */
const BETWEEN: readonly Phase[] = ['armed', 'checking', 'running', 'storing'];
const between = (state: Measurement): boolean => undecided(state) && BETWEEN.includes(state.handler.phase);

/** Which of the three SMIs the measuring core is in, once it has entered SMM. */
const entered = (phase: Phase): Phase =>
  match(phase)
    .with('idle', () => 'gathering' as const)
    .with('armed', () => 'checking' as const)
    .with('running', () => 'storing' as const)
    .with('gathering', 'checking', 'storing', 'done', (same) => same)
    .exhaustive();

/** The sources of SMIs, and the cores' entry into SMM. */
export const smiActions: {
  readonly [name in 'trigger' | 'enter' | 'enterOther' | 'passes' | 'overflow' | 'elapse']: HardwareAction;
} = {
  trigger: action({
    actor: 'chipset',
    says: 'SMI#1, the one that the handler accepts as the trigger, reaches every core',
    when: ({ handler, core }) => handler.phase === 'idle' && !core.pending,
    then: (draft) => {
      latchSmi(draft.core);
      broadcastSmi(draft.others);
      draft.ghost.modifiedAtFirst = draft.kernel === 'modified';
      draft.ghost.interrupted = draft.core.mode === 'guest' ? 'guest' : 'host';
    },
  }),
  enter: action({
    actor: 'hardware',
    says: 'the measuring core enters SMM at an instruction boundary',
    when: (state) => undecided(state) && takesSmi(state.core, false),
    then: (draft, _, { parameters }) => {
      enterFrom(draft.core);
      draft.handler.phase = entered(draft.handler.phase);
      draft.ghost.entries = Math.min(4, draft.ghost.entries + 1);
      if (draft.handler.phase === 'gathering') {
        draft.ghost.interrupts = draft.core.interrupts;
        draft.ghost.breakpoints = draft.core.breakpoints;
      }
      if (parameters.smiFlushesTlb) draft.core.tlb = 'none';
    },
  }),
  enterOther: action({
    actor: 'hardware',
    says: 'another core enters SMM',
    exists: ({ parameters }) => parameters.cores > 1,
    choose: ({ parameters }: MeasurementSetting) => ({ core: integers(0, parameters.cores - 2) }),
    when: (state, { core }) =>
      undecided(state) &&
      state.handler.phase !== 'done' &&
      takesSmi(state.others[core]!, isHeld(state.others[core]!)),
    then: (draft, { core }) => enterFrom(draft.others[core]!),
  }),
  passes: action({
    actor: 'time',
    says: 'the long instruction of a core that the handler did not wait for comes to its end',
    exists: ({ parameters }) => parameters.longestInstructionMs > 0,
    when: (state) => between(state) && state.others.some(({ busyMs }) => busyMs > 0),
    then: (draft) => {
      draft.others.forEach((other) => {
        other.busyMs = 0;
      });
    },
  }),
  overflow: action({
    actor: 'hardware',
    says: 'a fetch misses, the counter overflows, the local APIC does what its LVT entry says',
    // The injected instruction is fetched from memory as well; whether that counts depends on the preset.
    when: (state, _, { parameters }) =>
      undecided(state) &&
      state.counter === 'armed' &&
      goesOn(state) &&
      !(state.core.mode === 'guest' && state.core.at === 'injected' && !parameters.overflowsEarly),
    then: (draft) => {
      signalOverflow(draft);
      draft.counter = 'stopped';
    },
  }),
  elapse: action({
    actor: 'hardware',
    says: 'the source of SMIs that the hypervisor armed goes off',
    when: (state) => state.timer && between(state),
    then: (draft) => {
      draft.timer = false;
      latchSmi(draft.core);
      draft.others.forEach(latchOutside);
    },
  }),
};

/** The events that reach the measuring core, or main memory, from outside the core. */
export const eventActions: {
  readonly [
    name in 'deviceNmi' | 'takeNmi' | 'interrupt' | 'breakpoint' | 'dma' | 'dmaKernel'
  ]: HardwareAction;
} = {
  deviceNmi: action({
    actor: 'device',
    says: 'raises an NMI, which a core in SMM latches',
    needs: 'deviceNmi',
    when: (state) => between(state) && !state.core.nmi,
    then: (draft) => {
      draft.core.nmi = true;
    },
  }),
  takeNmi: action({
    actor: 'hardware',
    says: 'the measuring core takes the NMI, before its next instruction',
    when: (state) => undecided(state) && state.core.nmi && goesOn(state),
    then: (draft, _, setting) => {
      draft.core.nmi = false;
      if (draft.core.mode === 'guest') exitGuest(draft, 'event', setting);
      else vector(draft);
    },
  }),
  interrupt: action({
    actor: 'device',
    says: 'interrupts the measuring core, which has IF = 1',
    needs: 'interrupts',
    when: (state) => between(state) && goesOn(state) && !state.core.nmi && state.core.interrupts,
    then: (draft, _, setting) => {
      if (draft.core.mode === 'guest') exitGuest(draft, 'event', setting);
      else {
        draft.core.interrupts = false;
        vector(draft);
      }
    },
  }),
  breakpoint: action({
    actor: 'hardware',
    says: '#DB: an address in the debug registers, or DR7.GD before the agent can clear it',
    needs: 'dr7',
    when: (state) =>
      undecided(state) &&
      goesOn(state) &&
      !state.core.nmi &&
      state.core.breakpoints &&
      inAgent(state) &&
      state.core.mode === 'host',
    then: (draft) => {
      draft.core.breakpoints = false;
      vector(draft);
    },
  }),
  dma: action({
    actor: 'device',
    says: 'writes memory by DMA',
    needs: 'dma',
    choose: { write: oneOf(STORES) },
    when: (state, { write }) => between(state) && state.memory[write.to] !== write.value,
    // Remapping hardware that finds no translation for the device drops the write and notes a fault (VT-d,
    // FSTS.PPF).
    then: (draft, { write }, { defends }) => {
      if (!defends('blockDma')) Object.assign(draft.memory, { [write.to]: write.value });
    },
  }),
  dmaKernel: action({
    actor: 'device',
    says: "overwrites the modification with the hypervisor's genuine bytes by DMA",
    needs: 'dma',
    when: (state) => between(state) && state.kernel === 'modified',
    then: (draft, _, { defends }) => {
      if (!defends('blockDma')) draft.kernel = 'hidden';
    },
  }),
};

/** The injected instruction: a VM exit in a guest; in the hypervisor it just executes. */
export const fallbackAction: { readonly fallBack: HardwareAction } = {
  fallBack: action({
    actor: 'hardware',
    says: 'the injected instruction is executed',
    when: (state) =>
      undecided(state) &&
      (goesOn(state) || isInFlight(state.core)) &&
      (!state.core.nmi || state.core.pending) &&
      state.handler.phase === 'armed' &&
      state.core.at === 'injected',
    then: (draft, _, setting) => {
      draft.core.retired = draft.core.pending;
      if (draft.core.mode === 'guest') exitGuest(draft, 'fallback', setting);
      else {
        draft.core.at = 'behind';
        pass(draft, timesOf(setting).instructionNs, setting);
      }
    },
  }),
};
