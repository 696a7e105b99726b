import type { Setting } from 'underwatch/model';

/** One TickStampBlob: what the TPM signed, and when on its own clock. */
export interface Stamp {
  readonly taken: boolean;
  /** Ticks since the TPM was reset; one beyond the limit stands for all later ones. */
  readonly ticks: number;
  /** The TPM's tick session, new after each reset. */
  readonly session: number;
  /** Whether it is the TPM of the machine that was asked. */
  readonly own: boolean;
}

/** The first stamp, over what should be the verifier's nonce. */
export interface StartStamp extends Stamp {
  readonly ofChallenge: boolean;
}

/** The second, over what should be the checksum. */
export interface EndStamp extends Stamp {
  readonly ofSum: boolean;
}

/**
 * The checksum: by what means and when it was computed. What it is can be checked; how it came about nobody
 * sees.
 */
export interface Sum {
  readonly how: 'none' | 'genuine' | 'forged' | 'proxy';
  readonly afterChallenge: boolean;
  readonly afterStart: boolean;
  readonly beforeEnd: boolean;
}

/**
 * Checkmate's second variant: the prover's TPM measures the time, and the verifier reads it off two stamps.
 */
export interface TickStamp {
  readonly verifier: 'idle' | 'waiting' | 'accepted' | 'rejected';
  /** The TPM's clock, and its session. */
  readonly ticks: number;
  readonly session: number;
  readonly start: StartStamp;
  readonly end: EndStamp;
  readonly sum: Sum;
}

/** What a scenario may change: durations in ticks of the TPM. */
export type Parameters = {
  /** The genuine computation, and the limit; 890 ticks in Checkmate’s configuration. */
  readonly genuineTicks: number;
  readonly limitTicks: number;
  /**
   * A computation that forges, and one by another machine with the way there and back; at a TPM over there it
   * takes as long as the genuine one.
   */
  readonly forgedTicks: number;
  readonly proxyTicks: number;
};

/** Defences that bind the stamps to each other and to the computation. */
export const defences = {
  bindChallenge: 'the start stamp is over the verifier’s nonce',
  bindSeed: 'the checksum is seeded by the signature of the start stamp',
  bindSum: 'the end stamp is over the checksum',
  sameSession: 'both stamps are of one tick session',
  knownTpm: 'the verifier knows the key of the TPM of the machine that it asks',
  limit: 'the ticks between the stamps are limited',
} as const;

export type Defence = keyof typeof defences;

/** The powers of an adversary who controls the machine; it takes stamps whenever it likes. */
export const capabilities = {
  forge: 'computes the sum from an altered copy, which takes longer',
  proxy: 'has another machine compute it',
  reset: 'resets the TPM, which begins to count anew',
  otherTpm: 'has a TPM of his own take stamps',
} as const;

export type TickStampSetting = Setting<Parameters, Defence>;
