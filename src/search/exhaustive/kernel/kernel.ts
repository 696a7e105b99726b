import { evaluateText, expandText, insertText, placeText, rehashText } from './kernel-source.ts';

/** The data of the loop that inserts candidates into the visited set. */
export interface InsertWork {
  /** The candidates, of which those from number `from` to `to` are inserted. */
  readonly candidates: Int32Array;
  readonly from: number;
  readonly to: number;
  /** The visited set. */
  readonly slots: Int32Array;
  readonly logSize: number;
  /** The queue: its segments, what stands beside the last of them, and how many states there are. */
  readonly segments: readonly Int32Array[];
  readonly parents: Int32Array;
  readonly instances: Instances;
  readonly size: number;
  /** The table that fingerprints are made with. */
  readonly table: Int32Array;
  /** `INSERTED`. */
  readonly report: Float64Array;
}

/** The data of the loop that moves a set into a larger one. */
export interface RehashWork {
  readonly from: Int32Array;
  readonly logSize: number;
  readonly into: Int32Array;
}

/** The loops over the set of known states, generated for states of so many words. */
export interface SetLoops {
  /**
   * Inserts candidates and appends those that are new to the queue. Returns the number of the first one not
   * inserted, less than `to` when the segment is full, or when the set has to grow first. A set of
   * fingerprints keeps which instances led to the states, too.
   */
  readonly insert: (work: InsertWork) => number;
  /**
   * Moves every entry of a set into one twice as large, both from front to back. False when one does not fit.
   */
  readonly rehash: (work: RehashWork) => boolean;
}

/** The instance that led to each state of a segment. */
export type Instances = Uint16Array | Int32Array;

/** The data of the loop that puts a segment into an empty set. */
export interface PlaceWork {
  /** The first `count` states of `segment`, the first of which is number `first`. */
  readonly segment: Int32Array;
  readonly count: number;
  readonly first: number;
  readonly slots: Int32Array;
  readonly logSize: number;
}

/** The loops over a set from which the states can be read. */
export interface ExactLoops extends SetLoops {
  /** Puts states of a segment into the set, which knows none of them. False when one does not fit. */
  readonly place: (work: PlaceWork) => boolean;
}

/** The data of the loop that expands states. */
export interface ExpandWork {
  /** The states at places `from` to `to` of a segment, whose first state is number `first`. */
  readonly segment: Int32Array;
  readonly from: number;
  readonly to: number;
  readonly first: number;
  /** The fused actions. */
  readonly nodes: Int32Array;
  readonly leaves: Int32Array;
  /** The number of self-loops of each instance: how often it changed nothing. */
  readonly selfLoops: Float64Array;
  readonly candidates: Int32Array;
  /** The most candidates that one state may need. */
  readonly room: number;
  /** The states from which nothing can happen. */
  readonly stuck: Int32Array;
  /** `EXPANDED`. */
  readonly report: Float64Array;
}

/**
 * Writes the successors of states as candidates. Stops early, and returns where, at a state that the nodes
 * have no answer for, and when there is no room for the candidates of one more state.
 */
export type Expand = (work: ExpandWork) => number;

/** The data of the loop that evaluates monitors. */
export interface EvaluateWork {
  /** The states at places `from` to `to` of a segment. */
  readonly segment: Int32Array;
  readonly from: number;
  readonly to: number;
  /** The fused questions. */
  readonly nodes: Int32Array;
  /** The combinations of answers: how often each was met, and whether it decides a monitor. */
  readonly answers: Float64Array;
  readonly decisive: Uint8Array;
}

/**
 * Evaluates monitors in states and counts the answers. Stops, and returns where, at a state without an answer
 * and at one whose answer is decisive.
 */
export type Evaluate = (work: EvaluateWork) => number;

// A function begins slowly, and gets fast as it is used: one that was made before is already fast. There are
// few different ones, for most texts know how wide states are, and neither what is in them nor how many tries
// there are.
const made = new Map<string, unknown>();
// A process that is asked for days meets more layouts than it can keep functions of: the oldest go first.
const MOST_MADE = 512;

/**
 * Compiles a loop out of its text. The loop takes a record; its text knows the fields of the record by their
 * names. `name` is what profiles call it.
 */
export const compile = <Loop extends (work: never) => unknown>(
  name: string,
  fields: readonly (keyof Parameters<Loop>[0] & string)[],
  body: string,
): Loop => {
  const taken = fields.map((field) => `work.${field}`);
  const text = `"use strict";
    function ${name}(${fields.join(', ')}) {${body}}
    return (work) => ${name}(${taken.join(', ')});`;
  if (!made.has(text)) {
    const [oldest = ''] = made.size < MOST_MADE ? [] : made.keys();
    made.delete(oldest);
    // The text is made of numbers of a layout only.
    // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval
    made.set(text, (new Function(text) as () => unknown)());
  }
  return made.get(text) as Loop;
};

/** Compiles a loop that inserts. */
export const compileInsert = (body: string): SetLoops['insert'] =>
  compile<SetLoops['insert']>(
    'insert',
    [
      'candidates',
      'from',
      'to',
      'slots',
      'logSize',
      'segments',
      'parents',
      'instances',
      'size',
      'table',
      'report',
    ],
    body,
  );

/** Compiles a loop that moves a set into a larger one. */
export const compileRehash = (body: string): SetLoops['rehash'] =>
  compile<SetLoops['rehash']>('rehash', ['from', 'logSize', 'into'], body);

/** Generates the loops over a set of states of `words` words; `narrow` as in `Visited`. */
export const setLoops = (words: number, narrow: boolean): ExactLoops => ({
  insert: compileInsert(insertText(words, narrow)),
  place: compile<ExactLoops['place']>(
    'place',
    ['segment', 'count', 'first', 'slots', 'logSize'],
    placeText(words, narrow),
  ),
  rehash: compileRehash(rehashText(narrow)),
});

/** Generates the loop that expands states by fused actions. */
export const expandLoop = (words: number, keepsSelfLoops: boolean): Expand =>
  compile<Expand>(
    'expand',
    [
      'segment',
      'from',
      'to',
      'first',
      'nodes',
      'leaves',
      'selfLoops',
      'candidates',
      'room',
      'stuck',
      'report',
    ],
    expandText(words, keepsSelfLoops),
  );

/** Generates the loop that evaluates fused monitors. */
export const evaluateLoop = (words: number): Evaluate =>
  compile<Evaluate>(
    'evaluate',
    ['segment', 'from', 'to', 'nodes', 'answers', 'decisive'],
    evaluateText(words),
  );
