import type { Writable } from '../../writable.ts';

/**
 * Counters of the steps of the states expanded so far. Leaves of fused actions count for themselves until
 * `countFused` of `machines.ts` adds what they counted.
 */
export interface Counters {
  /**
   * The counts of each instance: in how many states it was possible, and in how many of these it changed
   * nothing.
   */
  readonly enabled: Float64Array;
  readonly selfLoops: Float64Array;
  readonly transitions: number;
}

/** Makes counters at zero, for so many instances. */
export const createCounters = (instances: number): Counters => ({
  enabled: new Float64Array(instances),
  selfLoops: new Float64Array(instances),
  transitions: 0,
});

/** Counts steps; a negative number takes steps back. */
export const addTransitions = (counters: Writable<Counters>, steps: number): void => {
  counters.transitions += steps;
};

/** Counts that `instance` was possible, and whether it changed the state; `times` is -1 to take that back. */
export const countStep = (
  { enabled, selfLoops }: Counters,
  instance: number,
  changes: boolean,
  times: 1 | -1 = 1,
): void => {
  enabled[instance]! += times;
  if (!changes) selfLoops[instance]! += times;
};

/** Adds what another thread has counted. */
export const addCounts = (counters: Counters, more: Pick<Counters, 'enabled' | 'selfLoops'>): void => {
  for (let instance = 0; instance < counters.enabled.length; instance += 1) {
    counters.enabled[instance]! += more.enabled[instance]!;
    counters.selfLoops[instance]! += more.selfLoops[instance]!;
  }
};

/** Sets counters to what a checkpoint has. */
export const restoreCounters = (counters: Writable<Counters>, kept: Counters): void => {
  counters.enabled.set(kept.enabled);
  counters.selfLoops.set(kept.selfLoops);
  counters.transitions = kept.transitions;
};
