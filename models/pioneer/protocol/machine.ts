import { actionOf, oneOf, type AnyAction } from 'underwatch/model';
import type { PioneerSetting } from './setting.ts';
import { giveControl, inControl, isTimed, noteSum, spend } from './phases.ts';
import type { Pioneer } from './state.ts';
import {
  atExpectedClock,
  copyLoopCycles,
  cyclesOfUs,
  honestCycles,
  laterByExpected,
  loopCycles,
  shortfallCycles,
  setUpCyclesIn,
} from './timing.ts';
import { answerFits, copySumIsRight } from './truth.ts';

type AdversaryAction = AnyAction<Pioneer, PioneerSetting>;
const action = actionOf<Pioneer, PioneerSetting>();

const atEntry = (state: Pioneer): boolean => state.stage === 'entry' && inControl(state);

// An adversary who has prepared another way to the sum gains nothing by that on the honest way.
const takesTheHonestWay = ({ copy, ready }: Pioneer): boolean => copy.code === 'none' && ready === 'none';

/** The proxy's time: the way there and back, and the genuine loop at its clock. */
export const proxyCycles = (setting: PioneerSetting): number => {
  const { blockMilliCycles, expectedMhz, proxyMhz, proxyRoundTripUs } = setting.parameters;
  const loop = loopCycles(blockMilliCycles, setting);
  return cyclesOfUs(proxyRoundTripUs, setting) + Math.ceil((loop * expectedMhz) / proxyMhz);
};

/** The other ways to an answer than the genuine function, and the steps of the adversary in control. */
export const detours: {
  readonly runCopy: AdversaryAction;
  readonly skipSetUp: AdversaryAction;
  readonly askProxy: AdversaryAction;
  readonly answerAtOnce: AdversaryAction;
  readonly spin: AdversaryAction;
  readonly resume: AdversaryAction;
  readonly imitateHash: AdversaryAction;
  readonly imitateInvocation: AdversaryAction;
} = {
  runCopy: action({
    actor: 'adversary',
    says: 'runs his copy instead of the function',
    needs: 'code',
    when: (state) => atEntry(state) && state.copy.code !== 'none' && state.processor.layer === 'none',
    then: (draft, _, setting) => {
      const cycles = copyLoopCycles(draft, setting);
      noteSum(draft, 'copy', atExpectedClock(cycles, draft, setting), setting);
      spend(draft, setUpCyclesIn(draft, setting) + cycles, setting);
      draft.sum = copySumIsRight(draft, setting) ? 'right' : 'wrong';
      draft.stage = 'loopEnd';
      giveControl(draft);
    },
  }),
  skipSetUp: action({
    actor: 'adversary',
    says: 'jumps to the loop of the function, past what sets it up',
    needs: 'entries',
    choose: { interrupts: oneOf(['off', 'on']) },
    when: (state) => atEntry(state) && state.processor.layer === 'none' && takesTheHonestWay(state),
    then: (draft, { interrupts }) => {
      draft.processor.interruptsOn = interrupts === 'on';
      draft.stage = 'loop';
      draft.control = 'function';
    },
  }),
  askProxy: action({
    actor: 'adversary',
    says: 'sends the challenge to another machine, which computes the sum',
    needs: 'proxy',
    when: atEntry,
    then: (draft, _, setting) => {
      const cycles = proxyCycles(setting);
      noteSum(draft, 'proxy', cycles, setting);
      draft.elapsedCycles = laterByExpected(draft, cycles, setting);
      draft.sum = 'right';
      draft.stage = 'loopEnd';
      giveControl(draft);
    },
  }),
  answerAtOnce: action({
    actor: 'adversary',
    says: 'takes the sum that lies ready',
    when: (state) => atEntry(state) && state.ready !== 'none',
    then: (draft, _, setting) => {
      noteSum(draft, 'store', 0, setting);
      draft.sum = answerFits(draft, setting) ? 'right' : 'wrong';
      draft.stage = 'loopEnd';
      giveControl(draft);
    },
  }),
  spin: action({
    actor: 'adversary',
    says: 'waits until the answer will not be the sooner for it',
    needs: 'spin',
    when: (state, _, setting) =>
      inControl(state) && state.stage === 'loopEnd' && shortfallCycles(state, setting) > 0,
    then: (draft, _, setting) => {
      draft.elapsedCycles = laterByExpected(draft, shortfallCycles(draft, setting), setting);
    },
  }),
  resume: action({
    actor: 'adversary',
    says: 'lets the function go on',
    when: (state) =>
      inControl(state) &&
      state.stage !== 'idle' &&
      state.stage !== 'done' &&
      (state.stage !== 'entry' || takesTheHonestWay(state)),
    then: (draft) => {
      draft.control = 'function';
    },
  }),
  imitateHash: action({
    actor: 'adversary',
    says: 'hashes a clean copy of the executable, which nobody times, and sends that',
    when: (state) => inControl(state) && state.stage === 'sent' && state.verifier.phase === 'timed',
    then: (draft) => {
      draft.stage = 'hashed';
      draft.verifier.phase = 'checked';
    },
  }),
  imitateInvocation: action({
    actor: 'adversary',
    says: 'runs an executable of his own',
    when: (state) => inControl(state) && state.stage === 'hashed' && state.verifier.phase === 'checked',
    then: (draft) => {
      draft.stage = 'running';
      draft.ghost.ran = 'altered';
    },
  }),
};

/** The actions of verifier and network. */
export const outside: { readonly challenge: AdversaryAction; readonly arrive: AdversaryAction } = {
  challenge: action({
    actor: 'verifier',
    says: 'sends a nonce and starts its clock',
    when: ({ verifier }) => verifier.phase === 'idle',
    then: (draft, _, { parameters }) => {
      draft.verifier.phase = 'waiting';
      draft.stage = 'entry';
      draft.control = parameters.enters === 'byCall' ? 'adversary' : 'function';
      draft.visit = { root: false, trigger: false, kernel: false, executable: false };
    },
  }),
  arrive: action({
    actor: 'network',
    says: 'the checksum arrives, and the verifier looks at it and at its clock',
    choose: ({ parameters }) => ({ lateUs: oneOf([...new Set([0, parameters.jitterUs])]) }),
    when: (state) => state.stage === 'sent' && isTimed(state),
    then: (draft, { lateUs }, setting) => {
      const onTheWay = cyclesOfUs(setting.parameters.roundTripUs + lateUs, setting);
      const arrival = laterByExpected(draft, onTheWay, setting);
      draft.verifier.phase = isAccepted(draft, arrival, setting) ? 'timed' : 'rejected';
      draft.elapsedCycles = 0;
    },
  }),
};

/** Whether the verifier accepts a sum that arrives so many cycles after its challenge. */
export const isAccepted = (state: Pioneer, arrivalCycles: number, setting: PioneerSetting): boolean => {
  const { defends, parameters } = setting;
  const honest = honestCycles(setting);
  const inTime = arrivalCycles <= honest + parameters.slackCycles;
  return (
    state.sum === 'right' &&
    (inTime || !defends('upperLimit')) &&
    (arrivalCycles >= honest || !defends('lowerLimit'))
  );
};
