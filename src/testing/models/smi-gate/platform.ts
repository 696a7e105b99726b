import type { AnyAction } from '../../../model/index.ts';
import { action, anyCore, free, smi, waits, type Gate, type SmiGate } from './state.ts';

/** Timer, verifier and BMC. */
export const platform: { readonly [name: string]: AnyAction<SmiGate, Gate> } = {
  periodic: action({
    actor: 'hardware',
    says: 'the periodic timer elapses',
    when: (s) => !s.chipset.per,
    then: (d) => {
      d.chipset.per = true;
    },
  }),
  request: action({
    actor: 'verifier',
    says: 'asks for a measurement',
    when: (s, _, { parameters }) =>
      waits(s.verifier) && s.verifier.nonce < parameters.nonces && s.bmc.pending < parameters.pending,
    then: (d) => {
      d.verifier.nonce += 1;
      d.bmc.pending += 1;
      d.verifier.phase = 'waiting';
    },
  }),
  assert: action({
    actor: 'bmc',
    says: 'raises the pin',
    when: (s) => s.bmc.pending > 0 && !s.bmc.outst,
    then: (d) => {
      d.bmc.pending -= 1;
      d.bmc.outst = true;
      if (d.chipset.rout === 'smi' && d.chipset.altEn) {
        d.chipset.gpi = true;
        d.chipset.alt = true;
      }
    },
  }),
  verify: action({
    actor: 'verifier',
    says: 'looks at a result',
    when: (s) => s.verifier.phase === 'waiting' && s.result.val !== 'none',
    then: (d) => {
      if (d.result.nonce !== d.verifier.nonce) d.result = { val: 'none', nonce: 0, taint: false };
      else if (d.result.val === 'dirty') d.verifier.phase = 'alarm';
      else d.verifier.phase = d.result.taint ? 'fooled' : 'accepted';
    },
  }),
  ack: action({
    actor: 'verifier',
    says: 'is content',
    when: (s) => s.verifier.phase === 'accepted',
    then: (d) => {
      d.verifier.phase = 'idle';
    },
  }),
  timeout: action({
    actor: 'verifier',
    says: 'has waited too long',
    when: (s) => s.verifier.phase === 'waiting' && s.bmc.outst,
    then: (d) => {
      d.verifier.phase = 'alarm';
      d.bmc.outst = false;
    },
  }),
};

/** The actions of the cores. */
export const processor: { readonly [name: string]: AnyAction<SmiGate, Gate> } = {
  vmexit: action({
    actor: 'hardware',
    says: 'leaves the guest',
    choose: anyCore,
    when: (s, { core: c }) => free(s) && s.cores[c]!.mode === 'guest',
    then: (d, { core: c }) => {
      d.cores[c]!.mode = 'host';
    },
  }),
  vmentry: action({
    actor: 'hypervisor',
    says: 'enters the guest',
    choose: anyCore,
    when: (s, { core: c }) => free(s) && s.cores[c]!.mode === 'host',
    then: (d, { core: c }) => {
      d.cores[c]!.mode = 'guest';
    },
  }),
  compromise: action({
    actor: 'adversary',
    says: 'breaks out of the guest',
    choose: anyCore,
    when: (s, { core: c }) => free(s) && s.cores[c]!.mode === 'guest' && s.hyper === 'clean',
    then: (d, { core: c }) => {
      d.cores[c]!.mode = 'host';
      d.hyper = 'compromised';
    },
  }),
  enter: action({
    actor: 'hardware',
    says: 'enters SMM',
    choose: anyCore,
    when: (s, { core: c }) => s.handler === 'idle' && smi(s) && s.cores[c]!.mode !== 'smm',
    then: (d, { core: c }) => {
      d.cores[c]!.mode = 'smm';
    },
  }),
  rsm: action({
    actor: 'firmware',
    says: 'leaves SMM',
    choose: anyCore,
    when: (s, { core: c }) => s.handler === 'resume' && s.cores[c]!.mode === 'smm',
    then: (d, { core: c }) => {
      d.cores[c]!.mode = 'host';
    },
  }),
};

/** The SMI handler. */
export const handler: { readonly [name: string]: AnyAction<SmiGate, Gate> } = {
  start: action({
    actor: 'firmware',
    says: 'the handler starts',
    when: (s) => s.handler === 'idle' && s.cores.every(({ mode }) => mode === 'smm'),
    then: (d) => {
      d.handler = 'check';
    },
  }),
  check: action({
    actor: 'firmware',
    says: 'reads the status',
    when: (s) => s.handler === 'check',
    then: (d, _, { defends }) => {
      const { gpi, apm, per, tco, alt } = d.chipset;
      d.handler = gpi && !apm && !per && !tco && (!defends('altStatusCheck') || alt) ? 'measure' : 'exit';
    },
  }),
  measure: action({
    actor: 'firmware',
    says: 'measures',
    when: (s) => s.handler === 'measure',
    then: (d) => {
      d.result = {
        val: d.hyper === 'compromised' ? 'dirty' : 'clean',
        nonce: d.verifier.nonce,
        taint: d.hyper === 'scrubbed',
      };
      d.handler = 'report';
    },
  }),
  report: action({
    actor: 'firmware',
    says: 'answers',
    when: (s) => s.handler === 'report',
    then: (d) => {
      d.bmc.outst = false;
      d.handler = 'exit';
    },
  }),
  exit: action({
    actor: 'firmware',
    says: 'clears the status',
    when: (s) => s.handler === 'exit',
    then: (d) => {
      Object.assign(d.chipset, { gpi: false, apm: false, per: false, tco: false, alt: false });
      d.handler = 'resume';
    },
  }),
  done: action({
    actor: 'firmware',
    says: 'is done',
    when: (s) => s.handler === 'resume' && s.cores.every(({ mode }) => mode !== 'smm'),
    then: (d) => {
      d.handler = 'idle';
    },
  }),
};
