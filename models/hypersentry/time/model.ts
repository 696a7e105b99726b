import {
  actionOf,
  defineModel,
  oneOf,
  type AnyAction,
  type Invariant,
  type Model,
  type Setting,
} from 'underwatch/model';
import { EXIT, FLUSH, hashUs, pagesUs, REFILL, SLIDE_LOSS_US, SMI, type CostUs } from './costs.ts';
import { SLIDE_18 } from './slide-18.ts';

/** One measurement in operation, step by step; all times in whole microseconds. */
export interface Schedule {
  readonly phase:
    | 'requested'
    | 'asserted'
    | 'entered'
    | 'prepared'
    | 'verified'
    | 'measured'
    | 'answered'
    | 'resumed';
  /** Time since the request. */
  readonly elapsedUs: number;
  /** Work that the machine lost: while it was frozen, and then while its caches were cold. */
  readonly lostUs: number;
}

export interface ScheduleParameters {
  /** The measurement agent, which SMI#2 hashes, and the pages of the hypervisor that it hashes itself. */
  readonly agentBytes: number;
  readonly pages: number;
  /** The time from the request to the BMC's edge, over the management network. */
  readonly outOfBandLeastUs: number;
  readonly outOfBandMostUs: number;
  /** Cores that check in one after the other in each SMI, and the most that each further one adds. */
  readonly cores: number;
  readonly checkInMostUs: number;
  /** How long an instruction in flight may keep a core out of SMM. */
  readonly longestInstructionUs: number;
  /** The time after a rejected trigger until the verifier asks again. */
  readonly retryUs: number;
  /** The verifier's limit, and the time to be explained: slide 18's 35 ms. */
  readonly allowedUs: number;
  /** The further cost of each measurement to the machine, if any. */
  readonly otherLossUs: number;
}

type ScheduleSetting = Setting<ScheduleParameters, never>;
type ScheduleAction = AnyAction<Schedule, ScheduleSetting>;
type ScheduleInvariant = Invariant<Schedule, ScheduleSetting>;
const action = actionOf<Schedule, ScheduleSetting>();

const defaults: ScheduleParameters = {
  agentBytes: 65_536,
  pages: 256,
  outOfBandLeastUs: 0,
  outOfBandMostUs: 0,
  cores: 1,
  checkInMostUs: 0,
  longestInstructionUs: 0,
  retryUs: 1_000_000,
  allowedUs: SLIDE_18.measureUs,
  otherLossUs: 0,
};

const sum = (...costs: readonly CostUs[]): CostUs => ({
  least: costs.reduce((us, { least }) => us + least, 0),
  most: costs.reduce((us, { most }) => us + most, 0),
});

/** A step from one phase to the next, which takes the least or the most that its sources allow. */
const step = (
  actor: string,
  says: string,
  from: Schedule['phase'],
  to: Schedule['phase'],
  costOf: (parameters: ScheduleParameters) => CostUs,
): ScheduleAction =>
  action({
    actor,
    says,
    choose: ({ parameters }: ScheduleSetting) => {
      const { least, most } = costOf(parameters);
      return { tookUs: oneOf([...new Set([least, most])]) };
    },
    when: ({ phase }) => phase === from,
    then: (draft, { tookUs }) => {
      draft.phase = to;
      // The machine goes on while a request is on its way.
      if (to !== 'asserted') draft.lostUs += tookUs;
      // Once it is answered nobody waits any more.
      if (to !== 'resumed') draft.elapsedUs += tookUs;
    },
  });

/** The steps of an SMI, until the last core has checked in. */
const smiOf = ({ cores, checkInMostUs }: ScheduleParameters): CostUs =>
  sum(SMI, { least: 0, most: (cores - 1) * checkInMostUs });

type ActionName = 'trigger' | 'enter' | 'reject' | 'prepare' | 'verify' | 'measure' | 'answer' | 'resume';
const actions: { readonly [name in ActionName]: ScheduleAction } = {
  trigger: step(
    'bmc',
    'takes the request off the management network, and pulses its pin',
    'requested',
    'asserted',
    ({ outOfBandLeastUs, outOfBandMostUs }) => ({ least: outOfBandLeastUs, most: outOfBandMostUs }),
  ),
  enter: step(
    'hardware',
    'the last core enters SMM, after the instruction that it has in flight',
    'asserted',
    'entered',
    ({ longestInstructionUs }) => ({ least: 0, most: longestInstructionUs }),
  ),
  reject: action({
    actor: 'hypervisor',
    says: 'had another SMI beside the trigger: the handler rejects both, and the verifier asks again',
    needs: 'storm',
    when: ({ phase, elapsedUs }, _, { parameters }) =>
      phase === 'entered' && elapsedUs <= parameters.allowedUs,
    then: (draft, _, { parameters }) => {
      draft.phase = 'asserted';
      draft.elapsedUs += parameters.retryUs;
    },
  }),
  prepare: step('handler', 'SMI#1, with WBINVD', 'entered', 'prepared', (parameters) =>
    sum(smiOf(parameters), FLUSH),
  ),
  verify: step(
    'handler',
    'the VM exit, and SMI#2, which hashes the agent',
    'prepared',
    'verified',
    (parameters) => sum(EXIT, smiOf(parameters), hashUs(parameters.agentBytes)),
  ),
  measure: step('agent', 'hashes the pages of the hypervisor', 'verified', 'measured', ({ pages }) =>
    pagesUs(pages),
  ),
  answer: step('handler', 'SMI#3 stores the output', 'measured', 'answered', smiOf),
  resume: step('hardware', 'the machine fills its caches again', 'answered', 'resumed', ({ otherLossUs }) =>
    sum(REFILL, { least: otherLossUs, most: otherLossUs }),
  ),
};

const invariants: { readonly [id in 'I-LIVENESS' | 'I-TAKES' | 'I-LOSS']: ScheduleInvariant } = {
  'I-LIVENESS': {
    kind: 'always',
    says: 'Every request is answered within what the verifier allows.',
    source: 'HyperSentry slide 18: 35 ms end to end; catalogue, I-LIVENESS',
    given: ({ phase }) => phase === 'answered',
    holds: ({ elapsedUs }, { parameters }) => elapsedUs <= parameters.allowedUs,
  },
  'I-TAKES': {
    kind: 'always',
    says: 'A measurement takes at least as long as slide 18 measured.',
    source: 'HyperSentry slide 18: 35 ms end to end',
    given: ({ phase }) => phase === 'answered',
    holds: ({ elapsedUs }) => elapsedUs >= SLIDE_18.measureUs,
  },
  'I-LOSS': {
    kind: 'sometimes',
    says: "A measurement of 35 ms or less can cost the machine as much as the difference of slide 18's two figures says it does.",
    source: 'HyperSentry slide 18: 2.4 % every 8 s, 1.3 % every 16 s',
    witness: ({ phase, elapsedUs, lostUs }) =>
      phase === 'resumed' && elapsedUs <= SLIDE_18.measureUs && lostUs >= SLIDE_LOSS_US,
  },
};

/**
 * The model of HyperSentry in operation: how long a measurement takes by what its parts cost, and what it
 * costs. See ../README.md.
 */
export const schedule: Model<Schedule, ScheduleParameters, never, ActionName, keyof typeof invariants> =
  defineModel({
    id: 'hypersentry-schedule',
    says: 'HyperSentry in operation: a measurement from the edge to its answer, by the costs of its parts, and what is lost',
    defences: {},
    capabilities: { storm: 'raises SMIs of its own beside the trigger' },
    parameters: defaults,
    initial: (): Schedule => ({ phase: 'requested', elapsedUs: 0, lostUs: 0 }),
    actions,
    invariants,
    present: { hidden: ['elapsedUs', 'lostUs'] },
  });
