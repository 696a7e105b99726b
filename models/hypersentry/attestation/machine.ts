import type { Draft } from 'immer';
import { actionOf, oneOf, type AnyAction } from 'underwatch/model';
import { pulseForVerifier, type Pulse } from '../../platform/bmc/index.ts';
import { atom, detached, isSame, learn, type Signed, type Term } from '../../platform/crypto/index.ts';
import { extend, extended } from '../../platform/tpm/index.ts';
import { AIK, CHALLENGE, KEYS, nonceOf, originOf, outputOf, quoteOf } from './messages.ts';
import { ends } from '../invocation/clock.ts';
import type { AttestationSetting } from './setting.ts';
import type { Attestation, Stored } from './state.ts';
import { isDecided, passMs } from './verifier.ts';

type MachineAction = AnyAction<Attestation, AttestationSetting>;
const action = actionOf<Attestation, AttestationSetting>();

/** The TPM's quote, if it is asked now. */
export const ownQuote = ({ pcr }: Attestation, nonce: Term): Signed =>
  quoteOf(AIK.own, pcr, nonce, 'this boot');

/** The handler's signed answer, if it is asked now; undefined if it has nothing to sign. */
export const ownOutput = (
  { smm }: Attestation,
  nonce: Term,
  setting: AttestationSetting,
): Signed | undefined =>
  smm.stored === null ? undefined : outputOf(KEYS.own, smm.stored, nonce, originOf(smm.stored), setting);

/**
 * The number of statements that the adversary can choose from when it replays; `I-REPLAYABLE` says that no
 * run has more.
 */
export const STATEMENTS = 12;

/** Adds a statement to those that the adversary has read. */
export const reads = (draft: Draft<Attestation>, ...terms: readonly Term[]): void => {
  draft.known = learn(
    detached(draft.known as readonly Term[]),
    ...terms.map((term) => detached(term)),
  ) as Draft<Term>[];
};

/** Sends an answer to the verifier; everyone on the way can read it. */
const send = (draft: Draft<Attestation>, answer: Signed): void => {
  draft.network.toVerifier = detached(answer) as Draft<Signed>;
  reads(draft, answer);
};

/** Gives out the handler's output. */
export const giveOut = (draft: Draft<Attestation>, { defends }: AttestationSetting): void => {
  if (defends('signsOnce')) draft.smm.stored = null;
};

const measured = (
  { kernel, verifier }: Attestation,
  pulse: Pulse,
  { parameters }: AttestationSetting,
): Stored => ({
  // Another handler says what suits it.
  output: kernel === 'modified' && parameters.handler === 'Handler' ? 'modified' : 'clean',
  trigger: pulse === 'in-band' ? null : pulse,
  afterTriggers: verifier.triggers,
  afterNonces: verifier.nonces,
});

/** The actions of firmware, BMC, TPM and handler: the parts that keep to the protocol. */
export const machineActions: {
  readonly measureHandler: MachineAction;
  readonly generateKey: MachineAction;
  readonly lock: MachineAction;
  readonly quote: MachineAction;
  readonly pulse: MachineAction;
  readonly measure: MachineAction;
  readonly prepare: MachineAction;
  readonly attest: MachineAction;
} = {
  measureHandler: action({
    actor: 'firmware',
    says: 'measured boot: extends the PCR with the SMI handler',
    when: ({ boot, pcr }) => boot === 'reset' && pcr.kind === 'atom',
    then: (draft, _, { parameters }) => {
      draft.pcr = extend(detached(draft.pcr as Term), atom(parameters.handler)) as Draft<Term>;
      draft.boot = 'handler measured';
    },
  }),
  generateKey: action({
    actor: 'firmware',
    says: 'generates K_smm into SMRAM and extends the PCR with its public half',
    when: ({ boot, pcr }, _, { parameters }) =>
      boot === 'handler measured' && isSame(pcr, extended(atom(parameters.handler))),
    then: (draft) => {
      draft.pcr = extend(detached(draft.pcr as Term), atom(KEYS.own)) as Draft<Term>;
      draft.boot = 'key measured';
    },
  }),
  lock: action({
    actor: 'firmware',
    says: 'locks SMRAM and starts the hypervisor',
    when: ({ boot }) => boot === 'key measured',
    then: (draft) => {
      draft.boot = 'locked';
    },
  }),
  quote: action({
    actor: 'tpm',
    says: 'quotes the PCR with the nonce of the challenge',
    when: ({ network }) => network.toTarget?.kind === 'challenge' && network.toVerifier === null,
    then: (draft) => {
      draft.network.toTarget = null;
      send(draft, ownQuote(draft, CHALLENGE));
    },
  }),
  pulse: action({
    actor: 'bmc',
    says: 'pulses its pin for the verifier',
    choose: ({ parameters }: AttestationSetting) => ({
      tookMs: oneOf(ends(parameters.outOfBandLeastMs, parameters.outOfBandMostMs)),
    }),
    when: ({ bmc }) => bmc.commanded !== null && bmc.pulse === null,
    then: (draft, { tookMs }, setting) => {
      passMs(draft, tookMs, setting);
      pulseForVerifier(draft.bmc);
    },
  }),
  measure: action({
    actor: 'handler',
    says: 'measures the hypervisor and stores the output in SMRAM',
    choose: ({ parameters }: AttestationSetting) => ({
      tookMs: oneOf(ends(parameters.measureLeastMs, parameters.measureMostMs)),
    }),
    when: (state) => state.bmc.pulse !== null && !isDecided(state),
    then: (draft, { tookMs }, setting) => {
      passMs(draft, tookMs, setting);
      draft.smm.stored = measured(draft, draft.bmc.pulse!, setting);
      draft.bmc.pulse = null;
      draft.ghost.announced = false;
      if (draft.smm.nonce === null) return;
      send(draft, ownOutput(draft, nonceOf(draft.smm.nonce), setting)!);
      draft.smm.nonce = null;
      giveOut(draft, setting);
    },
  }),
  prepare: action({
    actor: 'handler',
    says: 'keeps the nonce for the next measurement, and forgets the last output',
    when: ({ network }) => network.toTarget?.kind === 'prepare',
    then: (draft) => {
      const request = draft.network.toTarget;
      draft.network.toTarget = null;
      draft.smm.nonce = request?.kind === 'prepare' ? request.nonce : null;
      draft.smm.stored = null;
    },
  }),
  attest: action({
    actor: 'handler',
    says: 'signs the stored output with the nonce',
    choose: ({ parameters }: AttestationSetting) => ({
      tookMs: oneOf(ends(parameters.answerLeastMs, parameters.answerMostMs)),
    }),
    when: ({ network }) => network.toTarget?.kind === 'attest' && network.toVerifier === null,
    then: (draft, { tookMs }, setting) => {
      passMs(draft, tookMs, setting);
      const request = draft.network.toTarget;
      draft.network.toTarget = null;
      if (request?.kind !== 'attest') return;
      const answer = ownOutput(draft, nonceOf(request.nonce), setting);
      if (answer === undefined) return;
      send(draft, answer);
      giveOut(draft, setting);
    },
  }),
};
