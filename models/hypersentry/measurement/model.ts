import { defineModel, integers, oneOf, type Model } from 'underwatch/model';
import { runningApic } from '../../platform/apic/index.ts';
import { runningCore, SAVE_STATE } from '../../platform/cores/index.ts';
import { agentActions } from './agent.ts';
import { handlerActions, verifierActions } from './handler.ts';
import { eventActions, fallbackAction, smiActions } from './hardware.ts';
import { coreActions, ownActions } from './hypervisor.ts';
import { invariants } from './invariants.ts';
import { apicActions } from './local-apic.ts';
import { otherCoreActions } from './other-cores.ts';
import { present } from './present.ts';
import {
  capabilities,
  defences,
  type MeasurementDefence,
  type MeasurementParameters,
  type MeasurementSetting,
} from './setting.ts';
import type { Measurement } from './state.ts';

type ActionName =
  | keyof typeof smiActions
  | keyof typeof handlerActions
  | keyof typeof fallbackAction
  | keyof typeof agentActions
  | keyof typeof eventActions
  | keyof typeof coreActions
  | keyof typeof ownActions
  | keyof typeof otherCoreActions
  | keyof typeof apicActions
  | keyof typeof verifierActions;

const actions = {
  ...fallbackAction,
  ...smiActions,
  ...handlerActions,
  ...agentActions,
  ...eventActions,
  ...coreActions,
  ...ownActions,
  ...otherCoreActions,
  ...apicActions,
  ...verifierActions,
};

const defaults: MeasurementParameters = {
  cores: 1,
  kernel: 'modified',
  debugged: false,
  processor: 'core2',
  mhz: 3000,
  pace: 'fastest',
  instructionNs: null,
  vmExitNs: null,
  vmEntryNs: null,
  scrubNs: 1000,
  boundNs: null,
  clock: 'PM timer',
  timeoutMs: 2,
  rendezvousNs: 100,
  longestInstructionMs: 0,
  measureLeastMs: 35,
  measureMostMs: 35,
  deadlineMs: null,
  forgives: 'wait-for-SIPI',
  apicWrites: [],
  overflowsEarly: true,
  acceptsHost: true,
  smiFlushesTlb: true,
  dr7Writable: SAVE_STATE.DR7.writable,
  finishesExit: 'by bytes',
};

/** Initial states with interrupts enabled and disabled: SMI#1 finds either. */
const initial = ({ parameters }: MeasurementSetting): readonly Measurement[] =>
  [true, false].map((interrupts) => ({
    core: {
      ...runningCore,
      at: 'hypervisor',
      interrupts,
      breakpoints: parameters.debugged,
      ownIdt: false,
      cr3: 'hypervisor',
      tlb: 'none',
      exit: 'none',
    },
    others: Array.from({ length: parameters.cores - 1 }, () => runningCore),
    memory: { agent: 'genuine', mapping: 'agent', gates: 'hypervisor', output: 'none' },
    vmcs: {
      entry: 'genuine',
      stopsCounter: false,
      guest: 'ordinary',
      guestInterrupts: false,
      guestBreakpoints: false,
    },
    counter: 'own',
    apic: runningApic,
    timer: false,
    kernel: parameters.kernel,
    handler: {
      phase: 'idle',
      waitedMs: 0,
      elapsedNs: 0,
      output: 'none',
      overlaps: false,
      rip: 'hypervisor',
      interrupts: false,
      breakpoints: false,
    },
    verifier: 'waiting',
    sinceMs: 0,
    ghost: {
      entries: 0,
      modifiedAtFirst: false,
      retired: 0,
      executed: 'none',
      preempted: false,
      interrupted: 'host',
      interrupts: false,
      breakpoints: false,
    },
  }));

/**
 * HyperSentry's in-context measurement: from SMI#1, interrupting guest or hypervisor anywhere, through the
 * fallback, SMI#2, the agent and SMI#3, to an output that the verifier judges. See ../README.md.
 */
export const measurement: Model<
  Measurement,
  MeasurementParameters,
  MeasurementDefence,
  ActionName,
  keyof typeof invariants
> = defineModel({
  id: 'hypersentry-measurement',
  says: "HyperSentry's in-context measurement: from an accepted SMI#1 to the stored output of the agent",
  defences,
  capabilities,
  parameters: defaults,
  accepts: {
    cores: integers(1, 16),
    kernel: oneOf(['genuine', 'modified']),
    processor: oneOf(['prescott', 'core2']),
    pace: oneOf(['fastest', 'slowest']),
    clock: oneOf(['TSC', 'PM timer']),
    finishesExit: oneOf(['by reason', 'by bytes']),
  },
  initial,
  actions,
  invariants,
  interchangeable: ['others'],
  present,
});
