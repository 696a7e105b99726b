import type { Writable } from '../../writable.ts';

/** The number of states for which there is memory, as far as that is decided (`memory-bound.ts`). */
export interface Capacity {
  readonly states: number;
}

/** Decides that there is memory for `states` states. */
export const raiseCapacity = (capacity: Writable<Capacity>, states: number): void => {
  capacity.states = states;
};
