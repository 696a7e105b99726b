import type { ForestTable } from '../../learned-relation/tries/forest.ts';
import type { Layout } from '../packing/layout.ts';
import type { ArrayQuery } from '../../learned-relation/arrays/array-queries.ts';
import type { Clusters } from '../fused/cluster.ts';
import { CANDIDATE_EXTRA } from '../kernel/offsets.ts';
import type { Visited } from '../memory/visited-table.ts';

/** The numbers that all members see, by position. */
export const CONTROL = {
  /** The turn, which grows with every batch that is laid out, and with all news. */
  turn: 0,
  /** The number of briefings that were sent, and of those that have to be answered and were. */
  news: 1,
  answered: 2,
  /** The number of workers that have come up. */
  up: 3,
  /**
   * The numbers of batches: those laid out, those taken by somebody, and how many were finished by anybody.
   */
  laid: 4,
  taken: 5,
  finished: 6,
  /** The next batch that the leader will add. */
  next: 7,
  /** Not 0 when there is nothing left to do. */
  quit: 8,
  /** Not 0 when a worker could not go on. */
  failed: 9,
  length: 16,
} as const;

/** The most states in a batch. */
export const TEAM_BATCH_STATES = 2048;
/** The number of batches that are on their way at a time. */
export const RING = 16;
/**
 * The lead, in batches over the leader, from which on a member looks successors up in the set, so that the
 * leader has less to add; a member with less lead leaves that to it.
 */
export const AHEAD = 4;

/**
 * The entry of a batch on its way: its first state, the state after its last, and how many states were known
 * when it was laid out; then the result: the state it has come to, its candidates, the steps taken, how many
 * of its states are stuck. The last number is one more than the batch's when it is finished.
 */
export const ENTRY = {
  from: 0,
  to: 1,
  size: 2,
  come: 3,
  candidates: 4,
  steps: 5,
  stuck: 6,
  finished: 7,
  length: 8,
} as const;

/** Allocates memory that threads share. */
export const shared = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * length));

// Most batches have some five candidates a state; one that has more is finished by whoever adds it.
const CANDIDATES_A_STATE = 8;

/** Allocates room for the candidates of a batch. */
export const roomFor = (words: number, instances: number): number =>
  (CANDIDATES_A_STATE * TEAM_BATCH_STATES + 2 * instances) * (words + CANDIDATE_EXTRA);

/** The memory that all members of a team share. */
export interface SharedMemory {
  readonly control: Int32Array;
  /** The directory, by place in the ring: the entry of the batch. */
  readonly directory: Int32Array;
  layout: Layout;
  readonly segments: Int32Array[];
  /**
   * The set of known states. Only the leader adds to it; it may be replaced by a larger one that knows as
   * much.
   */
  table: Visited;
  /** The candidates, by place in the ring, and the states that are stuck. */
  candidates: readonly Int32Array[];
  readonly stuck: readonly Int32Array[];
}

/** A message to workers with what has changed since the last one; what is not there has not changed. */
export interface Message {
  /** The plan: states are repacked, or the fused tries have to be rebuilt. */
  readonly plan?: {
    readonly layout: Layout;
    readonly clusters: Clusters;
    readonly tries: readonly number[];
    readonly candidates: SharedMemory['candidates'];
  };
  /**
   * The learned part: the tries, the effects of the outcomes, and the questions about arrays that are new.
   */
  readonly learned?: {
    readonly table: ForestTable;
    readonly effects: readonly (readonly number[])[];
    readonly asked: readonly ArrayQuery[];
  };
  /** Segments from number `from` on. */
  readonly more?: { readonly from: number; readonly segments: readonly Int32Array[] };
  readonly table?: Visited;
  /**
   * The arrays to which to add the counts of the fused tries: how often each instance was possible, and
   * changed nothing. To be answered.
   */
  readonly counts?: { readonly enabled: Float64Array; readonly selfLoops: Float64Array };
}
