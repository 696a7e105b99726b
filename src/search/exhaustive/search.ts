import type { System } from '../../model/index.ts';
import type { Bound, Limits, SearchResult, Trace } from '../result.ts';
import { bitsFor, layoutOf, type FieldSize, type Layout } from '../space/layout.ts';
import { stepOfRow, type Space, type SpaceCounts } from '../space/space.ts';
import type { Actions } from './actions.ts';
import type { Clusters } from './cluster.ts';
import type { Looks } from './looks.ts';
import type { Question } from './questions.ts';
import { parentOf, readRow, type Store } from './store.ts';
import type { Watch, WatchOf } from './watch.ts';

/** What an exhaustive search found; `violated` verdicts carry a shortest trace. */
export interface ExhaustiveResult extends SearchResult, SpaceCounts {
  readonly engine: 'exhaustive';
  /** Memory of the states found, in bytes. */
  readonly bytes: number;
}

/** What to search for, and within which limits. */
export interface ExhaustiveOptions {
  /** Which invariants to decide; all of the model's if not given. */
  readonly invariants?: readonly string[];
  readonly limits?: Limits;
  /** Whether to look at every state even when all invariants are decided. */
  readonly toTheEnd?: boolean;
}

/** A search in progress. */
export interface Search {
  readonly system: System;
  readonly space: Space;
  readonly limits: Limits;
  readonly toTheEnd: boolean;
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
  bound: Bound | undefined;
}

/** A layout with room for the values that every field has taken so far, and for the waiting times. */
export const layoutFor = (space: Space, waits: readonly WatchOf<'within'>[]): Layout => {
  const sizes: FieldSize[] = space.fields.map((path, field) => ({
    part: path.split('.')[0]!,
    bits: bitsFor(space.valuesOf(field).length),
  }));
  for (const { steps, id } of waits) sizes.push({ part: `within ${id}`, bits: bitsFor(steps + 2) });
  return layoutOf(sizes);
};

/** Whether some field has taken more values than the layout has room for. */
export const outgrown = ({ slots }: Layout, space: Space): boolean =>
  space.fields.some((_, field) => bitsFor(space.valuesOf(field).length) > slots[field]!.bits);

/** The instances that lead to state `index`, from initial state `initial` on. */
const pathTo = (
  search: Search,
  index: number,
): { readonly initial: number; readonly path: readonly number[] } => {
  const path: number[] = [];
  let at = index;
  for (; at >= 0; at = parentOf(search.store, at)) path.push(at);
  return { initial: -1 - at, path: path.toReversed() };
};

/** The trace that leads to state `index`, with instance `via` as a last step if given. */
export const traceTo = (search: Search, index: number, via?: number): Trace => {
  const { store, system } = search;
  const { initial, path } = pathTo(search, index);
  const row = new Uint32Array(store.layout.slots.length);
  const wanted = new Uint32Array(store.layout.slots.length);
  const instances = path.slice(1).map((state, step) => {
    readRow(store, path[step]!, row);
    readRow(store, state, wanted);
    return stepOfRow(search.space, row, wanted);
  });
  if (via !== undefined) instances.push(via);
  const steps = instances.map((instance) => {
    const { action, choice } = system.instances[instance]!;
    return { action, choice };
  });
  return { initial, steps };
};
