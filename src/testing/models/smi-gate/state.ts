import { actionOf, integers, type Domain, type Setting } from '../../../model/index.ts';

/**
 * A small model of an SMI gate whose reachable states other model checkers have counted: Spin, Rumur,
 * TLC and hand-written C agree on the figures that the tests expect. It is made for that comparison
 * and stands for no real machine.
 */
export interface SmiGate {
  readonly chipset: {
    readonly gblEn: boolean;
    readonly apmcEn: boolean;
    readonly rout: 'none' | 'sci' | 'smi';
    readonly altEn: boolean;
    readonly lock: boolean;
    readonly gpi: boolean;
    readonly apm: boolean;
    readonly per: boolean;
    readonly tco: boolean;
    readonly alt: boolean;
  };
  readonly cores: readonly { readonly mode: 'guest' | 'host' | 'smm' }[];
  readonly hyper: 'clean' | 'compromised' | 'scrubbed';
  readonly handler: 'idle' | 'check' | 'measure' | 'report' | 'exit' | 'resume';
  readonly bmc: { readonly pending: number; readonly outst: boolean };
  readonly result: {
    readonly val: 'none' | 'clean' | 'dirty';
    readonly nonce: number;
    readonly taint: boolean;
  };
  readonly saved: { readonly nonce: number; readonly taint: boolean };
  readonly verifier: {
    readonly phase: 'idle' | 'waiting' | 'accepted' | 'alarm' | 'fooled';
    readonly nonce: number;
  };
}

/** The size of an instance of the model. */
export interface Size {
  readonly cores: number;
  readonly pending: number;
  readonly nonces: number;
}

/** The defences that can be switched off. */
export type Defence = 'smiLock' | 'altStatusCheck';
/** The setting of the model's functions. */
export type Gate = Setting<Size, Defence>;
/** Declares an action of this model. */
export const action: ReturnType<typeof actionOf<SmiGate, Gate>> = actionOf<SmiGate, Gate>();

/** Whether the chipset asks for an SMI. */
export const smi = ({ chipset }: SmiGate): boolean =>
  chipset.gblEn && (chipset.gpi || (chipset.apm && chipset.apmcEn) || chipset.per || chipset.tco);
/** Whether the processors run what they please. */
export const free = (state: SmiGate): boolean =>
  (state.handler === 'idle' || state.handler === 'resume') && !smi(state);
/** Whether the adversary runs what it pleases. */
export const acts = (state: SmiGate): boolean =>
  state.hyper !== 'clean' && free(state) && state.cores.some(({ mode }) => mode === 'host');
/** The choice of any one of the cores. */
export const anyCore = ({ parameters }: Gate): { readonly core: Domain<number> } => ({
  core: integers(0, parameters.cores - 1),
});
/** Whether the verifier may ask. */
export const waits = ({ phase }: SmiGate['verifier']): boolean => phase === 'idle' || phase === 'waiting';
