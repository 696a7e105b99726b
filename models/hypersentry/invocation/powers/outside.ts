import type { Draft } from 'immer';
import { actionOf, oneOf, type AnyAction } from 'underwatch/model';
import { outside, pulse, undecided } from '../phases.ts';
import { ends, lateWorkUs, passMs } from '../clock.ts';
import { latched, propagate } from '../platform.ts';
import type { HyperSentrySetting } from '../setting.ts';
import type { HyperSentry } from '../state.ts';

type TrustedAction = AnyAction<HyperSentry, HyperSentrySetting>;
const action = actionOf<HyperSentry, HyperSentrySetting>();

/**
 * Resets the bookkeeping of an earlier request, which says nothing about the next one; a set latch stays set.
 */
const forget = ({ handler, ghost }: Draft<HyperSentry>): void => {
  handler.outputSolicited = false;
  ghost.workSinceEdgeUs = null;
  ghost.retiredSinceEdge = 0;
  ghost.modifiedAtEdge = false;
  ghost.measuredAfterEdge = false;
  ghost.edgeSent = false;
  ghost.sawTrigger = false;
};

/** The actions outside the target platform: verifier, BMC and time. */
export const outsideActions: {
  readonly request: TrustedAction;
  readonly pulse: TrustedAction;
  readonly watchdog: TrustedAction;
  readonly collect: TrustedAction;
  readonly timePasses: TrustedAction;
  readonly alarm: TrustedAction;
} = {
  request: action({
    actor: 'verifier',
    says: 'asks the BMC, over the management network, to trigger a measurement',
    when: ({ verifier }) => verifier.phase !== 'waiting' && verifier.left > 0,
    then: (draft) => {
      draft.verifier = { phase: 'waiting', waitedMs: 0, overdue: false, left: draft.verifier.left - 1 };
      draft.bmc.commanded = true;
      forget(draft);
    },
  }),
  pulse: action({
    actor: 'bmc',
    says: 'pulses its GPI on behalf of the verifier, once the request is there',
    choose: ({ parameters }: HyperSentrySetting) => ({
      tookMs: oneOf(ends(parameters.outOfBandLeastMs, parameters.outOfBandMostMs)),
    }),
    // A pulse between the handler's read and its clear of the latch has the effect of a pulse before or after
    // both, so only those two orders are explored.
    when: (state) => state.bmc.commanded && undecided(state) && outside(state),
    then: (draft, { tookMs }, setting) => {
      draft.bmc.commanded = false;
      passMs(draft, tookMs, setting);
      pulse(draft, setting, setting.parameters.gpi);
      draft.ghost.workSinceEdgeUs = 0;
      draft.ghost.retiredSinceEdge = 0;
      draft.ghost.modifiedAtEdge = draft.kernel === 'modified';
      draft.ghost.edgeInLatch = latched(draft, setting);
      draft.ghost.edgeSent = false;
      propagate(draft, setting);
    },
  }),
  watchdog: action({
    actor: 'bmc',
    says: 'pulses the same GPI because the watchdog pre-timeout that was armed in-band has come',
    when: (state) => state.bmc.watchdogArmed && undecided(state) && outside(state),
    then: (draft, _, setting) => {
      draft.bmc.watchdogArmed = false;
      pulse(draft, setting, setting.parameters.gpi);
      propagate(draft, setting);
    },
  }),
  collect: action({
    actor: 'verifier',
    says: 'draws the signed output and judges it',
    when: (state, _, { defends }) =>
      state.verifier.phase === 'waiting' &&
      state.handler.output !== 'none' &&
      outside(state) &&
      (state.handler.outputSolicited || !defends('solicitedOnly')) &&
      !(state.verifier.overdue && defends('verifierDeadline')),
    then: (draft) => {
      draft.verifier.phase = draft.handler.output === 'clean' ? 'accepted' : 'alarmed';
    },
  }),
  timePasses: action({
    actor: 'time',
    says: 'the time the verifier allows for an answer passes, and nothing happens in it',
    // Due events happen first, and take their own time; only they make an honest machine late.
    when: (state, _, { defends }) =>
      state.verifier.phase === 'waiting' &&
      !state.verifier.overdue &&
      !state.bmc.commanded &&
      outside(state) &&
      state.smiOnWayUs === null &&
      state.cores.every(({ mode, pending }) => mode === 'host' && (!pending || state.smiMasked)) &&
      !(state.handler.output !== 'none' && (state.handler.outputSolicited || !defends('solicitedOnly'))),
    then: (draft, _, setting) => {
      passMs(draft, setting.parameters.deadlineMs + 1, setting);
      if (draft.ghost.workSinceEdgeUs !== null) draft.ghost.workSinceEdgeUs = lateWorkUs(setting);
    },
  }),
  alarm: action({
    actor: 'verifier',
    says: 'raises an alarm, because no answer came in time',
    when: (state, _, { defends }) =>
      state.verifier.phase === 'waiting' && state.verifier.overdue && defends('verifierDeadline'),
    then: (draft) => {
      draft.verifier.phase = 'alarmed';
    },
  }),
};
