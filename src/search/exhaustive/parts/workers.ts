import type { Writable } from '../../writable.ts';

/**
 * A team: several threads that expand batches; one of them, the coordinator, adds their successors to the
 * visited set.
 */
export interface Team {
  /** Whether all workers are there, after waiting for so long at most. */
  readonly isUp: (patienceMs: number) => boolean;
  /** Continues with the search as it is packed and fused now. */
  readonly adopt: () => void;
  /**
   * Expands states from `head` on, which is in the level that ends at `levelEnd`, as the search's candidates;
   * returns where it stopped.
   */
  readonly expand: (head: number, levelEnd: number) => number;
  /** Adds what all have counted to the search; they go on after being told to adopt it again. */
  readonly collect: () => void;
  /** Returns the memory it takes beside the store. */
  readonly bytes: () => number;
  readonly end: () => void;
}

/** The threads of a search. */
export interface Workers {
  /** The threads that continue it, once they are there. */
  readonly team: Team | undefined;
  readonly threads: number;
}

/** Makes the workers of a search in one thread. */
export const createWorkers = (): Workers => ({ team: undefined, threads: 1 });

/** Makes `team` continue the search, in so many threads. */
export const joinTeam = (workers: Writable<Workers>, team: Team, threads: number): void => {
  workers.team = team;
  workers.threads = threads;
};
