import { after, canHappen, keyOf, type World } from './walk.ts';

/** A step that was taken: from which state to which, by their numbers. */
export interface Edge {
  readonly deed: number;
  readonly to: number;
}

/** The reachable states, breadth first. */
export interface Reached {
  readonly world: World;
  readonly states: readonly object[];
  readonly depths: readonly number[];
  readonly steps: readonly (readonly Edge[])[];
}

/** The result of plain stepping for one claim. */
export interface Truth {
  readonly kind: 'holds' | 'violated' | 'vacuous';
  /** The length of a shortest path that shows it, where there is one. */
  readonly length?: number;
  /** The number of states, or steps, in which it had something to say. */
  readonly antecedents: number;
}

/** More than is looked at of one model. */
export interface Bounds {
  readonly states: number;
  readonly transitions: number;
}

/**
 * Finds all reachable states with immer and a map of texts; undefined if there are more than the bounds
 * allow.
 */
export const reach = (world: World, bounds: Bounds): Reached | undefined => {
  const numbers = new Map<string, number>();
  const states: object[] = [];
  const depths: number[] = [];
  const steps: Edge[][] = [];
  const numberOf = (state: object, depth: number): number => {
    const key = keyOf(state);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, states.length);
    depths.push(depth);
    return states.push(state) - 1;
  };
  for (const state of world.initial) numberOf(state, 0);
  let transitions = 0;
  for (let from = 0; from < states.length; from += 1) {
    if (states.length > bounds.states || transitions > bounds.transitions) return undefined;
    const state = states[from]!;
    const edges: Edge[] = [];
    for (const [deed, one] of world.deeds.entries()) {
      if (!canHappen(world, state, one)) continue;
      edges.push({ deed, to: numberOf(after(world, state, one), depths[from]! + 1) });
    }
    transitions += edges.length;
    steps.push(edges);
  }
  return { world, states, depths, steps };
};
