import type { Invariant } from 'underwatch/model';
import { derives, privateHalf, statementsIn } from '../../platform/crypto/index.ts';
import { wentThrough } from '../../platform/tpm/index.ts';
import { STATEMENTS } from './machine.ts';
import { KEYS } from './messages.ts';
import type { AttestationSetting } from './setting.ts';
import type { Attestation } from './state.ts';
import { isDecided } from './verifier.ts';

type Claim = Invariant<Attestation, AttestationSetting>;

/** Whether the verifier has accepted an output, in this round or an earlier one. */
const hasAccepted = ({ ghost }: Attestation): boolean => ghost.output !== 'none';
const hasQuote = ({ ghost }: Attestation): boolean => ghost.quote !== 'none';

/** The invariants of attestation. */
export const invariants: {
  readonly 'I-KEY': Claim;
  readonly 'I-QUOTE': Claim;
  readonly 'I-BOUND': Claim;
  readonly 'I-EXTONLY': Claim;
  readonly 'I-GENUINE': Claim;
  readonly 'I-FRESH': Claim;
  readonly 'I-FRESH-TRIGGER': Claim;
  readonly 'I-TRUE': Claim;
  readonly 'I-UNANNOUNCED': Claim;
  readonly 'I-NOALARM': Claim;
  readonly 'I-ANSWERED': Claim;
  readonly 'I-DECIDABLE': Claim;
  readonly 'I-REPLAYABLE': Claim;
  readonly 'I-HONEST-RUN': Claim;
} = {
  'I-KEY': {
    kind: 'always',
    says: 'The adversary does not know the private half of K_smm.',
    source: 'HyperSentry slides 15 and 16: the private key is in SMRAM',
    given: ({ boot }) => boot === 'locked',
    holds: ({ known }) => !derives(known, privateHalf(KEYS.own)),
  },
  'I-QUOTE': {
    kind: 'always',
    says: 'A quote that is accepted was made by the TPM of this machine, after the challenge.',
    source: 'HyperSentry slide 15; TPM 1.2, TPM_Quote: the nonce is signed',
    given: hasQuote,
    holds: ({ ghost }) => ghost.quote === 'this boot',
  },
  'I-BOUND': {
    kind: 'always',
    says: 'The key that the verifier takes for K_smm is the one that this boot put into SMRAM.',
    source: 'HyperSentry slides 15 and 16: measured boot binds the key to the handler',
    given: hasQuote,
    holds: ({ verifier }) => verifier.key === KEYS.own,
  },
  'I-EXTONLY': {
    kind: 'never-step',
    says: 'A static PCR never returns to a value that it has left.',
    source: 'TPM 1.2, TPM_Extend; SHA-1 as if it had no collisions',
    given: (before, after) => JSON.stringify(before.pcr) !== JSON.stringify(after.pcr),
    bad: (before, after) => wentThrough(before.pcr, after.pcr),
  },
  'I-GENUINE': {
    kind: 'always',
    says: 'An output that is accepted came from a measurement of this machine.',
    source: 'HyperSentry slide 17: attestable output',
    given: hasAccepted,
    holds: ({ ghost }) => ghost.output !== 'nowhere' && ghost.output !== 'another machine',
  },
  'I-FRESH': {
    kind: 'always',
    says: 'An output that is accepted under a nonce was measured after the nonce was issued.',
    source: 'HyperSentry slide 16: the nonce in {Output | Nonce}',
    given: hasAccepted,
    holds: ({ ghost }) => ghost.output === 'measured after the nonce',
  },
  'I-FRESH-TRIGGER': {
    kind: 'always',
    says: 'An output that is accepted was measured after the trigger that the verifier sent for it.',
    source: 'HyperSentry slides 4 and 16: measurement on demand; not stated there',
    given: hasAccepted,
    holds: ({ ghost }) =>
      ghost.output === 'measured after the nonce' || ghost.output === 'measured after the trigger',
  },
  'I-TRUE': {
    kind: 'always',
    says: 'When the verifier accepts, the modification was not in place at some instant since its trigger.',
    source: 'HyperSentry slides 3 and 17: what the verifier is told is so',
    given: hasAccepted,
    holds: ({ ghost }) => ghost.acceptedTruly,
  },
  'I-UNANNOUNCED': {
    kind: 'always',
    says: 'Nothing that the hypervisor can read announces a measurement that has not been made yet.',
    source: 'HyperSentry slides 4 and 10: the measurement is triggered stealthily',
    given: ({ verifier }) => verifier.phase === 'triggered',
    holds: ({ ghost }) => !ghost.announced,
  },
  'I-NOALARM': {
    kind: 'always',
    says: 'The verifier raises no alarm.',
    source: 'HyperSentry slide 18: periodic measurement in operation',
    given: ({ verifier }) => verifier.phase !== 'start',
    holds: ({ verifier }) => verifier.phase !== 'alarmed',
  },
  'I-ANSWERED': {
    kind: 'within',
    says: 'After a trigger the verifier has accepted an output at most five steps later.',
    source: 'HyperSentry slide 18: a measurement every 8 or 16 seconds takes 35 ms',
    given: ({ verifier }) => verifier.phase === 'triggered',
    responds: ({ verifier }) => verifier.phase === 'idle' || verifier.phase === 'accepted',
    steps: 5,
  },
  'I-DECIDABLE': {
    kind: 'recovers',
    says: 'As long as the verifier waits, it can still come to a decision.',
    source: 'HyperSentry slides 11 to 13: what is blocked must be noticed',
    given: ({ verifier }) => verifier.phase !== 'start',
    good: isDecided,
  },
  'I-REPLAYABLE': {
    kind: 'always',
    says: 'The adversary knows no more statements than it can choose from when it replays: the searches leave none out.',
    source: 'of the model, not of HyperSentry',
    holds: ({ known }) => statementsIn(known).length <= STATEMENTS,
  },
  'I-HONEST-RUN': {
    kind: 'sometimes',
    says: 'The verifier can end up with all the measurements that it wanted.',
    source: 'HyperSentry slides 15 and 16',
    witness: ({ verifier }) => verifier.phase === 'accepted',
  },
};
