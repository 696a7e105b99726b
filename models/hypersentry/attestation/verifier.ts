import type { Draft } from 'immer';
import { match } from 'ts-pattern';
import { actionOf, type AnyAction } from 'underwatch/model';
import { commandBmc } from '../../platform/bmc/index.ts';
import { detached, isSame, learn, type Signed, type Term } from '../../platform/crypto/index.ts';
import { AIK, CHALLENGE, keyNamedBy, nonceOf } from './messages.ts';
import type { AttestationSetting } from './setting.ts';
import type { Attestation, Ghost } from './state.ts';

type VerifierAction = AnyAction<Attestation, AttestationSetting>;
const action = actionOf<Attestation, AttestationSetting>();

/** Whether the verifier has come to its decision. */
export const isDecided = ({ verifier }: Attestation): boolean =>
  verifier.phase === 'accepted' || verifier.phase === 'alarmed';

/** Whether the verifier awaits an answer about a measurement now. */
export const awaitsOutput = ({ verifier }: Attestation, { parameters }: AttestationSetting): boolean =>
  verifier.phase === (parameters.schedule === 'trigger, then nonce' ? 'asked' : 'triggered');

/** Advances the verifier's clock while it awaits an output, if it has a clock. */
export const passMs = (draft: Draft<Attestation>, ms: number, setting: AttestationSetting): void => {
  const { deadlineMs } = setting.parameters;
  if (deadlineMs === null || !awaitsOutput(draft, setting)) return;
  draft.verifier.waitedMs = Math.min(deadlineMs + 1, draft.verifier.waitedMs + ms);
};

/** Whether the verifier has waited past its deadline. */
const isOverdue = (state: Attestation, setting: AttestationSetting): boolean =>
  setting.defends('deadline') &&
  setting.parameters.deadlineMs !== null &&
  awaitsOutput(state, setting) &&
  state.verifier.waitedMs > setting.parameters.deadlineMs;

const partsOf = ({ body }: Signed): readonly Term[] => (body.kind === 'tuple' ? body.parts : []);

/** The key that an acceptable quote names (slide 15). */
export const keyFromQuote = (answer: Signed, setting: AttestationSetting): string | undefined => {
  const [pcr, nonce] = partsOf(answer);
  if (pcr === undefined || nonce === undefined) return undefined;
  const aiks: readonly string[] = setting.defends('aikBinding') ? [AIK.own] : Object.values(AIK);
  if (setting.defends('quoteCheck') && !aiks.includes(answer.key)) return undefined;
  if (setting.defends('quoteNonce') && !isSame(nonce, CHALLENGE)) return undefined;
  return keyNamedBy(pcr, setting);
};

/** The output in an acceptable answer (slide 16): under the key, with the nonce of the request. */
export const outputFrom = (
  { verifier }: Attestation,
  answer: Signed,
  { defends }: AttestationSetting,
): 'clean' | 'modified' | undefined => {
  const [output, ...rest] = partsOf(answer);
  const nonce = rest.at(-1);
  if (output?.kind !== 'atom' || nonce === undefined) return undefined;
  if (defends('signatureCheck') && answer.key !== verifier.key) return undefined;
  if (defends('nonceCheck') && !isSame(nonce, nonceOf(verifier.nonces))) return undefined;
  const named = rest.length === 2 ? rest[0] : undefined;
  if (defends('namesTrigger') && (named?.kind !== 'atom' || named.name !== `t${verifier.triggers}`))
    return undefined;
  return output.name === 'clean' || output.name === 'modified' ? output.name : undefined;
};

const quoteOrigin = (origin: string): Ghost['quote'] =>
  match(origin)
    .with('this boot', 'an earlier boot', 'another machine', (known) => known)
    .otherwise(() => 'nowhere' as const);

const outputOrigin = ({ triggers, nonces }: Attestation['verifier'], origin: string): Ghost['output'] => {
  if (origin === 'another machine') return 'another machine';
  const [afterTriggers, afterNonces] = origin.split('.').map(Number);
  if (afterTriggers === undefined || afterNonces === undefined) return 'nowhere';
  if (afterNonces >= nonces) return 'measured after the nonce';
  return afterTriggers >= triggers ? 'measured after the trigger' : 'measured earlier';
};

const judgeOutput = (draft: Draft<Attestation>, answer: Signed, setting: AttestationSetting): void => {
  const { verifier, ghost } = draft;
  const output = outputFrom(draft, answer, setting);
  // An answer that fails a check counts as no answer: the deadline is for that.
  if (output === undefined) return;
  if (output === 'modified') verifier.phase = 'alarmed';
  else {
    ghost.output = outputOrigin(verifier, answer.origin);
    ghost.acceptedTruly = ghost.cleanSinceTrigger;
    verifier.rounds += 1;
    verifier.phase = verifier.rounds === setting.parameters.rounds ? 'accepted' : 'idle';
  }
};

const nothingComes = ({ network, bmc }: Attestation): boolean =>
  network.toTarget === null &&
  network.toVerifier === null &&
  bmc.commanded === null &&
  typeof bmc.pulse !== 'number';

/** Whether nothing is on its way any more that could answer the verifier. */
const isLost = (state: Attestation, { defends, parameters }: AttestationSetting): boolean =>
  defends('deadline') &&
  nothingComes(state) &&
  (['challenged', 'asked'].includes(state.verifier.phase) ||
    (parameters.schedule === 'nonce, then trigger' &&
      (state.verifier.phase === 'triggered' ||
        (state.verifier.phase === 'prepared' && state.smm.nonce !== state.verifier.nonces))));

/** The actions of the verifier: challenge, triggers out of band, requests in band, judgement. */
export const verifierActions: {
  readonly challenge: VerifierAction;
  readonly trigger: VerifierAction;
  readonly ask: VerifierAction;
  readonly judge: VerifierAction;
  readonly overdue: VerifierAction;
} = {
  challenge: action({
    actor: 'verifier',
    says: 'asks for a quote, with a nonce',
    when: ({ verifier, boot }) => verifier.phase === 'start' && boot === 'locked',
    then: (draft) => {
      draft.verifier.phase = 'challenged';
      draft.network.toTarget = { kind: 'challenge' };
      draft.known = learn(detached(draft.known as readonly Term[]), CHALLENGE) as Draft<Term>[];
    },
  }),
  trigger: action({
    actor: 'verifier',
    says: 'has the BMC trigger a measurement, out of band',
    when: ({ verifier, smm }, _, { parameters }) =>
      parameters.schedule === 'trigger, then nonce'
        ? verifier.phase === 'idle'
        : // The handler acknowledges that it has the nonce; without that there is nothing to trigger.
          verifier.phase === 'prepared' && smm.nonce === verifier.nonces,
    then: (draft) => {
      draft.verifier.phase = 'triggered';
      draft.verifier.triggers += 1;
      draft.verifier.waitedMs = 0;
      commandBmc(draft.bmc, draft.verifier.triggers);
      draft.ghost.cleanSinceTrigger = draft.kernel !== 'modified';
    },
  }),
  ask: action({
    actor: 'verifier',
    says: 'sends a nonce, in band',
    // The verifier waits as long as a measurement takes; it cannot tell whether there was one.
    when: (state, _, { parameters }) =>
      parameters.schedule === 'trigger, then nonce'
        ? state.verifier.phase === 'triggered' && nothingComes(state)
        : state.verifier.phase === 'idle',
    then: (draft, _, { parameters }) => {
      const attests = parameters.schedule === 'trigger, then nonce';
      draft.verifier.nonces += 1;
      draft.verifier.waitedMs = 0;
      draft.verifier.phase = attests ? 'asked' : 'prepared';
      draft.network.toTarget = { kind: attests ? 'attest' : 'prepare', nonce: draft.verifier.nonces };
      draft.known = learn(
        detached(draft.known as readonly Term[]),
        nonceOf(draft.verifier.nonces),
      ) as Draft<Term>[];
      draft.ghost.announced = !attests;
    },
  }),
  judge: action({
    actor: 'verifier',
    says: 'judges an answer',
    when: (state) => state.network.toVerifier !== null && !isDecided(state),
    then: (draft, _, setting) => {
      const answer = draft.network.toVerifier as Signed;
      draft.network.toVerifier = null;
      if (draft.verifier.phase === 'challenged') {
        const key = keyFromQuote(answer, setting);
        if (key === undefined) return;
        draft.verifier.key = key;
        draft.verifier.phase = 'idle';
        draft.ghost.quote = quoteOrigin(answer.origin);
      } else if (awaitsOutput(draft, setting) && !isOverdue(draft, setting))
        judgeOutput(draft, answer, setting);
    },
  }),
  overdue: action({
    actor: 'verifier',
    says: 'has waited long enough: asks again, or raises an alarm',
    // Its clock has come to it, or does since nothing is on its way any more.
    when: (state, _, setting) => isOverdue(state, setting) || isLost(state, setting),
    then: (draft) => {
      const { verifier } = draft;
      if (verifier.retriesLeft === 0 || verifier.key === null) verifier.phase = 'alarmed';
      else {
        verifier.retriesLeft -= 1;
        verifier.phase = 'idle';
      }
    },
  }),
};
