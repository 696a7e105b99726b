import { setImmediate } from 'node:timers/promises';
import { EXIT } from './exit-codes.ts';
import { leave } from './leave.ts';
import { listen } from './listen.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `run` with a signal that SIGINT, SIGTERM and SIGHUP abort, so that it can end in good order. A second
 * one ends the process at once, whatever it is doing.
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
  const end = listen(stop);
  try {
    return await run(controller.signal);
  } finally {
    end();
  }
};

/**
 * Runs the part before there is anything to keep: an interruption ends the process at once, and `onInterrupt`
 * says so.
 */
export const interruptedAtOnce = async <T>(onInterrupt: () => void, run: () => Promise<T>): Promise<T> => {
  const stop = (): void => {
    onInterrupt();
    leave(EXIT.interrupted);
  };
  for (const name of SIGNALS) process.once(name, stop);
  try {
    const result = await run();
    // A signal that came while modules were evaluated is delivered once the loop has looked for it: after its
    // next turn.
    await setImmediate();
    await setImmediate();
    return result;
  } finally {
    for (const name of SIGNALS) process.off(name, stop);
  }
};
