import { compile } from '../kernel/kernel.ts';
import { lookUpText, siftText } from './batch-filter-source.ts';

/** The data of a worker's filter. */
export interface SiftWork {
  /** The candidates, of which those from number `from` to `to` are filtered. */
  readonly candidates: Int32Array;
  readonly from: number;
  readonly to: number;
  /** The set of known states. */
  readonly slots: Int32Array;
  readonly logSize: number;
  readonly segments: readonly Int32Array[];
  /** The number of states that were known when the batch was enqueued. */
  readonly size: number;
  /** The cache of what the worker remembers to have let through. */
  readonly cache: Int32Array;
}

/**
 * Leaves out candidates that are in the set of known states, if it looks there, and those that the cache
 * remembers; the others move up. States are only ever added to the set, in the order of the search: what is
 * found in it came before. A state that is not found may have been added meanwhile, or be there twice: the
 * coordinator finds that out when it inserts. Returns the number after the last candidate that is left.
 */
export type Sift = (work: SiftWork) => number;

/** Generates the loop; `narrow` as in `Visited`. It looks states up in the set only if it is to. */
export const siftLoop = (words: number, narrow: boolean, looksUp: boolean): Sift =>
  compile<Sift>(
    looksUp ? 'lookUp' : 'sift',
    ['candidates', 'from', 'to', 'slots', 'logSize', 'segments', 'size', 'cache'],
    looksUp ? lookUpText(words, narrow) : siftText(words),
  );
