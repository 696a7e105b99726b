import type { Setting } from 'underwatch/model';
import type { Frame } from './state.ts';
import { verifierDefences } from '../verifier.ts';

/** Parameters that a scenario of this model may change. */
export type Parameters = {
  /**
   * The firmware of the boot. Altered firmware measures itself, and brings an SMI handler of the adversary's.
   */
  readonly firmware: 'genuine' | 'altered';
  /** The frames that the adversary and its devices write: the scope of the search. */
  readonly frames: readonly Frame[];
};

const mechanisms = {
  slDev: 'SKINIT sets SL_DEV_EN: no device reaches the 64 KiB of the loader (APM vol. 2, 15.27.6 step 2)',
  apHandshake: 'the handshake of SKINIT finds a core that is not in INIT, and the hash fails (step 3)',
  apCodeMeasured: 'the start-up code of the other core is part of the measured image (15.27.8)',
  pagingOff: 'SKINIT leaves the loader in protected mode without paging (step 1)',
  scratchCleared: 'the loader takes nothing over from the part of its 64 KiB that is not measured',
  protectsFirst: 'the loader keeps devices from the kernel before it measures it, not after',
  tablesProtected:
    'the IOMMU reads its tables from memory that is kept from devices (hypothetical: SL_DEV keeps out the IOMMU, too)',
  rInit:
    'VM_CR.R_INIT stays set while the session runs: an INIT becomes #SX, and the kernel erases its secret',
  smisHeld: 'the session executes no STGI before it has erased its secret and capped PCR 17 (as Flicker)',
  smmIsolated: 'the SMI handler runs deprivileged, and reaches nothing of the session',
  smmLock: 'HWCR.SMMLOCK is set: nobody changes SMRAM after boot',
  integratedTpm: 'the TPM is no chip on a bus: nobody resets it alone, or sends it cycles',
} as const;

export type Defence = keyof typeof mechanisms | keyof typeof verifierDefences;

/** Mechanisms that can be switched off, each alone. */
export const defences: { readonly [name in Defence]: string } = { ...verifierDefences, ...mechanisms };

/**
 * The adversary's powers, which include the launching kernel. None is an attack; attacks are composed of
 * them.
 */
export const capabilities = {
  store: 'loads from and stores to any physical address, on any core that executes his code',
  dma: 'programs a device to write memory',
  paging: 'has page tables of his own while the loader is loaded',
  vmm: 'has a VMM, in software alone or with VT or Pacifica, under the kernel; it sees SKINIT first',
  smram: 'has an attack on SMRAM that works (what the model `smram` is about)',
  smi: 'raises SMIs, or has a device raise them, at any time',
  init: 'has a device send INIT to the boot processor',
  tpm: 'talks to the TPM at localities 0 to 2: extends PCRs, has secrets unsealed',
  occupy: 'requests a locality of the TPM and keeps it, so that no hash sequence takes effect',
  tpmReset: 'resets the TPM alone, by its wire on the LPC bus',
  interposer: 'sits on the LPC bus, and sends cycles of locality 4',
  oldQuote: 'kept a quote of an earlier session, which was genuine',
  otherMachine: 'has another machine with a genuine TPM, which runs the session as asked',
} as const;

export type SkinitSetting = Setting<Parameters, Defence>;
