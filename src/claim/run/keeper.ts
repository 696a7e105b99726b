import type { System, Value } from '../../model/index.ts';
import type { CheckpointOptions } from '../../search/exhaustive/options.ts';
import type { Limits } from '../../search/result.ts';
import type { Listening } from '../engine/drive.ts';
import type { EngineResult } from '../engine/searching.ts';

/** A search that is to be made, or was made before. */
export interface Wanted {
  /** The number of the search in its run. */
  readonly number: number;
  readonly system: System;
  readonly invariants: readonly string[];
  readonly options: { readonly [name: string]: Value | undefined };
  readonly limits: Limits;
  readonly listening: Listening;
  /** The model, and the claims about it: one of them may tell where it comes from. */
  readonly declared: readonly object[];
  /** Whether it is an exhaustive search that leaves what its result rests on: no other one does. */
  readonly proves: boolean;
  /** Makes the search, kept there; once it is told to stop, what it returns is not all. */
  readonly search: (checkpoint?: CheckpointOptions) => Promise<EngineResult>;
}

/** A search's result, and how long it took when it was made. */
export interface DecidedSearch {
  readonly found: EngineResult;
  readonly durationMs: number;
  /** Set if it was made before. */
  readonly recalled?: true;
}

/** A keeper of the results of a run's searches, each while it is made and once it is through. */
export interface RunKeeper {
  /** Returns the search's result, from before or from now. Throws the fault that ended it. */
  readonly decide: (wanted: Wanted) => Promise<DecidedSearch>;
  /** Notes that the whole run is through: what is kept may be overwritten. */
  readonly finish: () => void;
  /** Releases the folder. */
  readonly close: () => void;
}
