import { expandText, insertText, lookText, placeText, rehashText } from './kernel-source.ts';

/** The loops over the set of known states, generated for states of so many words. */
export interface SetLoops {
  /**
   * Inserts the candidates from number `from` to `to` and appends those that are new to the queue, whose last
   * segment has `parents` beside it. Returns the number of the first one not inserted, less than `to` when the
   * segment is full, or when the set has to grow first. A set of fingerprints needs their table, and keeps which
   * `instances` led to the states. The report has how many states are known then, and 1
   * if it is the set that is full.
   */
  readonly insert: (
    candidates: Int32Array,
    from: number,
    to: number,
    slots: Int32Array,
    logSize: number,
    segments: readonly Int32Array[],
    parents: Int32Array,
    size: number,
    report: Float64Array,
    instances: Instances,
    table: Int32Array,
  ) => number;
  /** Moves every entry of a set into one twice as large, both gone through from front to back. False when one does not fit. */
  readonly rehash: (from: Int32Array, logSize: number, into: Int32Array) => boolean;
}

/** By state of a segment: the instance that led to it. */
export type Instances = Uint16Array | Int32Array;

/** The loops over a set from which the states can be read. */
export interface ExactLoops extends SetLoops {
  /** Puts the first `count` states of a segment into the set, which knows none of them; `first` is the number of its first. False when one does not fit. */
  readonly place: (
    segment: Int32Array,
    count: number,
    first: number,
    slots: Int32Array,
    logSize: number,
  ) => boolean;
}

/**
 * Writes what can happen in the states from place `from` to `to` of a segment as candidates; `first` is the
 * number of the segment's first state. Stops early, and returns where, at a state that the nodes have no
 * answer for, and when fewer than `room` places are left. States from which nothing can happen are
 * listed in `stuck`. The report has how many numbers of `candidates` are used (this goes in, too), the
 * steps added, how many states are stuck, and which cluster it was whose nodes had no answer.
 */
export type Expand = (
  segment: Int32Array,
  from: number,
  to: number,
  first: number,
  nodes: Int32Array,
  leaves: Int32Array,
  selfLoops: Float64Array,
  candidates: Int32Array,
  room: number,
  stuck: Int32Array,
  report: Float64Array,
) => number;

/**
 * Asks the questions about the states from place `from` to `to` of a segment and counts the answers. Stops, and
 * returns where, at a state without an answer and at one whose answer is marked in `decisive`.
 */
export type Look = (
  segment: Int32Array,
  from: number,
  to: number,
  nodes: Int32Array,
  answers: Float64Array,
  decisive: Uint8Array,
) => number;

// A function begins slowly, and gets fast as it is used: one that was made before is already fast. There are few
// different ones, for most texts know how wide states are, and neither what is in them nor how many tries there are.
const made = new Map<string, unknown>();
// A process that is asked for days meets more layouts than it can keep functions of: the oldest go first.
const MOST_MADE = 512;

/** A function of that name, out of its text; the name is for profiles. */
export const compile = (name: string, parameters: string, body: string): unknown => {
  const text = `"use strict"; return function ${name}(${parameters}) {${body}};`;
  if (!made.has(text)) {
    const [oldest = ''] = made.size < MOST_MADE ? [] : made.keys();
    made.delete(oldest);
    // The text is made of numbers of a layout only.
    // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval
    made.set(text, (new Function(text) as () => unknown)());
  }
  return made.get(text);
};

/** Generates the loops over a set of states of `words` words; `narrow` as in `Visited`. */
export const setLoops = (words: number, narrow: boolean): ExactLoops => ({
  insert: compile(
    'insert',
    'candidates, from, to, slots, logSize, segments, parents, size, report',
    insertText(words, narrow),
  ) as SetLoops['insert'],
  place: compile(
    'place',
    'segment, count, first, slots, logSize',
    placeText(words, narrow),
  ) as ExactLoops['place'],
  rehash: compile('rehash', 'from, logSize, into', rehashText(narrow)) as SetLoops['rehash'],
});

/** Generates the loop over what can happen, as fused tries say. */
export const expandLoop = (words: number, keepsSelfLoops: boolean): Expand =>
  compile(
    'expand',
    'segment, from, to, first, nodes, leaves, selfLoops, candidates, room, stuck, report',
    expandText(words, keepsSelfLoops),
  ) as Expand;

/** Generates the loop over questions, which fused tries answer. */
export const lookLoop = (words: number): Look =>
  compile('look', 'segment, from, to, nodes, answers, decisive', lookText(words)) as Look;
