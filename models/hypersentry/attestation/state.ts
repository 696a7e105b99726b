import type { Bmc } from '../../platform/bmc/index.ts';
import type { Knowledge, Signed, Term } from '../../platform/crypto/index.ts';

/** The progress of the measured boot (slide 15). */
export type Boot = 'reset' | 'handler measured' | 'key measured' | 'locked';

/** A measurement in SMRAM (slide 9: store measurement output). */
export type Stored = {
  readonly output: 'clean' | 'modified';
  /** The number of the trigger that led to it; null if no trigger of the verifier did. */
  readonly trigger: number | null;
  /** The time at which it was made, for the invariants: triggers and nonces issued by then. */
  readonly afterTriggers: number;
  readonly afterNonces: number;
};

/** The content of SMRAM, besides the handler and K_smm. */
export interface Smm {
  readonly stored: Stored | null;
  /** The nonce that came before the trigger, in a schedule with the nonce first. */
  readonly nonce: number | null;
}

/** A message from the verifier to the target, over the network that the hypervisor sees. */
export type Request =
  | { readonly kind: 'challenge' }
  | { readonly kind: 'attest'; readonly nonce: number }
  | { readonly kind: 'prepare'; readonly nonce: number };

export interface Network {
  readonly toTarget: Request | null;
  readonly toVerifier: Signed | null;
}

export interface Verifier {
  readonly phase:
    | 'start'
    | 'challenged'
    | 'idle'
    | 'prepared'
    | 'triggered'
    | 'asked'
    | 'accepted'
    | 'alarmed';
  /** The key that the quote named: K_smm, as the verifier believes from then on. */
  readonly key: string | null;
  /** Counts of rounds done, triggers sent and nonces sent, and how often the verifier may still ask again. */
  readonly rounds: number;
  readonly triggers: number;
  readonly nonces: number;
  readonly retriesLeft: number;
  /** The verifier's clock while it awaits an output, up to just above its deadline; 0 where it has none. */
  readonly waitedMs: number;
}

/** The origin of what the verifier accepted last; no part of the machine sees this. */
export interface Ghost {
  readonly quote: 'none' | 'this boot' | 'an earlier boot' | 'another machine' | 'nowhere';
  readonly output:
    | 'none'
    | 'measured after the nonce'
    | 'measured after the trigger'
    | 'measured earlier'
    | 'another machine'
    | 'nowhere';
  /** Whether the modification was absent at some instant since the last trigger. */
  readonly cleanSinceTrigger: boolean;
  /** The value of `cleanSinceTrigger` when the verifier last accepted. */
  readonly acceptedTruly: boolean;
  /** Whether the hypervisor has seen a message that announces a measurement not made yet. */
  readonly announced: boolean;
}

/** The state of everyone who takes part in slides 15 and 16. */
export interface Attestation {
  readonly boot: Boot;
  readonly pcr: Term;
  readonly smm: Smm;
  readonly kernel: 'genuine' | 'modified' | 'hidden';
  readonly bmc: Bmc;
  readonly network: Network;
  readonly verifier: Verifier;
  readonly known: Knowledge;
  readonly ghost: Ghost;
}
