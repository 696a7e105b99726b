import type { State } from '../model.ts';
import { canonical } from '../plain/plain.ts';
import type { System } from '../system.ts';

/** A sample of states, one after the other: those near the start first, and then far from it. */
export interface Sample {
  /** Returns the next state; undefined once there are no more, or enough. */
  readonly next: () => State | undefined;
  /** Adds the successors of the last state. */
  readonly add: (states: readonly State[]) => void;
}

/**
 * Makes a sample of at most `most` states. A small system is looked at as a whole. Half of a larger one's
 * sample is breadth first, and the other half goes on from there by the newest state, each time another way.
 */
export const sampleOf = ({ initial }: System, most: number): Sample => {
  const known = new Set<string>();
  const waiting: State[] = [];
  let taken = 0;
  const add = (states: readonly State[]): void => {
    for (const [at] of states.entries()) {
      const state = states[(at + taken) % states.length]!;
      const key = canonical(state);
      if (known.has(key)) continue;
      known.add(key);
      waiting.push(state);
    }
  };
  add(initial.slice(0, most));
  return {
    add,
    next: () => {
      if (taken === most) return undefined;
      taken += 1;
      return taken <= most / 2 || known.size <= most ? waiting.shift() : waiting.pop();
    },
  };
};
