/** The phases of a verifier that asks for a quote. An answer that fails a check counts as no answer. */
export type VerifierPhase = 'idle' | 'challenged' | 'accepted';

/**
 * A TPM_Quote: the registers with a nonce, under an attestation identity key. The last three fields say how
 * it came about; nobody sees them.
 */
export interface Answer {
  readonly key: 'AIK' | 'other AIK';
  readonly pcr0: string;
  readonly pcr17: string;
  readonly nonce: 'n' | 'old';
  readonly from: 'this machine' | 'an earlier session' | 'another machine';
  /** The last session on this machine when the quote was made. */
  readonly session: 'none' | 'untampered' | 'tampered';
  readonly afterChallenge: boolean;
}

/** The values that the verifier knows of a machine, and compares. */
export interface Expected {
  readonly pcr0: string;
  readonly pcr17: string;
}

/** The verifier's checks, each of which can be left out alone. */
export const verifierDefences: {
  readonly quoteNonce: string;
  readonly aikBinding: string;
  readonly srtmCheck: string;
  readonly nonceInPcr17: string;
} = {
  quoteNonce: 'the verifier accepts only a quote with the nonce of its challenge',
  aikBinding: 'the verifier knows which attestation identity key belongs to the machine it means',
  srtmCheck: 'the verifier also wants the static PCR of the firmware that it knows',
  nonceInPcr17: 'the session takes the nonce for its input and extends PCR 17 with it',
};

type Check = keyof typeof verifierDefences;

/** Whether an answer passes. */
export const passes = (answer: Answer, expected: Expected, defends: (check: Check) => boolean): boolean =>
  (answer.key === 'AIK' || !defends('aikBinding')) &&
  (answer.nonce === 'n' || !defends('quoteNonce')) &&
  (answer.pcr0 === expected.pcr0 || !defends('srtmCheck')) &&
  answer.pcr17 === expected.pcr17;
