import { compile, setLoops, type SetLoops } from '../kernel.ts';
import { gatherText, mergeText, placeOwnText, scatterText } from './text.ts';

/** The inner loops of a team, generated for states of so many words. */
export interface TeamLoops {
  /**
   * Hands candidates on to the owners of their states, by hash, leaving out those that `cache` remembers to have
   * been handed on before. `ordinal` is the number of the first one in its chunk.
   */
  readonly scatter: (
    candidates: Int32Array,
    count: number,
    outs: readonly Int32Array[],
    filled: Int32Array,
    ordinal: number,
    cache: Int32Array,
  ) => void;
  /**
   * Inserts the records from number `from` to `to` into an owner's set and lists those that are new after the
   * `count` that `fresh` has. Returns how many it has then, or -1 when the set is too full.
   */
  readonly gather: (
    records: Int32Array,
    from: number,
    to: number,
    slots: Int32Array,
    logSize: number,
    segments: readonly Int32Array[],
    fresh: Int32Array,
    count: number,
  ) => number;
  /** Writes the new states of one chunk to the queue, from number `first` on, in the order of their ordinals. */
  readonly merge: (
    freshes: readonly Int32Array[],
    heads: Int32Array,
    ends: Int32Array,
    first: number,
    segments: readonly Int32Array[],
    parents: readonly Int32Array[],
  ) => void;
  /** Puts those of the first `count` states of a segment that `owner` owns into its set. False when one does not fit. */
  readonly place: (
    segment: Int32Array,
    count: number,
    first: number,
    slots: Int32Array,
    logSize: number,
    owner: number,
    owners: number,
  ) => boolean;
  readonly rehash: SetLoops['rehash'];
}

/** Generates the loops; `narrow` as in `Visited`. */
export const teamLoops = (words: number, narrow: boolean): TeamLoops => ({
  scatter: compile(
    'scatter',
    'candidates, count, outs, filled, ordinal, cache',
    scatterText(words),
  ) as TeamLoops['scatter'],
  gather: compile(
    'gather',
    'records, from, to, slots, logSize, segments, fresh, count',
    gatherText(words, narrow),
  ) as TeamLoops['gather'],
  merge: compile(
    'merge',
    'freshes, heads, ends, first, segments, parents',
    mergeText(words),
  ) as TeamLoops['merge'],
  place: compile(
    'placeOwn',
    'segment, count, first, slots, logSize, owner, owners',
    placeOwnText(words, narrow),
  ) as TeamLoops['place'],
  rehash: setLoops(words, narrow).rehash,
});
