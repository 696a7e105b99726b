import {
  actionOf,
  defineModel,
  oneOf,
  type AnyAction,
  type Invariant,
  type Model,
  type Setting,
} from 'underwatch/model';
import { costOf, shareOf, SLIDE_18, toPermille } from './overhead.ts';

/** A machine that is measured again and again; all times in whole microseconds. */
export interface Schedule {
  readonly phase: 'idle' | 'requested' | 'asserted' | 'entered' | 'armed' | 'running' | 'answered';
  /** Time since the verifier's request. */
  readonly sinceRequestUs: number;
  /** Time since the first measurement of the run began, in whole periods. */
  readonly periods: number;
  /** Work lost so far. */
  readonly lostUs: number;
}

export interface ScheduleParameters {
  readonly periodUs: number;
  /** How many periods the run has. */
  readonly periods: number;
  /** From the request to the edge on the BMC's pin, over the management network. */
  readonly outOfBandUs: number;
  /** From the edge to the assertion of SMI: two clocks of 33 MHz, rounded up. */
  readonly latchUs: number;
  /** From the assertion to the entry of the last core: the instruction in flight. */
  readonly instructionUs: number;
  readonly longestInstructionUs: number;
  /** SMI#1 with the fallback; SMI#2; the agent with SMI#3. Their sum is slide 18's, their shares are not known. */
  readonly prepareUs: number;
  readonly verifyUs: number;
  readonly agentUs: number;
  /** How long after a rejected trigger the verifier asks again. */
  readonly retryUs: number;
  /** What the verifier allows beyond the way to the edge. */
  readonly allowedUs: number;
  readonly lossUs: number;
  readonly backgroundPpb: number;
  /** The overhead that slide 18 reports for the period, in per mille. */
  readonly reportedPermille: number;
}

type ScheduleSetting = Setting<ScheduleParameters, never>;
type ScheduleAction = AnyAction<Schedule, ScheduleSetting>;
type ScheduleInvariant = Invariant<Schedule, ScheduleSetting>;
const action = actionOf<Schedule, ScheduleSetting>();

const { often, seldom, measureUs } = SLIDE_18;
const slide = costOf(often, seldom);
const LATCH_US = 1;
const INSTRUCTION_US = 1;
const PREPARE_US = 2_000;
const VERIFY_US = 3_000;

const defaults: ScheduleParameters = {
  periodUs: often.periodUs,
  periods: 2,
  outOfBandUs: 500_000,
  latchUs: LATCH_US,
  instructionUs: INSTRUCTION_US,
  longestInstructionUs: INSTRUCTION_US,
  prepareUs: PREPARE_US,
  verifyUs: VERIFY_US,
  agentUs: measureUs - PREPARE_US - VERIFY_US - LATCH_US - INSTRUCTION_US,
  retryUs: 1_000_000,
  allowedUs: measureUs,
  lossUs: slide.lossUs,
  backgroundPpb: slide.backgroundPpb,
  reportedPermille: often.permille,
};

type ActionName = 'request' | 'edge' | 'enter' | 'reject' | 'fallBack' | 'verify' | 'answer' | 'rest';
const actions: { readonly [name in ActionName]: ScheduleAction } = {
  request: action({
    actor: 'verifier',
    says: 'asks for a measurement',
    when: ({ phase, periods }, _, { parameters }) => phase === 'idle' && periods < parameters.periods,
    then: (draft) => {
      draft.phase = 'requested';
      draft.sinceRequestUs = 0;
    },
  }),
  edge: action({
    actor: 'bmc',
    says: 'pulses its GPI, and the chipset asserts SMI',
    when: ({ phase }) => phase === 'requested',
    then: (draft, _, { parameters }) => {
      draft.phase = 'asserted';
      draft.sinceRequestUs += parameters.outOfBandUs + parameters.latchUs;
    },
  }),
  enter: action({
    actor: 'hardware',
    says: 'the last core enters SMM, after the instruction that it has in flight',
    choose: ({ parameters }: ScheduleSetting) => ({
      afterUs: oneOf([...new Set([parameters.instructionUs, parameters.longestInstructionUs])]),
    }),
    when: ({ phase }) => phase === 'asserted',
    then: (draft, { afterUs }) => {
      draft.phase = 'entered';
      draft.sinceRequestUs += afterUs;
    },
  }),
  reject: action({
    actor: 'hypervisor',
    says: 'had another SMI beside the trigger: the handler rejects both, and the verifier asks again',
    needs: 'storm',
    when: ({ phase, sinceRequestUs }, _, { parameters }) =>
      phase === 'entered' && sinceRequestUs <= parameters.outOfBandUs + parameters.allowedUs,
    then: (draft, _, { parameters }) => {
      draft.phase = 'requested';
      draft.sinceRequestUs += parameters.retryUs;
    },
  }),
  fallBack: action({
    actor: 'handler',
    says: 'SMI#1 accepts, prepares the fallback, and SMI#2 follows',
    when: ({ phase }) => phase === 'entered',
    then: (draft, _, { parameters }) => {
      draft.phase = 'armed';
      draft.sinceRequestUs += parameters.prepareUs;
    },
  }),
  verify: action({
    actor: 'handler',
    says: 'SMI#2 verifies the agent and starts it',
    when: ({ phase }) => phase === 'armed',
    then: (draft, _, { parameters }) => {
      draft.phase = 'running';
      draft.sinceRequestUs += parameters.verifyUs;
    },
  }),
  answer: action({
    actor: 'agent',
    says: 'measures, and SMI#3 stores its output for the verifier',
    when: ({ phase }) => phase === 'running',
    then: (draft, _, { parameters }) => {
      draft.phase = 'answered';
      draft.sinceRequestUs += parameters.agentUs;
      draft.lostUs += parameters.lossUs;
    },
  }),
  rest: action({
    actor: 'time',
    says: 'the period ends',
    when: ({ phase }) => phase === 'answered',
    then: (draft) => {
      draft.phase = 'idle';
      draft.periods += 1;
      draft.sinceRequestUs = 0;
    },
  }),
};

const invariants: { readonly [id in 'I-LIVENESS' | 'I-OVERHEAD']: ScheduleInvariant } = {
  'I-LIVENESS': {
    kind: 'always',
    says: 'Every request is answered within what the verifier allows, beyond the way to the edge.',
    source: 'HyperSentry slide 18: 35 ms end to end; catalogue, I-LIVENESS',
    given: ({ phase }) => phase === 'answered',
    holds: ({ sinceRequestUs }, { parameters }) =>
      sinceRequestUs <= parameters.outOfBandUs + parameters.allowedUs,
  },
  'I-OVERHEAD': {
    kind: 'always',
    says: 'At the end the work that was lost is, to a tenth of a per cent, what slide 18 reports.',
    source: 'HyperSentry slide 18: 2.4 % every 8 s, 1.3 % every 16 s',
    given: ({ phase, periods }, { parameters }) => phase === 'idle' && periods === parameters.periods,
    holds: ({ lostUs }, { parameters }) => {
      const runUs = parameters.periods * parameters.periodUs;
      return toPermille(parameters.backgroundPpb + shareOf(lostUs, runUs)) === parameters.reportedPermille;
    },
  },
};

/** HyperSentry in operation: how long a measurement takes, and what it costs to repeat it. See ../README.md. */
export const schedule: Model<Schedule, ScheduleParameters, never, ActionName, keyof typeof invariants> =
  defineModel({
    id: 'hypersentry-schedule',
    says: 'HyperSentry in operation: a measurement each period, from request to answer, and the work that is lost',
    defences: {},
    capabilities: { storm: 'raises SMIs of its own beside the trigger' },
    parameters: defaults,
    initial: (): Schedule => ({ phase: 'idle', sinceRequestUs: 0, periods: 0, lostUs: 0 }),
    actions,
    invariants,
    present: { hidden: ['sinceRequestUs', 'periods', 'lostUs'] },
  });
