import type { Invariant } from 'underwatch/model';
import type { PioneerSetting } from './setting.ts';
import type { Pioneer } from './state.ts';
import { mappedKernel } from './truth.ts';

type Claim = Invariant<Pioneer, PioneerSetting>;

/** Whether the verifier believes that the sum came in time from the genuine function. */
const believed = ({ verifier }: Pioneer): boolean =>
  verifier.phase === 'timed' || verifier.phase === 'checked' || verifier.phase === 'accepted';

const over = ({ stage, verifier }: Pioneer): boolean => stage === 'done' || verifier.phase === 'rejected';

/** The invariants of Pioneer and of its critics. */
export const invariants: {
  readonly 'I-GENUINE': Claim;
  readonly 'I-HERE': Claim;
  readonly 'I-NONCE': Claim;
  readonly 'I-COVER': Claim;
  readonly 'I-BARE': Claim;
  readonly 'I-UNTAMPERED': Claim;
  readonly 'I-KERNEL': Claim;
  readonly 'I-TWOSIDED': Claim;
  readonly 'I-NOFP': Claim;
  readonly 'I-HONEST-RUN': Claim;
  readonly 'I-GOES-ON': Claim;
} = {
  'I-GENUINE': {
    kind: 'always',
    says: 'A checksum that the verifier takes was not computed by an altered copy of the function.',
    source: 'Seshadri et al., SOSP 2005: memory copy and data substitution attacks take longer than allowed',
    given: believed,
    holds: ({ ghost }) => ghost.computedBy !== 'copy',
  },
  'I-HERE': {
    kind: 'always',
    says: 'It was computed on the machine that was asked.',
    source: 'Seshadri et al., SOSP 2005: assumption of an authenticated channel',
    given: believed,
    holds: ({ ghost }) => ghost.computedBy !== 'proxy',
  },
  'I-NONCE': {
    kind: 'always',
    says: 'It was not computed before the challenge.',
    source: 'Seshadri et al., SOSP 2005: pre-computation and replay',
    given: believed,
    holds: ({ ghost }) => ghost.computedBy !== 'store',
  },
  'I-COVER': {
    kind: 'always',
    says: 'It was not computed from altered words: where they were read, they were substituted, or what was read was not what was executed.',
    source: 'Seshadri et al., SOSP 2005: the checksum covers the verification function',
    given: (state) => believed(state) && state.ghost.computedBy === 'copy',
    holds: ({ copy, memory: { segment, split } }) =>
      copy.code === 'elsewhere' ||
      copy.data === 'elsewhere' ||
      copy.substitutes ||
      split === 'function' ||
      segment === 'function',
  },
  'I-BARE': {
    kind: 'always',
    says: 'It was computed on the bare processor: at the highest privilege, with nothing underneath.',
    source:
      'Seshadri et al., SOSP 2005: the function runs at the highest privilege; the blog quotes the defence against VMMs',
    given: (state) => believed(state) && state.ghost.computedBy === 'function',
    holds: ({ processor }) => processor.layer === 'none',
  },
  'I-UNTAMPERED': {
    kind: 'always',
    says: 'When the verifier has accepted, the genuine executable ran, and nobody had control between the checksum and its end.',
    source: 'Seshadri et al., SOSP 2005: verifiable code execution',
    given: ({ verifier }) => verifier.phase === 'accepted',
    holds: ({ ghost }) => ghost.ran === 'genuine' && !ghost.intruded,
  },
  'I-KERNEL': {
    kind: 'always',
    says: 'When the verifier has accepted, the kernel that is mapped from then on is the genuine one.',
    source: 'the blog post of 2005: which kernel is running',
    given: ({ verifier }) => verifier.phase === 'accepted',
    holds: (state, setting) => mappedKernel(state, setting) === 'genuine',
  },
  'I-TWOSIDED': {
    kind: 'always',
    says: 'A sum that took less time than the genuine loop takes is not accepted.',
    source: 'Checkmate, Oakland 2012: a lower limit beside the upper one',
    given: ({ ghost, verifier }) => ghost.computedBy !== 'nobody' && verifier.phase !== 'waiting',
    holds: (state) => !(believed(state) && state.ghost.fast),
  },
  'I-NOFP': {
    kind: 'always',
    says: 'A genuine machine that nobody attacks is not rejected.',
    source: 'Seshadri et al., SOSP 2005: the limit lies above the largest jitter observed',
    given: ({ verifier }) => verifier.phase !== 'idle' && verifier.phase !== 'waiting',
    holds: ({ verifier }) => verifier.phase !== 'rejected',
  },
  'I-HONEST-RUN': {
    kind: 'sometimes',
    says: 'The verifier can come to accept: the mechanism works at all.',
    source: 'Seshadri et al., SOSP 2005: the protocol',
    witness: ({ verifier }) => verifier.phase === 'accepted',
  },
  'I-GOES-ON': {
    kind: 'no-deadlock',
    says: 'Nothing comes to a stop before the verifier has decided.',
    source: 'Seshadri et al., SOSP 2005: every step of the protocol has a next one',
    mayEnd: over,
  },
};
