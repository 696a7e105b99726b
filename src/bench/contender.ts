import { totalmem } from 'node:os';
import type { Finished } from './measuring/measured-process.ts';
import type { Availability } from './measuring/tools.ts';
import type { Size } from './sizes.ts';

/** The result of a search of a size. */
export interface Found {
  readonly states: number;
  readonly transitions: number;
  /** The depth of the search, where the tool states it and it means the longest of the shortest paths. */
  readonly depth?: number;
  /** The number of steps of the attack that it found. */
  readonly attackSteps?: number;
  /** The memory that the tool itself says it took for the states, in bytes. */
  readonly ownBytes?: number;
  /** The number of runs of the model's functions, and what was learned of them: our own engine only. */
  readonly userRuns?: number;
  readonly trieNodes?: number;
  /** The nodes of the diagram of all states, and the most in use at once: our symbolic engine only. */
  readonly nodes?: number;
  readonly peakNodes?: number;
  /** The time of the search without the start of its process, where the tool states it. */
  readonly insideMs?: number;
}

/**
 * Returns the most states that a contender which takes so many bytes for each is asked for: half of the
 * machine's memory.
 */
export const statesThatFit = (bytesPerState: number): number => Math.floor(totalmem() / 2 / bytesPerState);

/** The guarantees of a search. */
export interface Guarantee {
  /** Whether an attack that it finds is a shortest one, and its depth that of the state space. */
  readonly shortest: boolean;
}

/** A contender that is ready for one size: the time that took, and how to run it. */
export interface Ready {
  /** The time of generating and compiling. */
  readonly prepareMs: number;
  readonly run: (timeoutMs: number) => Promise<Finished>;
  /** Reads the output of a run. Throws for output that it does not know. */
  readonly read: (finished: Finished) => Found;
}

/** A contender, which searches the reference model. */
export interface Contender extends Guarantee {
  readonly id: string;
  /** The set-up, and the reason for it. */
  readonly says: string;
  readonly threads: number;
  /** The number of states beyond which it is not asked: it holds each of them, and they would not fit. */
  readonly mostStates?: number;
  readonly availability: () => Promise<Availability>;
  /** Makes everything ready in `folder`, which is empty. Throws when a tool refuses. */
  readonly prepare: (size: Size, folder: string) => Promise<Ready>;
}
