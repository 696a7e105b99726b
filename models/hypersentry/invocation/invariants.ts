import type { Invariant } from 'underwatch/model';
import { fieldValue, readRegister, type ChipsetState } from '../../platform/chipset/index.ts';
import { undecided } from './phases.ts';
import { platformOf } from './platform.ts';
import type { HyperSentrySetting } from './setting.ts';
import type { HyperSentry } from './state.ts';

/** Whether the real registers show slide 14's values, wherever the handler may have looked. */
const showsSlide14 = (chip: ChipsetState, setting: HyperSentrySetting): boolean => {
  const { gpi } = setting.parameters;
  return (
    fieldValue('SMI_EN', chip.SMI_EN, 'GBL_SMI_EN') === 1 &&
    ((chip.GPI_ROUT >>> (2 * gpi)) & 0b11) === 0b01 &&
    (chip.ALT_GP_SMI_EN & (1 << gpi)) !== 0 &&
    readRegister(chip, platformOf(setting), 'SMI_STS') === 1 << 10 &&
    chip.ALT_GP_SMI_STS === 1 << gpi
  );
};

type Claim = Invariant<HyperSentry, HyperSentrySetting>;

const accepting = ({ handler }: HyperSentry): boolean => handler.phase === 'accepted';

/** The invariants of stealthy invocation. */
export const invariants: {
  readonly 'I-ORIGIN': Claim;
  readonly 'I-PICTURE': Claim;
  readonly 'I-PROMPT': Claim;
  readonly 'I-SCRUBFREE': Claim;
  readonly 'I-COMPLETE': Claim;
  readonly 'I-NOTFAKED': Claim;
  readonly 'I-STEALTH': Claim;
  readonly 'I-NOFALSEALARM': Claim;
  readonly 'I-LIVENESS': Claim;
  readonly 'I-ANSWERED': Claim;
  readonly 'I-OWN': Claim;
  readonly 'I-INTIME': Claim;
  readonly 'I-NOTICED': Claim;
  readonly 'I-HONEST-RUN': Claim;
  readonly 'I-DECIDABLE': Claim;
  readonly 'I-ACCEPTABLE': Claim;
  readonly 'I-AGAIN': Claim;
  readonly 'I-GOES-ON': Claim;
} = {
  'I-ORIGIN': {
    kind: 'always',
    says: 'When the handler accepts an SMI as a trigger, the BMC has pulsed the pin for the verifier since the latch was last clear.',
    source: 'HyperSentry slides 13 and 14: a fake SMI is easily detectable',
    given: accepting,
    holds: ({ ghost }) => ghost.edgeInLatch,
  },
  'I-PICTURE': {
    kind: 'always',
    says: "When the handler accepts, the chipset's own registers show the picture of slide 14 and nothing else.",
    source: 'HyperSentry slide 14: measurement is invoked only if all other bits are 0',
    given: accepting,
    holds: ({ chipset }, setting) => showsSlide14(chipset, setting),
  },
  'I-PROMPT': {
    kind: 'always',
    says: 'When the handler accepts a trigger of the verifier, the pulse is no older than the bound.',
    source:
      'HyperSentry slides 10 to 14, stealthy invocation; not stated there, but needed against scrubbing',
    given: (state) => accepting(state) && state.ghost.edgeInLatch,
    holds: ({ ghost }, { parameters }) => ghost.ageUs !== null && ghost.ageUs <= parameters.promptUs,
  },
  'I-SCRUBFREE': {
    kind: 'always',
    says: 'Between the pulse and the freeze of all cores, at most the instruction in flight has retired.',
    source: 'HyperSentry slides 4 and 10 to 12: scrubbing attacks; SDM vol. 3, SMI recognition',
    given: (state) => accepting(state) && state.ghost.edgeInLatch,
    holds: ({ ghost, cores }) => ghost.retiredSinceEdge <= cores.length,
  },
  'I-COMPLETE': {
    kind: 'always',
    says: 'A hypervisor that was modified when the pin was pulsed, and had not begun to hide, is never accepted as clean.',
    source: 'HyperSentry slides 3 and 11: the scrubbing attack that stealthy invocation is there to defeat',
    given: ({ verifier }) => verifier.phase === 'accepted',
    holds: ({ ghost }) => !ghost.modifiedAtEdge,
  },
  'I-NOTFAKED': {
    kind: 'always',
    says: 'A hypervisor that was modified when the pin was pulsed, and blocked that pulse, is never accepted as clean on another SMI.',
    source: 'HyperSentry slides 12 and 13: block the real SMI, generate a fake one',
    given: ({ verifier, ghost }, { parameters }) =>
      parameters.followsEdge && verifier.phase === 'accepted' && ghost.measuredAfterEdge,
    holds: ({ ghost }) => !ghost.modifiedAtEdge || ghost.edgeSent,
  },
  'I-STEALTH': {
    kind: 'always',
    says: 'Before the cores are frozen, the hypervisor reads and receives nothing that differs because a trigger is pending.',
    source: 'HyperSentry slides 4, 10 and 17: the measurement is triggered stealthily',
    given: ({ verifier, ghost }) => verifier.phase === 'waiting' && ghost.workSinceEdgeUs !== null,
    holds: ({ ghost }) => !ghost.sawTrigger,
  },
  'I-NOFALSEALARM': {
    kind: 'always',
    says: 'A genuine hypervisor on a machine that nobody attacks is never reported.',
    source:
      'implied by slide 18 (periodic measurement in operation); slide 14 accepts only if all other bits are 0',
    given: ({ kernel, verifier }) => kernel === 'genuine' && verifier.phase !== 'idle',
    holds: ({ verifier }) => verifier.phase !== 'alarmed',
  },
  'I-LIVENESS': {
    kind: 'always',
    says: 'A request is answered before the time the verifier allows has passed.',
    source: 'HyperSentry slide 18: 35 ms end to end',
    given: ({ verifier }) => verifier.phase !== 'idle',
    holds: ({ verifier }) => !verifier.overdue,
  },
  'I-ANSWERED': {
    kind: 'within',
    says: 'After a request the verifier has decided, one way or the other, at most twelve steps later.',
    source: 'HyperSentry slide 18: 35 ms end to end; the honest path takes five steps and two a core',
    given: ({ verifier }) => verifier.phase === 'waiting',
    responds: ({ verifier }) => verifier.phase === 'accepted' || verifier.phase === 'alarmed',
    steps: 12,
  },
  'I-OWN': {
    kind: 'always',
    says: 'What the verifier accepts was measured after the pulse that it asked for.',
    source: 'HyperSentry slides 13 and 14, end to end; not stated there',
    given: ({ verifier }) => verifier.phase === 'accepted',
    holds: ({ ghost }) => ghost.measuredAfterEdge,
  },
  'I-INTIME': {
    kind: 'always',
    says: 'The verifier accepts no answer that comes too late.',
    source: 'HyperSentry slides 11 to 13: blocking cannot be prevented, so it must be noticed',
    given: ({ verifier }) => verifier.phase === 'accepted',
    holds: ({ verifier }) => !verifier.overdue,
  },
  'I-NOTICED': {
    kind: 'sometimes',
    says: 'A request that is not answered in time can end in an alarm.',
    source: 'HyperSentry slides 11 to 13: blocking cannot be prevented, so it must be noticed',
    witness: ({ verifier, handler }) =>
      verifier.phase === 'alarmed' && verifier.overdue && handler.output === 'none',
  },
  'I-HONEST-RUN': {
    kind: 'sometimes',
    says: 'The verifier can end up with an accepted measurement: the mechanism works at all.',
    source: 'HyperSentry slides 9, 14 and 16',
    witness: ({ verifier }) => verifier.phase === 'accepted',
  },
  'I-DECIDABLE': {
    kind: 'recovers',
    says: 'As long as the verifier waits, it can still come to a decision, one way or the other.',
    source: 'HyperSentry slides 11 to 13: blocking cannot be prevented, so it must be noticed',
    given: ({ verifier }) => verifier.phase === 'waiting',
    good: (state) => !undecided(state),
  },
  'I-ACCEPTABLE': {
    kind: 'recovers',
    says: 'As long as the verifier waits and its time has not passed, the measurement that it asked for can still be accepted.',
    source: 'HyperSentry slides 9, 14 and 16; not stated there',
    given: ({ verifier }) => verifier.phase === 'waiting' && !verifier.overdue,
    good: ({ verifier }) => verifier.phase === 'accepted',
  },
  'I-AGAIN': {
    kind: 'recovers',
    says: 'As long as the verifier may ask again, a measurement can still be accepted.',
    source: 'HyperSentry slide 18: measurements are periodic',
    given: ({ verifier }) => verifier.left > 0,
    good: ({ verifier }) => verifier.phase === 'accepted',
  },
  'I-GOES-ON': {
    kind: 'no-deadlock',
    says: 'Nothing comes to a stop before the verifier has decided.',
    source: 'HyperSentry slides 9, 14 and 16: every step of the mechanism has a next one',
    mayEnd: (state) => !undecided(state),
  },
};
