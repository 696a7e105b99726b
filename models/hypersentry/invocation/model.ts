import { defineModel, integers, oneOf, type Model } from 'underwatch/model';
import { SMI_US } from '../../platform/processor/index.ts';
import { handlerActions } from './handler.ts';
import { hardwareActions } from './hardware.ts';
import { ownActions, registerActions } from './hypervisor.ts';
import { invariants } from './invariants.ts';
import { processorActions } from './powers/more-powers.ts';
import { bootedChipset } from './platform.ts';
import { PORT_ACCESS_US } from './powers/port-access.ts';
import { present } from './present.ts';
import { capabilities, defences, type Defence, type HyperSentrySetting, type Parameters } from './setting.ts';
import type { HyperSentry } from './state.ts';
import { outsideActions } from './powers/outside.ts';
import { universe } from './powers/universe.ts';

type ActionName =
  | keyof typeof outsideActions
  | keyof typeof hardwareActions
  | keyof typeof handlerActions
  | keyof typeof registerActions
  | keyof typeof ownActions
  | keyof typeof processorActions;

const defaults: Parameters = {
  cores: 1,
  gpi: 0,
  layout: 'esb2-5000p',
  behaviour: {},
  registers: {},
  kernel: 'modified',
  requests: 1,
  writes: [],
  ports: [],
  polls: ['ALT_GP_SMI_STS', 'SMI_STS', 'GPE0_STS'],
  timers: [],
  otherGpis: [],
  ignoredSmiSts: 0,
  clearedSmiEn: 0,
  synchronousSmi: false,
  followsEdge: false,
  hidesOnSight: false,
  instructionUs: PORT_ACCESS_US.usual,
  configUs: PORT_ACCESS_US.usual,
  scrubUs: 2,
  hidesInParallel: true,
  messageUs: 0,
  entryLeastUs: SMI_US.least,
  entryMostUs: SMI_US.most,
  checkInUs: 0,
  outOfBandLeastMs: 1000,
  outOfBandMostMs: 1000,
  measureLeastMs: 35,
  measureMostMs: 35,
  deadlineMs: 1100,
  promptUs: SMI_US.least + 1,
};

const initial = (setting: HyperSentrySetting): HyperSentry => ({
  chipset: bootedChipset(setting),
  device: { window: 'elsewhere', SMI_EN: 0, SMI_STS: 0, ALT_GP_SMI_EN: 0, ALT_GP_SMI_STS: 0 },
  cores: Array.from({ length: setting.parameters.cores }, () => ({
    mode: 'host' as const,
    pending: false,
    retired: false,
    shadow: false,
  })),
  smiOnWayUs: null,
  smiMasked: false,
  kernel: setting.parameters.kernel,
  handler: { phase: 'outside', output: 'none', outputSolicited: false },
  bmc: { commanded: false, watchdogArmed: false },
  verifier: { phase: 'idle', waitedMs: 0, overdue: false, left: setting.parameters.requests },
  ghost: {
    workSinceEdgeUs: null,
    ageUs: null,
    retiredSinceEdge: 0,
    edgeInLatch: false,
    modifiedAtEdge: false,
    measuredAfterEdge: false,
    edgeSent: false,
    sawTrigger: false,
  },
});

/**
 * The model of HyperSentry's stealthy invocation: verifier and BMC, the chipset between the pin and the
 * processors, the SMI handler with the check of slide 14, and the hypervisor as adversary. See README.md.
 */
export const hypersentry: Model<HyperSentry, Parameters, Defence, ActionName, keyof typeof invariants> =
  defineModel({
    id: 'hypersentry',
    says: "HyperSentry's stealthy invocation: from the BMC's pin to a measurement the verifier accepts",
    defences,
    capabilities,
    parameters: defaults,
    accepts: {
      cores: integers(1, 16),
      gpi: integers(0, 15),
      requests: integers(1, 4),
      layout: oneOf(['esb2-5000p', 'ich9', 'series6to9']),
      kernel: oneOf(['genuine', 'modified']),
    },
    universe,
    initial,
    actions: {
      ...outsideActions,
      ...hardwareActions,
      ...handlerActions,
      ...registerActions,
      ...ownActions,
      ...processorActions,
    },
    invariants,
    interchangeable: ['cores'],
    present,
  });
