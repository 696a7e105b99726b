import type { Invariant } from 'underwatch/model';
import { inAgent, othersFrozen, undecided } from './machine.ts';
import type { MeasurementSetting } from './setting.ts';
import type { Measurement } from './state.ts';

type Claim = Invariant<Measurement, MeasurementSetting>;

/** Whether the agent was started and has not handed over: after SMI#2, before SMI#3. */
const running = ({ handler, core }: Measurement): boolean =>
  handler.phase === 'running' && core.mode !== 'smm';
const accepted = ({ verifier }: Measurement): boolean => verifier === 'accepted';

/** The invariants of the measurement itself (slides 8, 9 and 17). */
export const invariants: {
  readonly [
    id in
      | 'I-FREEZE'
      | 'I-CONTEXT'
      | 'I-AGENT'
      | 'I-NOPREEMPT'
      | 'I-SCRUBFREE'
      | 'I-COMPLETE'
      | 'I-TRANSIENT'
      | 'I-OUTPUT'
      | 'I-RESTORE'
      | 'I-NOFALSEALARM'
      | 'I-MEASURED'
      | 'I-THREE-SMIS'
      | 'I-ALARM'
      | 'I-DECIDABLE'
      | 'I-GOES-ON'
  ]: Claim;
} = {
  'I-FREEZE': {
    kind: 'always',
    says: 'While the agent runs, every other core is in SMM or can do nothing.',
    source: 'HyperSentry slides 9 and 17, deterministic execution; catalogue, I-FREEZE',
    given: running,
    holds: othersFrozen,
  },
  'I-CONTEXT': {
    kind: 'always',
    says: "The agent runs in host mode, with the hypervisor's own page tables.",
    source: 'HyperSentry slides 8, 9 and 17, in-context privileged measurement; catalogue, I-CONTEXT',
    given: (state) => running(state) && inAgent(state),
    holds: ({ core }) => core.mode === 'host' && core.cr3 === 'hypervisor',
  },
  'I-AGENT': {
    kind: 'always',
    says: 'What is executed as the agent is the genuine agent.',
    source: 'HyperSentry slides 9 and 17, verifiable behaviour; catalogue, I-AGENT',
    given: ({ ghost }) => ghost.executed !== 'none',
    holds: ({ ghost }) => ghost.executed !== 'other',
  },
  'I-NOPREEMPT': {
    kind: 'always',
    says: "Between the agent's entry and SMI#3 no code of the hypervisor runs on the measuring core.",
    source: 'HyperSentry slide 17, deterministic execution; catalogue, I-NOPREEMPT',
    given: running,
    holds: ({ ghost, core }) => !ghost.preempted && core.at !== 'hypervisor',
  },
  'I-SCRUBFREE': {
    kind: 'always',
    says: 'Between SMI#1 and the agent at most one instruction of the hypervisor retires.',
    source: 'HyperSentry slides 3, 8 and 9: the fallback leaves no time to scrub; catalogue, I-SCRUBFREE',
    given: running,
    holds: ({ ghost }) => ghost.retired < 2,
  },
  'I-COMPLETE': {
    kind: 'always',
    says: 'A hypervisor that was modified at SMI#1, and had not begun to hide, is never accepted as clean.',
    source: 'HyperSentry slides 3 and 17; catalogue, I-COMPLETE',
    given: accepted,
    holds: ({ ghost }) => !ghost.modifiedAtFirst,
  },
  'I-TRANSIENT': {
    kind: 'always',
    says: 'A hypervisor that was modified at any time is not accepted as clean.',
    source: 'catalogue, H-TRANSIENT; HyperSentry slide 19 leaves dynamic integrity to later work',
    given: accepted,
    holds: ({ kernel }) => kernel === 'genuine',
  },
  'I-OUTPUT': {
    kind: 'always',
    says: 'What is stored as the output of the agent, it has computed: it ran to its end, in context, undisturbed.',
    source: 'HyperSentry slides 3 and 17: results are isolated from the hypervisor',
    given: ({ handler }) => handler.output === 'clean' || handler.output === 'modified',
    holds: ({ ghost }) => ghost.executed === 'measured' && !ghost.preempted,
  },
  'I-RESTORE': {
    kind: 'always',
    says: 'Afterwards guest and host are as SMI#1 found them.',
    source:
      'HyperSentry slide 9; catalogue, I-RESTORE: but for the TSC, caches, the SMI count, counters and status bits',
    given: ({ handler, core }) => handler.phase === 'done' && core.exit === 'none',
    holds: ({ core, memory, counter, ghost, others }) =>
      core.mode === ghost.interrupted &&
      core.at === (ghost.interrupted === 'guest' ? 'guest' : 'hypervisor') &&
      core.interrupts === ghost.interrupts &&
      core.breakpoints === ghost.breakpoints &&
      core.cr3 === (ghost.interrupted === 'guest' ? 'other' : 'hypervisor') &&
      memory.gates === 'hypervisor' &&
      counter === 'own' &&
      others.every(({ mode }) => mode !== 'smm'),
  },
  'I-NOFALSEALARM': {
    kind: 'always',
    says: 'A genuine hypervisor is not reported.',
    source: 'HyperSentry slide 18: periodic measurement in operation',
    given: (state) => !undecided(state),
    holds: ({ verifier }) => verifier === 'accepted',
  },
  'I-MEASURED': {
    kind: 'sometimes',
    says: 'A measurement can come to its end.',
    source: 'HyperSentry slide 9',
    witness: ({ handler }) => handler.output === 'clean' || handler.output === 'modified',
  },
  'I-THREE-SMIS': {
    kind: 'sometimes',
    says: 'A guest is interrupted, and after three entries into SMM its hypervisor is accepted and the guest goes on.',
    source: 'HyperSentry slide 9',
    witness: ({ verifier, ghost, core }) =>
      verifier === 'accepted' &&
      ghost.entries === 3 &&
      ghost.interrupted === 'guest' &&
      core.mode === 'guest',
  },
  'I-ALARM': {
    kind: 'sometimes',
    says: 'A measurement that is kept from ending can be noticed.',
    source:
      'HyperSentry slides 11 to 13: blocking must be visible; catalogue, G5: a missing SMI#2 is a failure',
    witness: ({ verifier, handler }) => verifier === 'alarmed' && handler.phase !== 'done',
  },
  'I-DECIDABLE': {
    kind: 'recovers',
    says: 'The verifier can still come to a decision.',
    source: 'HyperSentry slides 11 to 13: blocking must be visible',
    given: undecided,
    good: (state) => !undecided(state),
  },
  'I-GOES-ON': {
    kind: 'no-deadlock',
    says: 'Nothing comes to a stop before the verifier has decided.',
    source: 'HyperSentry slide 9: every step has a next one',
    mayEnd: (state) => !undecided(state),
  },
};
