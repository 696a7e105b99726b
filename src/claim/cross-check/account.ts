import type { Trace, Verdict } from '../../search/result.ts';

/** An engine's answer about one invariant; `length` is that of the attack or witness it found, if any. */
export interface EngineAnswer {
  readonly kind: Verdict['kind'];
  readonly length?: number;
  readonly trace?: Trace;
}

/** An engine's answers about a system. */
export interface EngineAccount {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly complete: boolean;
  readonly answers: { readonly [invariant: string]: EngineAnswer };
}
