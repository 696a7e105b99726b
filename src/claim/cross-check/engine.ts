import type { Invariant, State, System } from '../../model/index.ts';
import type { Listening } from '../engine/drive.ts';
import type { EngineAccount } from './account.ts';

/** The question to an engine. */
export interface EngineTask {
  readonly invariants: readonly string[];
  /** The length of the longest path to look at; undefined where all of them are. */
  readonly maxDepth?: number;
  /** The number of states to look at, for an engine that does not go by depth. */
  readonly maxStates: number;
  readonly seed: number;
  readonly runs: number;
  readonly listening: Listening;
}

/** An engine: a way of searching, with what it promises when it is compared with exhaustive search. */
export interface Engine {
  readonly id: string;
  readonly says: string;
  /** The counts it reports: of all states; of some, no deeper; of some; or none that can be compared. */
  readonly counts: 'all' | 'fewer, no deeper' | 'fewer' | 'none';
  /** Whether its paths are shortest, and absent only where there is nothing to find. */
  readonly exact: boolean;
  /** The number of states up to which it is run; a larger system is searched less deep with it. */
  readonly mostStates?: number;
  readonly appliesTo: (system: System) => boolean;
  /** Whether it can decide such an invariant. */
  readonly decides: (claim: Invariant<State, System['setting']>) => boolean;
  readonly run: (system: System, task: EngineTask) => Promise<EngineAccount>;
}
