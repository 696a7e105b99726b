import type { Draft } from 'immer';
import { actionOf, integers, oneOf, type AnyAction } from 'underwatch/model';
import { pulseInBand } from '../../platform/bmc/index.ts';
import {
  atom,
  derives,
  detached,
  privateHalf,
  statementsIn,
  tuple,
  sign,
  type Signed,
  type Term,
} from '../../platform/crypto/index.ts';
import { extend, PCR_RESET } from '../../platform/tpm/index.ts';
import { giveOut, ownOutput, ownQuote, reads, STATEMENTS } from './machine.ts';
import { AIK, CHALLENGE, KEYS, measuredBoot, nonceOf, outputOf, quoteOf } from './messages.ts';
import type { AttestationSetting } from './setting.ts';
import type { Attestation } from './state.ts';
import { awaitsOutput, isDecided, keyFromQuote } from './verifier.ts';

type AdversaryAction = AnyAction<Attestation, AttestationSetting>;
const action = actionOf<Attestation, AttestationSetting>();

const runs = (state: Attestation): boolean => state.boot === 'locked' && !isDecided(state);
/** Whether the adversary's code runs as the hypervisor, hidden or not. */
const holds = (state: Attestation): boolean => runs(state) && state.kernel !== 'genuine';
const free = (state: Attestation): boolean => runs(state) && state.network.toVerifier === null;

/** A statement of the adversary's own: a quote or an output, whichever the verifier waits for. */
export const forgery = (state: Attestation, setting: AttestationSetting, key: string): Signed | undefined => {
  const { phase, triggers, nonces } = state.verifier;
  if (phase === 'challenged') return sign(key, tuple(measuredBoot('Handler', key), CHALLENGE), 'nowhere');
  if (!awaitsOutput(state, setting)) return undefined;
  return outputOf(key, { output: 'clean', trigger: triggers }, nonceOf(nonces), 'nowhere', setting);
};

/** The same statement from another machine, which is genuine and clean. */
const fromOtherMachine = (state: Attestation, setting: AttestationSetting): Signed | undefined => {
  const { phase, triggers, nonces } = state.verifier;
  const origin = 'another machine';
  if (phase === 'challenged')
    return quoteOf(AIK.other, measuredBoot('Handler', KEYS.other), CHALLENGE, origin);
  if (!awaitsOutput(state, setting)) return undefined;
  // Its own BMC triggers it, as often as is wanted: trigger numbers are no secret.
  return outputOf(KEYS.other, { output: 'clean', trigger: triggers }, nonceOf(nonces), origin, setting);
};

/** The adversary's actions in the middle of the in-band path. */
export const networkActions: {
  readonly intercept: AdversaryAction;
  readonly drop: AdversaryAction;
  readonly replay: AdversaryAction;
  readonly forge: AdversaryAction;
  readonly askHandler: AdversaryAction;
  readonly askTpm: AdversaryAction;
  readonly askOther: AdversaryAction;
} = {
  intercept: action({
    actor: 'adversary',
    says: "takes the verifier's message off the network",
    needs: 'network',
    when: (state) => runs(state) && state.network.toTarget !== null,
    then: (draft) => {
      draft.network.toTarget = null;
    },
  }),
  drop: action({
    actor: 'adversary',
    says: 'takes an answer off the network',
    needs: 'network',
    when: (state) => runs(state) && state.network.toVerifier !== null,
    then: (draft) => {
      draft.network.toVerifier = null;
    },
  }),
  replay: action({
    actor: 'adversary',
    says: 'sends the verifier a statement that it has read',
    needs: 'network',
    choose: { index: integers(0, STATEMENTS - 1) },
    when: (state, { index }) => free(state) && index < statementsIn(state.known).length,
    then: (draft, { index }) => {
      draft.network.toVerifier = detached(statementsIn(draft.known)[index]!) as Draft<Signed>;
    },
  }),
  forge: action({
    actor: 'adversary',
    says: 'sends the verifier a statement that it has put together',
    needs: 'network',
    choose: { key: oneOf(Object.values(KEYS)) },
    when: (state, { key }, setting) => {
      if (!free(state)) return false;
      const statement = forgery(state, setting, key);
      return (
        statement !== undefined &&
        derives(state.known, privateHalf(key)) &&
        derives(state.known, statement.body)
      );
    },
    then: (draft, { key }, setting) => {
      draft.network.toVerifier = forgery(draft, setting, key)! as Draft<Signed>;
    },
  }),
  askHandler: action({
    actor: 'adversary',
    says: 'has the handler sign what it has stored, with a nonce of a request that it has read',
    needs: 'oracle',
    // If the nonce comes first, the handler signs when it measures, and nothing on request.
    exists: ({ parameters }) => parameters.schedule === 'trigger, then nonce',
    when: (state) => runs(state) && state.smm.stored !== null && state.verifier.nonces > 0,
    then: (draft, _, setting) => {
      reads(draft, ownOutput(draft, nonceOf(draft.verifier.nonces), setting)!);
      giveOut(draft, setting);
    },
  }),
  askTpm: action({
    actor: 'adversary',
    says: 'has the TPM quote its PCR with the nonce of the challenge',
    needs: 'oracle',
    // Only the verifier takes quotes, so a quote that it would refuse is of no use.
    when: (state, _, setting) =>
      runs(state) &&
      derives(state.known, CHALLENGE) &&
      keyFromQuote(ownQuote(state, CHALLENGE), setting) !== undefined,
    then: (draft) => reads(draft, ownQuote(draft, CHALLENGE)),
  }),
  askOther: action({
    actor: 'adversary',
    says: 'passes what the verifier asks on to another machine, and its answer back',
    needs: 'otherMachine',
    when: (state, _, setting) => free(state) && fromOtherMachine(state, setting) !== undefined,
    then: (draft, _, setting) => {
      draft.network.toVerifier = fromOtherMachine(draft, setting)! as Draft<Signed>;
    },
  }),
};

/** The adversary's actions on the machine itself. */
export const hostActions: {
  readonly compromise: AdversaryAction;
  readonly hide: AdversaryAction;
  readonly swallow: AdversaryAction;
  readonly pulseInBand: AdversaryAction;
  readonly readSmram: AdversaryAction;
  readonly extend: AdversaryAction;
  readonly resetTpm: AdversaryAction;
} = {
  compromise: action({
    actor: 'adversary',
    says: 'gets into the hypervisor',
    needs: 'compromise',
    when: (state) => runs(state) && state.kernel === 'genuine',
    then: (draft) => {
      draft.kernel = 'modified';
    },
  }),
  hide: action({
    actor: 'hypervisor',
    says: 'takes its modification out, or puts it back',
    needs: 'hide',
    // Between the pulse and the freeze there is no time to: what `hypersentry` is about.
    when: (state) => holds(state) && state.bmc.pulse === null,
    then: (draft) => {
      draft.kernel = draft.kernel === 'modified' ? 'hidden' : 'modified';
      if (draft.kernel === 'hidden') draft.ghost.cleanSinceTrigger = true;
    },
  }),
  swallow: action({
    actor: 'hypervisor',
    says: 'makes the trigger come to nothing',
    needs: 'swallow',
    when: (state) => holds(state) && typeof state.bmc.pulse === 'number',
    then: (draft) => {
      draft.bmc.pulse = null;
    },
  }),
  pulseInBand: action({
    actor: 'hypervisor',
    says: 'KCS: Set Watchdog Timer, pre-timeout interrupt = SMI; a BMC that takes it pulses its pin',
    needs: 'kcs',
    when: (state) => holds(state) && state.bmc.pulse === null,
    // A firmware firewall answers D4h, and nothing is armed (IPMI 2.0, 5.2 and 21).
    then: (draft, _, { defends }) => {
      if (!defends('bmcRefusesInBand')) pulseInBand(draft.bmc);
    },
  }),
  readSmram: action({
    actor: 'adversary',
    says: 'reads the private half of K_smm out of SMRAM',
    needs: 'smram',
    when: (state) => holds(state) && !derives(state.known, privateHalf(KEYS.own)),
    then: (draft) => reads(draft, privateHalf(KEYS.own)),
  }),
  extend: action({
    actor: 'adversary',
    says: 'extends the PCR',
    needs: 'oracle',
    choose: { value: oneOf(['Handler', KEYS.adversary]) },
    // Longer chains than a boot makes are useless, and the verifier treats them all alike.
    when: (state) => runs(state) && state.verifier.phase === 'challenged' && !isLong(state.pcr),
    then: (draft, { value }) => {
      draft.pcr = extend(detached(draft.pcr as Term), atom(value)) as Draft<Term>;
    },
  }),
  resetTpm: action({
    actor: 'adversary',
    says: 'resets the TPM alone',
    needs: 'tpmReset',
    when: (state) => runs(state) && state.pcr.kind === 'hash',
    then: (draft) => {
      draft.pcr = PCR_RESET as Draft<Term>;
    },
  }),
};

/** A chain of three extends or more. */
const isLong = (pcr: Term, length = 0): boolean => {
  if (length === 3) return true;
  return pcr.kind === 'hash' && pcr.of.kind === 'tuple' && isLong(pcr.of.parts[0]!, length + 1);
};
