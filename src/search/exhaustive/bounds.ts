import type { Bound, Limits } from '../result.ts';
import { warn } from './parts/ending.ts';
import type { Search } from './search.ts';
import { TOO_LARGE } from '../process-memory.ts';

// The memory of a search beside its states: compiled loops, what was learned as objects, the youngest part of
// the heap.
const BESIDE_BYTES = 40 * 2 ** 20;

/** Returns the bytes that may be taken for the states. */
export const bytesFor = ({ memoryLimitMb }: Limits): number =>
  (memoryLimitMb ?? Infinity) * 2 ** 20 - BESIDE_BYTES;

// To choose anew what to fuse takes a while: there has to be this part of the time for it.
const PLANNING = 0.05;

/** Whether too little time is left to plan the fusing again. */
export const isTooLateToPlan = ({ limits }: Search, startMs: number): boolean =>
  performance.now() - startMs > (limits.timeLimitMs ?? Infinity) * (1 - PLANNING);

/**
 * Returns the bound that a search has reached, if any; the bound on states is looked at where they are added.
 */
export const boundHit = (search: Search, startMs: number): Bound | undefined => {
  const { ending, limits, process } = search;
  if (performance.now() - startMs >= (limits.timeLimitMs ?? Infinity)) return 'timeLimitMs';
  if (!process.isTooLarge()) return undefined;
  warn(ending, TOO_LARGE);
  return 'memoryLimitMb';
};
