import type { Draft } from 'immer';
import { atom, textOf } from '../crypto/index.ts';
import { extend, PCR_RESET } from './index.ts';

/**
 * Localities as the TPM tells them apart by address, FED4_x000h: 0 any software, 1 and 2 the trusted
 * operating system, 3 authenticated code modules, 4 the processor's own cycles, which no software can make
 * (TXT preliminary architecture specification, table 24).
 */
export type Locality = 0 | 1 | 2 | 3 | 4;

/** PCR 17 and 18 after a reset of the TPM: all ones. PCR 0 and, after a hash sequence, PCR 17 start at 0. */
export const ALL_ONES = '-1';
export const ZERO: string = textOf(PCR_RESET);

/** A PCR of this file is the text of the term that it holds: different terms have different texts. */
export const chain = (pcr: string, ...values: readonly string[]): string =>
  values.reduce((before, value) => textOf(extend(atom(before), atom(value))), pcr);

/**
 * `TPM_Extend`. A chain that does not begin one that somebody `wants` to see never becomes one; all such
 * chains are alike except for where they began.
 */
export const extendPcr = (pcr: string, value: string, wants: readonly string[]): string => {
  const next = chain(pcr, value);
  return wants.includes(next) ? next : `${beganAtOnes(pcr) ? ALL_ONES : ZERO}…`;
};

/** Whether the chain of a PCR began at all ones: no hash sequence since the last reset of the TPM. */
export const beganAtOnes = (pcr: string): boolean => pcr.includes(ALL_ONES);

/** The registers of a TPM 1.2 that matter for a late launch. */
export interface Tpm {
  /** The static root of trust's measurements: extended by anyone, reset with the platform alone. */
  readonly pcr0: string;
  /** The dynamic root of trust's measurements. */
  readonly pcr17: string;
  /** Whether software holds a locality: a hash sequence that begins now does not take effect. */
  readonly busy: boolean;
}

/**
 * TPM_HASH_START, DATA and END: locality 4 sets PCR 17 to 0 and extends it, if the TPM is free to take them.
 */
export const hashSequence = (tpm: Draft<Tpm>, measured: string, wants: readonly string[]): void => {
  if (!tpm.busy) tpm.pcr17 = extendPcr(ZERO, measured, wants);
};

/**
 * Who may extend what: a static PCR everyone, PCR 17 and 18 localities 2 to 4; none of those can reset them.
 */
export const mayExtend = (pcr: 'pcr0' | 'pcr17' | 'pcr18', locality: Locality): boolean =>
  pcr === 'pcr0' || locality >= 2;

/** A reset of the TPM, with or without the platform around it. */
export const resetTpm = (tpm: Draft<Tpm>): void => {
  tpm.pcr0 = ZERO;
  tpm.pcr17 = ALL_ONES;
  tpm.busy = false;
};
