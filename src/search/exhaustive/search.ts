import type { System } from '../../model/index.ts';
import type { PartialOrder } from './reduction/partial-order.ts';
import type { Symmetry } from './reduction/symmetry.ts';
import type { ProcessMemory } from '../process-memory.ts';
import type { Bound, Limits, SearchResult } from '../result.ts';
import type { Space, SpaceCounts } from '../learned-relation/space.ts';
import type { Actions } from './fused/fused-actions.ts';
import type { Clusters } from './fused/cluster.ts';
import type { FusedMonitors } from './fused/fused-monitors.ts';
import type { Question } from './fused/monitor-queries.ts';
import type { Store } from './store/store.ts';
import type { Monitor, MonitorOf } from '../monitor/monitor.ts';

/** What an exhaustive search found; `violated` verdicts carry a shortest trace. */
export interface ExhaustiveResult extends SearchResult, SpaceCounts {
  readonly engine: 'exhaustive';
  /** Memory of the states found, in bytes. */
  readonly bytes: number;
  /** How many threads took part; none but the first if the search was over before they were there. */
  readonly threads: number;
}

/** Several threads that expand batches; one of them, the leader, adds what comes of these. */
export interface Team {
  /** Whether all of them are there, after waiting for so long at most. */
  readonly isUp: (patienceMs: number) => boolean;
  /** Goes on with the search as it is packed and fused now. */
  readonly adopt: () => void;
  /** Expands states from `head` on, which is in the level that ends at `levelEnd`, as the search's candidates; returns where it stopped. */
  readonly expand: (head: number, levelEnd: number) => number;
  /** Adds what all have counted to the search; they go on after being told to adopt it anew. */
  readonly collect: () => void;
  /** What it takes beside the store. */
  readonly bytes: () => number;
  readonly end: () => void;
}

/** A search in progress. */
export interface Search {
  readonly system: System;
  readonly space: Space;
  readonly limits: Limits;
  /** By which states are one, if any are. */
  readonly symmetry: Symmetry | undefined;
  /** Which steps are enough, or why that is not known; undefined unless it was asked for. */
  order: PartialOrder | { readonly unbounded: string } | undefined;
  readonly toTheEnd: boolean;
  readonly store: Store;
  readonly monitors: readonly Monitor[];
  readonly timers: readonly MonitorOf<'within'>[];
  /** What is asked of every new state, and of every step. */
  readonly questions: readonly Question[];
  readonly stepQuestions: readonly Question[];
  /** Which actions and which questions are fused, once enough states are known to choose. */
  clusters: { readonly actions: Clusters; readonly questions: Clusters } | undefined;
  /** The threads that go on with it, once they are there. */
  team: Team | undefined;
  threads: number;
  /** What was learned with questions about arrays when the tries were fused; it may have been learned anew since. */
  fusedEpoch: number;
  /** The fused actions, once it is chosen which to fuse. */
  actions: Actions | undefined;
  looks: FusedMonitors;
  stepLooks: FusedMonitors;
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
  /** What the process grows by. */
  readonly process: ProcessMemory;
  /** How many states there is memory for, as far as that is decided. */
  roomFor: number;
  /** What whoever reads of the end of the search should know. */
  readonly warnings: string[];
}

/** Whether steps that change nothing have to be looked at like others. */
export const keepsSelfLoops = ({ stepQuestions, timers }: Search): boolean =>
  stepQuestions.length > 0 || timers.length > 0;
