import type { EngineResult } from '../../../claim/engine/searching.ts';
import type { RunOptions } from '../../../claim/run/run-options.ts';
import type { FaultCode, FaultDetails } from '../../../model/index.ts';
import type { Identity } from '../../../search/checkpoint/identity.ts';
import type { Progress } from '../../../search/result.ts';

/**
 * The data that a worker process needs to have the same searches before it as the process that started it.
 */
export interface WorkerStart {
  readonly config?: string;
  /** The ids of the claims of the run, in their order: the numbers of its searches follow from it. */
  readonly claims: readonly string[];
  readonly options: Pick<
    RunOptions,
    'engine' | 'limits' | 'memory' | 'random' | 'strategy' | 'reduce' | 'threads'
  >;
}

/** The messages to a worker process. */
export type ToWorker =
  | { readonly kind: 'start'; readonly start: WorkerStart }
  | {
      readonly kind: 'search';
      readonly number: number;
      readonly invariants: readonly string[];
      /** Whether to say afterwards what the model does: it may be another one each time that it is loaded. */
      readonly identified: boolean;
    }
  | { readonly kind: 'end' };

/**
 * The messages of a worker process: first `ready`, with what its models depend on; then of each search that
 * it has begun and ended.
 */
export type FromWorker =
  | { readonly kind: 'ready'; readonly identity: Identity }
  | { readonly kind: 'began'; readonly number: number }
  | { readonly kind: 'progress'; readonly number: number; readonly progress: Progress }
  | {
      readonly kind: 'found';
      readonly number: number;
      readonly found: EngineResult;
      readonly durationMs: number;
      readonly identity?: Identity;
    }
  | {
      readonly kind: 'fault';
      readonly number: number;
      readonly code: FaultCode;
      readonly details: FaultDetails;
      readonly cause?: Error;
    };
