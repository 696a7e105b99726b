import { compile } from '../kernel/kernel.ts';
import { lookUpText, siftText } from './batch-filter-source.ts';

/**
 * Goes through the candidates from number `from` to `to`, and leaves out those that are in the set of known states, if it
 * looks there, and those that `cache` remembers to have come across before; what is left moves up. States are only ever added to the
 * set, in the order of the search: what is found in it came before. What is not found may have been added meanwhile,
 * or is there twice, and is seen to by whoever adds it. `size` states were known when the batch was laid out. Returns the
 * number after the last one that is left.
 */
export type Sift = (
  candidates: Int32Array,
  from: number,
  to: number,
  slots: Int32Array,
  logSize: number,
  segments: readonly Int32Array[],
  size: number,
  cache: Int32Array,
) => number;

/** Generates the loop; `narrow` as in `Visited`. It looks states up in the set only if it is to. */
export const siftLoop = (words: number, narrow: boolean, looksUp: boolean): Sift =>
  compile(
    looksUp ? 'lookUp' : 'sift',
    'candidates, from, to, slots, logSize, segments, size, cache',
    looksUp ? lookUpText(words, narrow) : siftText(words),
  ) as Sift;
