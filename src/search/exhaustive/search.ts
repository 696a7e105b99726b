import type { System } from '../../model/index.ts';
import type { Bound, SearchResult, Trace } from '../result.ts';
import type { Space, SpaceCounts } from '../space/space.ts';
import type { States } from '../space/states.ts';
import type { StepWatch, Watch } from './watch.ts';

/** What an exhaustive search found; `violated` verdicts carry a shortest trace. */
export interface ExhaustiveResult extends SearchResult, SpaceCounts {
  readonly engine: 'exhaustive';
  /** Memory of the states found, in bytes. */
  readonly bytes: number;
}

/** A search in progress: what the inner loop needs, and nothing else. */
export interface Search {
  readonly system: System;
  readonly space: Space;
  readonly states: States;
  readonly watches: readonly Watch[];
  readonly stepWatches: readonly StepWatch[];
  /** How many watches are `within`: fields behind the model's own in every row. */
  readonly monitors: number;
  readonly enabled: Float64Array;
  readonly effective: Float64Array;
  transitions: number;
  depth: number;
  bound: Bound | undefined;
}

/** The trace that leads to state `index`, with `via` (an instance) as a last step if given. */
export const traceTo = (search: Search, index: number, via?: number): Trace => {
  const { states, system } = search;
  const instances: number[] = via === undefined ? [] : [via];
  let at = index;
  while (states.parentOf(at) >= 0) {
    instances.push(states.viaOf(at));
    at = states.parentOf(at);
  }
  const steps = instances.toReversed().map((instance) => {
    const { action, choice } = system.instances[instance]!;
    return { action, choice };
  });
  return { initial: states.viaOf(at), steps };
};
