import { atom, hash, sign, tuple, type Signed, type Term } from '../crypto/index.ts';

/** A static platform configuration register after a reset (TPM 1.2: PCR 0 to 15 are zero). */
export const PCR_RESET: Term = atom('0');

/** `TPM_Extend`: the only way in which a static PCR changes, short of a reset. */
export const extend = (pcr: Term, value: Term): Term => hash(tuple(pcr, value));

/** The PCR after a sequence of extends. */
export const extended = (...values: readonly Term[]): Term => values.reduce(extend, PCR_RESET);

/** Whether `earlier` is a value that `pcr` went through on its way. */
export const wentThrough = (pcr: Term, earlier: Term): boolean => {
  if (pcr.kind !== 'hash' || pcr.of.kind !== 'tuple') return false;
  const [before] = pcr.of.parts;
  return (
    before !== undefined &&
    (JSON.stringify(before) === JSON.stringify(earlier) || wentThrough(before, earlier))
  );
};

/**
 * `TPM_Quote`: the value of the PCR with a nonce, under an attestation identity key, which signs nothing
 * else. Any software that can talk to the TPM can have one, with any nonce.
 */
export const quote = (aik: string, pcr: Term, nonce: Term, origin: string): Signed =>
  sign(aik, tuple(pcr, nonce), origin);
