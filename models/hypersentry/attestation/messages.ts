import {
  atom,
  isSame,
  privateHalf,
  sign,
  tuple,
  type Atom,
  type Knowledge,
  type Signed,
  type Term,
  learn,
} from '../../platform/crypto/index.ts';
import { extended, quote } from '../../platform/tpm/index.ts';
import type { AttestationSetting } from './setting.ts';
import type { Stored } from './state.ts';

/** Keys by name. Each K is generated in the SMRAM of a machine at boot; the AIKs belong to TPMs. */
export const KEYS = {
  own: 'K_smm',
  old: 'K_old',
  other: 'K_other',
  adversary: 'K_adv',
} as const;

/** Attestation identity keys: of the machine in question, and of another one. */
export const AIK = { own: 'K_AIK', other: 'K_AIK2' } as const;

/** The nonce of the challenge, and those of the requests. */
export const CHALLENGE: Atom = atom('q');

/** The nonce of request `index`, counted from 1. */
export const nonceOf = (index: number): Atom => atom(`n${index}`);

/** The value of a PCR after a boot that measured `handler` and then `key`. */
export const measuredBoot = (handler: string, key: string): Term => extended(atom(handler), atom(key));

/**
 * The quote of slide 15: {K_smm | Handler | Nonce} under the AIK; the PCR is made of K_smm and the handler.
 */
export const quoteOf = (aik: string, pcr: Term, nonce: Term, origin: string): Signed =>
  quote(aik, pcr, nonce, origin);

/** The key that a quoted PCR names, with a handler that the verifier knows or, unchecked, with any. */
export const keyNamedBy = (pcr: Term, setting: AttestationSetting): string | undefined => {
  const handlers = setting.defends('handlerCheck') ? ['Handler'] : ['Handler', 'another handler'];
  return Object.values(KEYS).find((key) =>
    handlers.some((handler) => isSame(pcr, measuredBoot(handler, key))),
  );
};

const triggerName = (trigger: number | null): Atom => atom(trigger === null ? 'no trigger' : `t${trigger}`);

/**
 * The signed output of slide 16: {Output | Nonce} under K_smm; with the trigger's name if that defence is on.
 */
export const outputOf = (
  key: string,
  { output, trigger }: Pick<Stored, 'output' | 'trigger'>,
  nonce: Term,
  origin: string,
  { defends }: AttestationSetting,
): Signed =>
  sign(
    key,
    defends('namesTrigger') ? tuple(atom(output), triggerName(trigger), nonce) : tuple(atom(output), nonce),
    origin,
  );

/** The origin of a stored measurement: when it was made. */
export const originOf = ({ afterTriggers, afterNonces }: Stored): string => `${afterTriggers}.${afterNonces}`;

/** The adversary's first knowledge: what everyone knows, what it has of its own, and what it kept. */
export const knownAtBoot = (setting: AttestationSetting): Knowledge => {
  const { oldBoot, handler, rounds, retries } = setting.parameters;
  const triggers = Array.from({ length: rounds + retries }, (_, index) => triggerName(index + 1));
  const names = ['0', 'Handler', 'another handler', 'clean', 'modified', ...Object.values(KEYS)].map(atom);
  const own = privateHalf(KEYS.adversary);
  const kept = oldBoot
    ? [
        quote(AIK.own, measuredBoot('Handler', KEYS.old), atom('q0'), 'an earlier boot'),
        privateHalf(KEYS.old),
      ]
    : [];
  // A handler of the adversary's own tells it the key that the firmware gave it.
  const told = handler === 'Handler' ? [] : [privateHalf(KEYS.own)];
  return learn([], ...names, ...triggers, triggerName(null), own, ...kept, ...told);
};
