import { getHeapStatistics } from 'node:v8';

const rss = process.memoryUsage.rss.bind(process.memoryUsage);
const now = performance.now.bind(performance);

/** What a search adds to its process, as a net below what is counted. */
export interface ProcessMemory {
  /** Whether the process has grown far beyond the limit, or its heap is nearly full. */
  readonly isTooLarge: () => boolean;
}

/** What is to be known of a search that this ended. */
export const TOO_LARGE =
  'what was learned, and not the number of states, came to the limit of memory: where that ends a search depends on the machine';

// The system is asked no more often than this.
const EVERY_MS = 100;
// What is garbage, and not collected yet, is part of a process.
const GARBAGE = 1.25;
const GARBAGE_BYTES = 256 * 2 ** 20;
// A heap that is full ends the whole process.
const HEAP = 0.9;

/** Watches what the process grows by from now on, for a search that may add so many mebibytes. */
export const watchProcess = (limitMb: number = Infinity): ProcessMemory => {
  const startBytes = rss();
  const mostBytes = limitMb * 2 ** 20 * GARBAGE + GARBAGE_BYTES;
  let askedMs = now();
  return {
    isTooLarge: () => {
      const nowMs = now();
      if (nowMs - askedMs < EVERY_MS) return false;
      askedMs = nowMs;
      if (rss() - startBytes > mostBytes) return true;
      const { heap_size_limit: limit, used_heap_size: used } = getHeapStatistics();
      return used > HEAP * limit;
    },
  };
};
