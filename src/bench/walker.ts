import type { Availability } from './measuring/tools.ts';
import type { Finished } from './measuring/measured-process.ts';

/** The result of a random simulation of a model that keeps its invariant. */
export interface Walked {
  readonly walks: number;
  /** The number of steps made, all of them possible where they were made. */
  readonly steps: number;
  /** The time of that, without the start of the process and without reading the model. */
  readonly insideMs: number;
}

/** A walker, which walks the reference model at random. */
export interface Walker {
  readonly id: string;
  readonly says: string;
  readonly availability: () => Promise<Availability>;
  /** Walks with an empty folder at hand. */
  readonly walk: (folder: string, timeoutMs: number) => Promise<Finished>;
  /** Reads the output. Throws for output that it does not know, and for a verdict that is wrong. */
  readonly read: (finished: Finished) => Walked;
}

/** The amount that everyone walks in one run, and the size. */
export const walking: { readonly size: string; readonly walks: number; readonly steps: number } = {
  size: 'S',
  walks: 300,
  steps: 100,
};
