import { EXIT } from './exit-codes.ts';
import { leave } from './leave.ts';

/**
 * Runs `run` with a signal that SIGINT and SIGTERM abort, so that it can end in good order. A second
 * one ends the process at once.
 */
export const interruptible = async <T>(
  onInterrupt: () => void,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) leave(EXIT.interrupted);
    controller.abort();
    onInterrupt();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await run(controller.signal);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
};

/** Runs what comes before there is anything to keep: an interruption ends the process at once, and `onInterrupt` says so. */
export const interruptedAtOnce = async <T>(onInterrupt: () => void, run: () => Promise<T>): Promise<T> => {
  const stop = (): void => {
    onInterrupt();
    process.exit(EXIT.interrupted);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await run();
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
};
