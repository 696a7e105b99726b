import type { System } from '../../../model/index.ts';
import { CANDIDATE_EXTRA } from '../kernel/offsets.ts';
import type { Writable } from '../../writable.ts';

/**
 * The batch at hand: the successors of the states that are being expanded, before they are looked up in the
 * visited set.
 */
export interface Batch {
  /** The successors: the words of each, the number of its parent, and the instance that led to it. */
  readonly candidates: Int32Array;
  /** The count of the numbers of `candidates` that are in use. */
  readonly filled: number;
  /** The states of the batch from which nothing can happen. */
  readonly stuck: Int32Array;
  readonly stuckCount: number;
}

/** The most states that are expanded before their successors are added to the visited set. */
export const BATCH_STATES = 4096;
// Candidates of a batch; a batch ends earlier when fewer places are left than one state may need.
const BATCH_CANDIDATES = 1 << 15;

const candidatesFor = ({ instances }: System, words: number): Int32Array =>
  new Int32Array((BATCH_CANDIDATES + 2 * instances.length) * (words + CANDIDATE_EXTRA));

/** Makes an empty batch for states of `words` words. */
export const createBatch = (system: System, words: number): Batch => ({
  candidates: candidatesFor(system, words),
  filled: 0,
  stuck: new Int32Array(BATCH_STATES),
  stuckCount: 0,
});

/** Notes how far the candidates and the stuck states of a batch are filled. */
export const fillBatch = (batch: Writable<Batch>, filled: number, stuckCount: number): void => {
  batch.filled = filled;
  batch.stuckCount = stuckCount;
};

/** Notes that nothing can happen in `state`. */
export const addStuck = (batch: Writable<Batch>, state: number): void => {
  batch.stuck[batch.stuckCount] = state;
  batch.stuckCount += 1;
};

/** Empties a batch. */
export const clearBatch = (batch: Batch): void => fillBatch(batch, 0, 0);

/** Gives a batch room for states of another width. */
export const resizeBatch = (batch: Writable<Batch>, system: System, words: number): void => {
  batch.candidates = candidatesFor(system, words);
};

/** Makes a batch use the candidates that another thread has filled, or its own again. */
export const useCandidates = (batch: Writable<Batch>, candidates: Int32Array): void => {
  batch.candidates = candidates;
};

/** Takes over a batch that another thread has expanded. */
export const takeOver = (batch: Batch, candidates: Int32Array, filled: number, stuck: Int32Array): void => {
  useCandidates(batch, candidates);
  batch.stuck.set(stuck);
  fillBatch(batch, filled, stuck.length);
};
