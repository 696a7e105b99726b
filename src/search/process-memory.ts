import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const rss = process.memoryUsage.rss.bind(process.memoryUsage);
const now = performance.now.bind(performance);

/** The growth of a search's process, as a safety net below the memory that is counted. */
export interface ProcessMemory {
  /** Whether the process has grown far beyond the limit, or its heap is nearly full. */
  readonly isTooLarge: () => boolean;
}

/** The warning of a search that ended because of its process. */
export const TOO_LARGE =
  'what was learned, and not the number of states, came to the limit of memory: where that ends a search depends on the machine';

// The system is asked no more often than this.
const EVERY_MS = 100;
// Memory that cannot be told apart from that of a search: compiled code, and pages with room in them.
const BESIDE = 0.05;
const BESIDE_BYTES = 64 * 2 ** 20;
// Garbage that is not collected yet is part of a process.
const GARBAGE = 1.25;
const GARBAGE_BYTES = 256 * 2 ** 20;
// A heap that is full ends the whole process.
const HEAP = 0.9;

/** Collects the garbage, where the engine allows that. */
const collect = (): void => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
};

/** Returns the memory in use: objects, and the arrays beside them, with what garbage is not collected yet. */
const usedBytes = (): number => {
  const { external_memory: outside, used_heap_size: heap } = getHeapStatistics();
  return heap + outside;
};

/** Watches what the process grows by from now on, for a search that may add so many mebibytes. */
export const watchProcess = (limitMb: number = Infinity): ProcessMemory => {
  const startBytes = rss();
  const startUsedBytes = usedBytes();
  const limitBytes = limitMb * 2 ** 20;
  const usedMost = limitBytes * (1 + BESIDE) + BESIDE_BYTES;
  const mostBytes = limitBytes * GARBAGE + GARBAGE_BYTES;
  let askedMs = now();
  // A collection is needed from here on to tell what is in use.
  let suspectBytes = usedMost;
  return {
    isTooLarge: () => {
      const nowMs = now();
      if (nowMs - askedMs < EVERY_MS) return false;
      const { heap_size_limit: heapLimit, used_heap_size: heap } = getHeapStatistics();
      const grown = rss() - startBytes;
      let isOver = grown > mostBytes || heap > HEAP * heapLimit;
      if (!isOver && grown > suspectBytes) {
        collect();
        isOver = usedBytes() - startUsedBytes > usedMost;
        suspectBytes = rss() - startBytes + limitBytes * BESIDE + BESIDE_BYTES;
      }
      askedMs = now();
      return isOver;
    },
  };
};
