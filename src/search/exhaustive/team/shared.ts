import type { ForestTable } from '../../space/forest.ts';
import type { VirtualRead } from '../../space/virtual.ts';
import type { Layout } from '../../space/layout.ts';
import type { Clusters } from '../cluster.ts';
import type { Visited } from '../visited.ts';

/** What members are told to do. */
export const COMMAND = { expand: 1, gather: 2, merge: 3, place: 4, count: 5, quit: 6 } as const;

/** Numbers that all members see, by position. */
export const CONTROL = {
  /** Grows with every command. */
  turn: 0,
  command: 1,
  /** How many members besides the leader are done with it, or have come up. */
  done: 2,
  /** The next chunk that nobody has taken. */
  cursor: 3,
  /** The batch: its first state, the state after its last, and how many of its chunks count. */
  from: 4,
  to: 5,
  chunks: 6,
  /** Grows when what members remember to have handed on is to be forgotten. */
  forgetting: 7,
  /** How many states are known. */
  size: 8,
  /** A bit for each owner whose set was too full. */
  failed: 9,
  /** By owner: how many new states of the last batch its table still lists by their place among them. */
  unnumbered: 10,
  length: 16,
} as const;

/** States in a chunk, which is what a member takes at a time. */
export const CHUNK_STATES = 512;
/** States in a batch, at most. */
export const TEAM_BATCH_STATES: number = 2 ** 16;
/** Members, at most. */
export const MOST_MEMBERS = 4;

/**
 * A chunk's entry in the directory: the state it has come to, how many candidates it had, and for each of two
 * parts (the leader finishes what another member could not) who made it, and from where to where its
 * records lie with each owner; then from where to where the new states lie with each owner, and the number
 * of the first one.
 */
export const ENTRY = {
  come: 0,
  ordinal: 1,
  first: 2,
  maker: 4,
  recordsFrom: 6,
  recordsTo: 14,
  freshFrom: 22,
  freshTo: 26,
  length: 32,
} as const;

/** Where the entry for `part` and `owner` is. */
export const partAt = (base: number, part: number, owner: number): number =>
  base + part * MOST_MEMBERS + owner;

/** What a team works on: the same memory for every member. */
export interface Ground {
  readonly control: Int32Array;
  readonly directory: Int32Array;
  /** By member: steps taken in the batch. */
  readonly transitions: Float64Array;
  layout: Layout;
  narrow: boolean;
  readonly segments: Int32Array[];
  readonly parents: Int32Array[];
  /** By member and owner: candidates handed on. */
  outs: readonly (readonly Int32Array[])[];
  /** By owner: the states that are new in the batch. */
  freshes: readonly Int32Array[];
  /** By owner: its part of the set, and the one that is to take its place. */
  readonly tables: Visited[];
  readonly larger: (Visited | undefined)[];
}

/** Tells members what has changed since the last command; what is not there has not. */
export interface Briefing {
  /** States are packed anew, and the fused tries have to be made anew. */
  readonly plan?: {
    readonly layout: Layout;
    readonly narrow: boolean;
    readonly clusters: Clusters;
    readonly tries: readonly number[];
    /** Fields of the model. */
    readonly width: number;
    readonly outs: Ground['outs'];
    readonly freshes: Ground['freshes'];
  };
  /** What is known of the tries, and the effects of the outcomes that are new. */
  readonly lore?: {
    readonly table: ForestTable;
    readonly effects: readonly (readonly number[])[];
    /** The questions about arrays, those that are new. */
    readonly asked: readonly VirtualRead[];
  };
  /** Segments from number `from` on. */
  readonly more?: {
    readonly from: number;
    readonly segments: readonly Int32Array[];
    readonly parents: readonly Int32Array[];
  };
  /** By owner: a table to move to. */
  readonly larger?: readonly (Visited | undefined)[];
  /** By owner: the table as it is, to be filled or used. */
  readonly tables?: readonly Visited[];
  /** Where to add what the fused tries counted: how often each instance was possible, and changed nothing. */
  readonly counts?: { readonly enabled: Float64Array; readonly selfLoops: Float64Array };
}
