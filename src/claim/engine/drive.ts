import { setImmediate } from 'node:timers/promises';
import type { Progress } from '../../search/result.ts';

/** A search that can be run a slice at a time, and told to stop between slices. */
export type Slices<R> = Generator<Progress, R, 'stop' | undefined>;

/** The listeners to a search while it runs. */
export interface Listening {
  /** Ends the search at the next slice; what it found so far stays. */
  readonly signal?: AbortSignal | undefined;
  readonly onSlice?: ((progress: Progress) => void) | undefined;
}

/**
 * Runs a search to its end. Between slices the event loop turns, for signals are delivered there and
 * nowhere else. The slices do not change what the search finds.
 */
export const drive = async <R>(slices: Slices<R>, listening: Listening): Promise<R> => {
  let slice = slices.next();
  while (slice.done !== true) {
    listening.onSlice?.(slice.value);
    await setImmediate();
    slice = slices.next(listening.signal?.aborted === true ? 'stop' : undefined);
  }
  return slice.value;
};
