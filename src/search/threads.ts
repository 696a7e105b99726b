import { Fault } from '../model/index.ts';

/** The most threads of a search: one adds what the others find, and more than these would wait for it. */
export const MOST_THREADS = 4;

/**
 * Checks a number of threads. Throws UW345 for one that no search can have: what is asked for is done, or
 * refused.
 */
export const checkThreads = (threads: number, where = 'threads'): void => {
  if (Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS) return;
  throw new Fault('UW345', {
    where,
    expected: `a whole number from 1 to ${MOST_THREADS}`,
    got: String(threads),
    likely: 'the number of processors: one thread adds what all find, and more than four would wait for it',
    next: 'ask for fewer; the results are the same for any number',
  });
};
