import type { Draft } from 'immer';
import { match } from 'ts-pattern';
import { actionOf, booleans, type AnyAction } from 'underwatch/model';
import type { Sum, TickStamp, TickStampSetting } from './state.ts';

type Step = AnyAction<TickStamp, TickStampSetting>;
const action = actionOf<TickStamp, TickStampSetting>();

const undecided = ({ verifier }: TickStamp): boolean => verifier === 'idle' || verifier === 'waiting';

const durationTicks = (
  how: Exclude<Sum['how'], 'none'>,
  { start }: TickStamp,
  { parameters }: TickStampSetting,
): number =>
  match(how)
    .with('genuine', () => parameters.genuineTicks)
    .with('forged', () => parameters.forgedTicks)
    // The way there and back counts only where the stamps are taken here.
    .with('proxy', () => (start.taken && !start.own ? parameters.genuineTicks : parameters.proxyTicks))
    .exhaustive();

const pass = (draft: Draft<TickStamp>, ticks: number, { parameters }: TickStampSetting): void => {
  // Later than twice the limit is as late as can be told from any stamp within one limit of the reset.
  draft.ticks = Math.min(draft.ticks + ticks, 2 * parameters.limitTicks + 2);
};

/** Whether the sum's seed is there; without the binding that is the verifier's nonce. */
const hasSeed = ({ start, verifier }: TickStamp, { defends }: TickStampSetting): boolean =>
  defends('bindSeed') ? start.taken : verifier === 'waiting';

/** One way to the sum; while it is computed no stamp is taken. */
const computing = (how: Exclude<Sum['how'], 'none'>, needs?: string): Step =>
  action({
    actor: how === 'genuine' ? 'function' : 'adversary',
    says: `computes the sum: ${how}`,
    ...(needs === undefined ? {} : { needs }),
    when: (state, _, setting) => undecided(state) && state.sum.how === 'none' && hasSeed(state, setting),
    then: (draft, _, setting) => {
      pass(draft, durationTicks(how, draft, setting), setting);
      draft.sum = {
        how,
        afterChallenge: draft.verifier === 'waiting',
        afterStart: draft.start.taken,
        beforeEnd: !draft.end.taken,
      };
    },
  });

/** A TPM of the adversary's own is never in a session of the prover's. */
const ELSEWHERE = 2;
const sessionOf = (own: boolean, { session }: TickStamp): number => (own ? session : ELSEWHERE);

const stampingStart = (own: boolean): Step =>
  action({
    actor: own ? 'prover' : 'adversary',
    says: `has ${own ? 'the TPM' : 'a TPM of his own'} stamp a nonce: the start`,
    ...(own ? {} : { needs: 'otherTpm' }),
    choose: { ofChallenge: booleans() },
    when: (state, { ofChallenge }) =>
      undecided(state) && !state.start.taken && (!ofChallenge || state.verifier === 'waiting'),
    then: (draft, { ofChallenge }) => {
      draft.start = { taken: true, ticks: draft.ticks, session: sessionOf(own, draft), own, ofChallenge };
    },
  });

const stampingEnd = (own: boolean): Step =>
  action({
    actor: own ? 'prover' : 'adversary',
    says: `has ${own ? 'the TPM' : 'a TPM of his own'} stamp a digest: the end`,
    ...(own ? {} : { needs: 'otherTpm' }),
    when: (state) => undecided(state) && !state.end.taken,
    then: (draft) => {
      draft.end = {
        taken: true,
        ticks: draft.ticks,
        session: sessionOf(own, draft),
        own,
        ofSum: draft.sum.how !== 'none',
      };
    },
  });

/**
 * The ticks between the stamps. Of the clocks of two TPMs the adversary sets his own as he likes, and none
 * pass.
 */
const between = ({ end, start }: TickStamp): number => (end.own === start.own ? end.ticks - start.ticks : 0);

/**
 * The verifier's look at the two stamps and the sum. Nobody asks whether the end stamp names the start stamp:
 * the sum under it was seeded with the start stamp, which says as much. That the ticks between the stamps are
 * not negative is not asked: those of one session only grow, and who may reset the TPM between the stamps
 * gets any number of them that he likes.
 */
export const passes = (state: TickStamp, { defends, parameters }: TickStampSetting): boolean => {
  const { end, start } = state;
  return (
    (start.ofChallenge || !defends('bindChallenge')) &&
    (end.ofSum || !defends('bindSum')) &&
    (start.session === end.session || !defends('sameSession')) &&
    ((start.own && end.own) || !defends('knownTpm')) &&
    (between(state) <= parameters.limitTicks || !defends('limit'))
  );
};

/** All actions: the honest order is one of many in which stamps can be taken. */
export const actions: {
  readonly challenge: Step;
  readonly stampStart: Step;
  readonly stampStartElsewhere: Step;
  readonly compute: Step;
  readonly forge: Step;
  readonly askProxy: Step;
  readonly stampEnd: Step;
  readonly stampEndElsewhere: Step;
  readonly resetTpm: Step;
  readonly judge: Step;
} = {
  challenge: action({
    actor: 'verifier',
    says: 'sends a nonce',
    when: ({ verifier }) => verifier === 'idle',
    then: (draft) => {
      draft.verifier = 'waiting';
    },
  }),
  stampStart: stampingStart(true),
  stampStartElsewhere: stampingStart(false),
  compute: computing('genuine'),
  forge: computing('forged', 'forge'),
  askProxy: computing('proxy', 'proxy'),
  stampEnd: stampingEnd(true),
  stampEndElsewhere: stampingEnd(false),
  resetTpm: action({
    actor: 'adversary',
    says: 'resets the TPM',
    needs: 'reset',
    when: (state) => undecided(state) && state.session === 0,
    then: (draft) => {
      draft.session = 1;
      draft.ticks = 0;
    },
  }),
  judge: action({
    actor: 'verifier',
    says: 'looks at both stamps and at the sum',
    when: (state) =>
      state.verifier === 'waiting' && state.start.taken && state.end.taken && state.sum.how !== 'none',
    then: (draft, _, setting) => {
      draft.verifier = passes(draft, setting) ? 'accepted' : 'rejected';
    },
  }),
};
