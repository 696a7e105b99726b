import type { System } from '../../model/index.ts';
import type { Bound, Limits, SearchResult } from '../result.ts';
import { bitsFor, layoutOf, type FieldSize, type Layout } from '../space/layout.ts';
import type { Space, SpaceCounts } from '../space/space.ts';
import type { Actions } from './actions.ts';
import type { Clusters } from './cluster.ts';
import type { Looks } from './looks.ts';
import type { Question } from './questions.ts';
import type { Store } from './store.ts';
import type { Watch, WatchOf } from './watch.ts';

/** What an exhaustive search found; `violated` verdicts carry a shortest trace. */
export interface ExhaustiveResult extends SearchResult, SpaceCounts {
  readonly engine: 'exhaustive';
  /** Memory of the states found, in bytes. */
  readonly bytes: number;
}

/** A search in progress. */
export interface Search {
  readonly system: System;
  readonly space: Space;
  readonly limits: Limits;
  readonly store: Store;
  readonly watches: readonly Watch[];
  readonly waitWatches: readonly WatchOf<'within'>[];
  /** What is asked of every new state, and of every step. */
  readonly questions: readonly Question[];
  readonly stepQuestions: readonly Question[];
  /** Which actions and which questions are fused, once enough states are known to choose. */
  clusters: { readonly actions: Clusters; readonly questions: Clusters } | undefined;
  /** The fused actions, once it is chosen which to fuse. */
  actions: Actions | undefined;
  looks: Looks;
  stepLooks: Looks;
  /** The number of states at which it is chosen anew. */
  planAt: number;
  /** Room for what can happen in the states being expanded, and how many numbers of it are used. */
  candidates: Int32Array;
  filled: number;
  /** States of the batch from which nothing can happen. */
  readonly stuck: Int32Array;
  stuckCount: number;
  /** How often each instance was possible, and how often it changed nothing; leaves count for themselves. */
  readonly enabled: Float64Array;
  readonly selfLoops: Float64Array;
  transitions: number;
  depth: number;
  /** The number of the first state of each level, up to the one after that which is being expanded. */
  readonly levels: number[];
  bound: Bound | undefined;
}

/** What every field needs for the values it has taken so far, and then what the waiting times need. */
export const fieldSizes = (space: Space, waits: readonly WatchOf<'within'>[]): readonly FieldSize[] => {
  const sizes: FieldSize[] = space.fields.map((path, field) => ({
    part: path.split('.')[0]!,
    bits: bitsFor(space.valuesOf(field).length),
  }));
  for (const { steps, id } of waits) sizes.push({ part: `within ${id}`, bits: bitsFor(steps + 2) });
  return sizes;
};

/** A layout with room for the values that every field has taken so far, and for the waiting times. */
export const layoutFor = (space: Space, waits: readonly WatchOf<'within'>[]): Layout =>
  layoutOf(fieldSizes(space, waits));

/** Whether some field has taken more values than the layout has room for. */
export const outgrown = ({ slots }: Layout, space: Space): boolean =>
  space.fields.some((_, field) => bitsFor(space.valuesOf(field).length) > slots[field]!.bits);
