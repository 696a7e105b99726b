import type { Trace, Verdict } from '../../search/result.ts';

/** What an engine says of one invariant; `length` is that of the attack or the witness it found, if any. */
export interface EngineAnswer {
  readonly kind: Verdict['kind'];
  readonly length?: number;
  readonly trace?: Trace;
}

/** What an engine says of a system. */
export interface EngineAccount {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly complete: boolean;
  readonly answers: { readonly [invariant: string]: EngineAnswer };
}
