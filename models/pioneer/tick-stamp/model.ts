import { defineModel, type Choice, type Invariant, type Model } from 'underwatch/model';
import { actions, passes } from './actions.ts';
import {
  capabilities,
  defences,
  type Defence,
  type Parameters,
  type TickStamp,
  type TickStampSetting,
} from './state.ts';

type Claim = Invariant<TickStamp, TickStampSetting>;

const accepted = ({ verifier }: TickStamp): boolean => verifier === 'accepted';
const CHECKMATE = 'Checkmate’s sources: TPM-timed variant; Kovah et al., Oakland 2012';

const invariants: {
  readonly 'I-TICK': Claim;
  readonly 'I-TICK-FRESH': Claim;
  readonly 'I-TICK-GENUINE': Claim;
  readonly 'I-TICK-HERE': Claim;
  readonly 'I-TICK-HONEST': Claim;
  readonly 'I-TICK-GOES-ON': Claim;
} = {
  'I-TICK': {
    kind: 'always',
    says: 'What the verifier accepts was computed between the two stamps.',
    source: CHECKMATE,
    given: accepted,
    holds: ({ sum }) => sum.afterStart && sum.beforeEnd,
  },
  'I-TICK-FRESH': {
    kind: 'always',
    says: 'It was computed after the challenge.',
    source: CHECKMATE,
    given: accepted,
    holds: ({ sum }) => sum.afterChallenge,
  },
  'I-TICK-GENUINE': {
    kind: 'always',
    says: 'It was not forged.',
    source: CHECKMATE,
    given: accepted,
    holds: ({ sum }) => sum.how !== 'forged',
  },
  'I-TICK-HERE': {
    kind: 'always',
    says: 'It was computed on the machine that was asked.',
    source: CHECKMATE,
    given: accepted,
    holds: ({ sum }) => sum.how !== 'proxy',
  },
  'I-TICK-HONEST': {
    kind: 'sometimes',
    says: 'The verifier can come to accept.',
    source: CHECKMATE,
    witness: accepted,
  },
  'I-TICK-GOES-ON': {
    kind: 'no-deadlock',
    says: 'Nothing comes to a stop before the verifier has decided.',
    source: CHECKMATE,
    mayEnd: ({ verifier }) => verifier === 'accepted' || verifier === 'rejected',
  },
};

const parameters: Parameters = { genuineTicks: 870, limitTicks: 890, forgedTicks: 891, proxyTicks: 900 };
const unused = { taken: false, ticks: 0, session: 0, own: true } as const;

const stepText = (
  name: string,
  choice: Choice,
  state: TickStamp,
  setting: TickStampSetting,
): string | undefined => {
  if (name === 'stampStart' || name === 'stampStartElsewhere')
    return `start stamp over ${choice['ofChallenge'] === true ? 'the verifier’s nonce' : 'some nonce'}, at tick ${state.ticks}`;
  if (name === 'stampEnd' || name === 'stampEndElsewhere')
    return `end stamp over ${state.sum.how === 'none' ? 'some digest' : 'the sum'}, at tick ${state.ticks}`;
  if (name !== 'judge') return undefined;
  return `${state.end.ticks - state.start.ticks} ticks of ${setting.parameters.limitTicks}: ${passes(state, setting) ? 'accepts' : 'rejects'}`;
};

const simple: { readonly [action: string]: string } = {
  challenge: 'sends a nonce',
  compute: 'computes the sum',
  forge: 'computes the sum from an altered copy',
  askProxy: 'has another machine compute the sum',
  resetTpm: 'resets the TPM: its ticks begin anew',
};

/**
 * Checkmate's measurement by the prover's own TPM: two tick stamps, bound to the nonce, to each other and to
 * the sum. Signatures are perfect; a digest is what it is a digest of. Times are ticks of the TPM.
 */
export const tickStamp: Model<TickStamp, Parameters, Defence, keyof typeof actions, keyof typeof invariants> =
  defineModel({
    id: 'tick-stamp',
    says: 'a timed checksum whose time the prover’s TPM takes: two tick stamps and what binds them',
    defences,
    capabilities,
    parameters,
    initial: (): TickStamp => ({
      verifier: 'idle',
      ticks: 0,
      session: 0,
      start: { ...unused, ofChallenge: false },
      end: { ...unused, ofSum: false },
      sum: { how: 'none', afterChallenge: false, afterStart: false, beforeEnd: false },
    }),
    actions,
    invariants,
    present: { step: (...step) => stepText(...step) ?? simple[step[0]], hidden: ['ticks'] },
  });
