import { defineModel, type Model } from '../../model/index.ts';
import { adversary } from './smi-gate/adversary.ts';
import { handler, platform, processor } from './smi-gate/platform.ts';
import type { Defence, Size, SmiGate } from './smi-gate/state.ts';

/** The reference model; defences off: `smiLock` leaves the lock open, `altStatusCheck` skips one register. */
export const smiGate: Model<SmiGate, Size, Defence, string, 'never-fooled'> = defineModel({
  id: 'smi-gate',
  says: 'a reference model that other checkers have counted',
  defences: { smiLock: 'SMI_LOCK is set', altStatusCheck: 'the handler reads ALT_GP_SMI_STS' },
  capabilities: {},
  parameters: { cores: 2, pending: 2, nonces: 2 },
  initial: ({ parameters, defends }): SmiGate => ({
    chipset: {
      gblEn: true,
      apmcEn: true,
      rout: 'smi',
      altEn: true,
      lock: defends('smiLock'),
      gpi: false,
      apm: false,
      per: false,
      tco: false,
      alt: false,
    },
    cores: Array.from({ length: parameters.cores }, () => ({ mode: 'guest' as const })),
    hyper: 'clean',
    handler: 'idle',
    bmc: { pending: 0, outst: false },
    result: { val: 'none', nonce: 0, taint: false },
    saved: { nonce: 0, taint: false },
    verifier: { phase: 'idle', nonce: 0 },
  }),
  interchangeable: ['cores'],
  actions: { ...platform, ...processor, ...handler, ...adversary },
  invariants: {
    'never-fooled': {
      kind: 'always',
      says: 'a scrubbed hypervisor is never accepted as clean',
      source: 'the reference model',
      holds: (s) => s.verifier.phase !== 'fooled',
    },
  },
});
