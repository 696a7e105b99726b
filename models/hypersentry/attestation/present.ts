import type { Choice, Presentation, Value } from 'underwatch/model';
import { statementsIn, textOf, type Term } from '../../platform/crypto/index.ts';
import { forgery } from './adversary.ts';
import { ownOutput, ownQuote } from './machine.ts';
import { CHALLENGE, nonceOf } from './messages.ts';
import type { AttestationSetting } from './setting.ts';
import type { Attestation, Request } from './state.ts';
import { keyFromQuote, outputFrom } from './verifier.ts';

const requestText = (request: Request): string =>
  request.kind === 'challenge' ? 'a challenge' : `a request with ${textOf(nonceOf(request.nonce))}`;

const judgement = (state: Attestation, setting: AttestationSetting): string => {
  const answer = state.network.toVerifier!;
  if (state.verifier.phase === 'challenged') {
    const key = keyFromQuote(answer, setting);
    return key === undefined ? 'a quote that does not check' : `the quote checks: ${key} is the handler's`;
  }
  const output = outputFrom(state, answer, setting);
  return output === undefined ? 'an answer that does not check' : `accepts the signature: ${output}`;
};

const nextNonce = ({ verifier }: Attestation): string => textOf(nonceOf(verifier.nonces + 1));

type Teller = (state: Attestation, choice: Choice, setting: AttestationSetting) => string;

const tellers: { readonly [action: string]: Teller } = {
  measureHandler: (_, __, { parameters }) => `PCR := H(0 | ${parameters.handler})`,
  generateKey: (_, __, { parameters }) =>
    `K_smm, K_smm⁻¹ into SMRAM; PCR := H(H(0 | ${parameters.handler}) | K_smm)`,
  lock: () => 'locks SMRAM, starts the hypervisor',
  challenge: () => `to the target, in band: quote, with nonce ${textOf(CHALLENGE)}`,
  quote: (state) => `to the verifier: ${textOf(ownQuote(state, CHALLENGE))}`,
  trigger: (state) => `to the BMC, out of band: trigger ${state.verifier.triggers + 1}`,
  pulse: () => 'pulses its GPI',
  measure: ({ kernel, smm }) =>
    `measures: ${kernel === 'modified' ? 'modified' : 'clean'}; stores the output in SMRAM${smm.nonce === null ? '' : ', signs and sends it'}`,
  ask: (state) => `to the target, in band: attest, with nonce ${nextNonce(state)}`,
  prepare: (state) =>
    `keeps ${textOf(nonceOf(state.verifier.nonces))} for the next measurement, forgets the last output`,
  attest: (state, _, setting) => {
    const answer = ownOutput(state, nonceOf(state.verifier.nonces), setting);
    return answer === undefined ? 'has nothing to sign' : `to the verifier: ${textOf(answer)}`;
  },
  judge: (state, _, setting) => judgement(state, setting),
  overdue: ({ verifier }) =>
    verifier.retriesLeft === 0 || verifier.key === null
      ? 'raises an alarm: no answer in time'
      : 'no answer in time; asks again',
  intercept: ({ network }) => `takes ${requestText(network.toTarget!)} off the network`,
  drop: ({ network }) => `takes ${textOf(network.toVerifier!)} off the network`,
  replay: ({ known }, { index }) => `sends ${textOf(statementsIn(known)[index as number]!)}`,
  forge: (state, { key }, setting) => `makes and sends ${textOf(forgery(state, setting, key as string)!)}`,
  askHandler: (state, _, setting) =>
    `has the handler sign: ${textOf(ownOutput(state, nonceOf(state.verifier.nonces), setting)!)}`,
  askTpm: (state) => `has the TPM quote: ${textOf(ownQuote(state, CHALLENGE))}`,
  hide: ({ kernel }) => (kernel === 'modified' ? 'takes its modification out' : 'puts its modification back'),
  compromise: () => 'gets into the hypervisor',
  swallow: () => 'makes the trigger come to nothing: a closed gate, a cleared latch, a storm of SMIs',
  pulseInBand: () => 'KCS: Set Watchdog Timer, pre-timeout interrupt = SMI; the BMC pulses its GPI',
  readSmram: () => 'reads K_smm⁻¹ out of SMRAM',
  askOther: ({ verifier }) =>
    `has another machine answer: ${verifier.phase === 'challenged' ? 'its quote, with the nonce' : 'its output, signed with its key and the nonce'}`,
  resetTpm: () => 'resets the TPM alone: PCR := 0',
  extend: (_, { value }) => `extends the PCR with ${value as string}`,
};

const isTerm = (value: Value): boolean =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && 'kind' in value;

/** Messages as slides 15 and 16 write them. */
export const present: Presentation<Attestation, AttestationSetting> = {
  hidden: ['ghost', 'known'],
  step: (action, choice, before, setting) => tellers[action]?.(before, choice, setting),
  value: (path, value) => {
    if ((path === 'pcr' || path === 'network.toVerifier') && isTerm(value))
      return textOf(value as unknown as Term);
    if (path !== 'known' || !Array.isArray(value)) return undefined;
    return (value as unknown as readonly Term[]).map(textOf).join(', ');
  },
};
