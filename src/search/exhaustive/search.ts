import type { System } from '../../model/index.ts';
import type { Space, SpaceCounts } from '../learned-relation/space.ts';
import type { Monitor, MonitorOf } from '../monitor/monitor.ts';
import type { ProcessMemory } from '../process-memory.ts';
import type { Limits, SearchResult } from '../result.ts';
import type { Question } from './fused/monitor-queries.ts';
import type { Batch } from './parts/batch.ts';
import type { Capacity } from './parts/capacity.ts';
import type { Counters } from './parts/counters.ts';
import type { Ending } from './parts/ending.ts';
import type { Frontier } from './parts/frontier.ts';
import type { Machines } from './parts/machines.ts';
import type { Workers } from './parts/workers.ts';
import type { PartialOrder } from './reduction/partial-order.ts';
import type { Symmetry } from './reduction/symmetry.ts';
import type { Store } from './store/store.ts';

/** The result of an exhaustive search; `violated` verdicts carry a shortest trace. */
export interface ExhaustiveResult extends SearchResult, SpaceCounts {
  readonly engine: 'exhaustive';
  /** The memory of the states found, in bytes. */
  readonly bytes: number;
  /**
   * The number of threads that took part; none but the first if the search was over before they were there.
   */
  readonly threads: number;
}

/**
 * A search in progress. Its questions never change. Its changing data is in parts, each of which is written
 * by the functions of one file alone: the file that declares it.
 */
export interface Search {
  // The problem.
  readonly system: System;
  readonly space: Space;
  readonly limits: Limits;
  readonly toTheEnd: boolean;
  /** The symmetry by which states are one, if there is any. */
  readonly symmetry: Symmetry | undefined;
  /**
   * The partial order: which steps are enough, or why that is not known; undefined unless it was asked for.
   */
  readonly order: PartialOrder | { readonly unbounded: string } | undefined;

  // The properties, and what is known of them so far.
  readonly monitors: readonly Monitor[];
  readonly timers: readonly MonitorOf<'within'>[];
  /** The questions about every new state, and about every step. */
  readonly questions: readonly Question[];
  readonly stepQuestions: readonly Question[];

  // The parts that change, in the order in which a batch of states goes through them.
  readonly frontier: Frontier;
  readonly machines: Machines;
  readonly batch: Batch;
  readonly counters: Counters;
  /** The states found: the queue, and the visited set. */
  readonly store: Store;
  readonly capacity: Capacity;
  readonly workers: Workers;
  readonly ending: Ending;
  /** The growth of the process. */
  readonly process: ProcessMemory;
}

/** Whether steps that change nothing have to be looked at like others. */
export const keepsSelfLoops = ({
  stepQuestions,
  timers,
}: Pick<Search, 'stepQuestions' | 'timers'>): boolean => stepQuestions.length > 0 || timers.length > 0;
