import type { Core } from '../../platform/cores/index.ts';
import type { Tpm } from '../../platform/tpm/localities.ts';
import type { Answer, VerifierPhase } from '../verifier.ts';

/**
 * Physical memory by what it is used for. `image` is the measured part of the secure loader block, its first
 * `length` bytes; `scratch` is the rest of its 64 KiB, protected and not measured. The others lie outside of
 * it: the security kernel, the tables of the IOMMU, and the start-up code of the other processor, which must
 * lie below 1 MiB.
 */
export interface Memory {
  readonly image: 'genuine' | 'altered';
  readonly scratch: 'genuine' | 'altered';
  readonly kernel: 'genuine' | 'altered';
  readonly tables: 'genuine' | 'altered';
  readonly apCode: 'genuine' | 'altered';
}

export type Frame = keyof Memory;

/**
 * The state of a machine with two cores that launches a secure loader by SKINIT, and of a remote verifier.
 */
export interface Skinit {
  /** The boot processor, which executes SKINIT, and the other one. */
  readonly bsp: Core;
  readonly ap: Core;
  /** Whose code the other core executes when it runs. */
  readonly apRuns: 'adversary' | 'session';
  /** VM_CR.R_INIT: an INIT becomes the exception #SX (APM vol. 2, 15.28). */
  readonly rInit: boolean;
  /** Whether an INIT has reached the boot processor and is held pending, or about to be taken. */
  readonly initPending: boolean;
  /** SL_DEV_EN: while set, no device reaches the 64 KiB. */
  readonly slDev: boolean;
  /**
   * Whether the IOMMU keeps devices out of everything that the session needs. `open`: it obeys altered
   * tables.
   */
  readonly iommu: 'off' | 'blocks' | 'open';
  readonly memory: Memory;
  /** Where paging maps the addresses of the loader. */
  readonly mapping: 'its own frames' | 'other frames';
  readonly smm: 'handler' | 'adversary';
  /**
   * Who has the boot processor outside SMM: the launching kernel, the secure loader or the security kernel.
   */
  readonly runs: 'kernel' | 'SL' | 'SK';
  /** The code that executes there: what was measured, or code that a mapping or unmeasured data led to. */
  readonly executes: 'what was measured' | 'other code';
  /** Whether the session was given the verifier's nonce. */
  readonly hasNonce: boolean;
  readonly tablesBuilt: boolean;
  readonly kernelMeasured: boolean;
  readonly tpm: Tpm;
  /** The secret that is sealed to the values of PCR 17 that the genuine loader and kernel make. */
  readonly secret: 'sealed' | 'in memory';
  readonly secretRead: boolean;
  /** Whether the kernel was given the result of a session, as far as it can tell. */
  readonly toldResult: boolean;
  readonly verifier: VerifierPhase;
  readonly answer: Answer | null;
  readonly ghost: Ghost;
}

/** Bookkeeping that only invariants read. */
export interface Ghost {
  /** Whether SKINIT was executed since the TPM was last reset. */
  readonly launched: boolean;
  /** The last session that came to its end. */
  readonly session: 'none' | 'untampered' | 'tampered';
  /** Whether that session began after the challenge. */
  readonly afterChallenge: boolean;
}
