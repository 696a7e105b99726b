import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { hearSignals } from '../search/signal.ts';
import { EXIT } from './exit-codes.ts';
import { leave } from './leave.ts';

// A thread of its own hears SIGINT also while the first one is in a function of a model that does not return. What it
// hears first, it passes on, and notes for searches that do not let the event loop turn. Once it hears another one, and
// the first thread does nothing about that, it ends the process.
const LISTENER = `
const { parentPort, workerData } = require('node:worker_threads');
const { Script } = require('node:vm');
globalThis.never = workerData;
const wait = new Script('for (;;) Atomics.wait(globalThis.never, 0, 0);');
for (let heard = 1; heard <= 2; heard += 1) {
  try {
    wait.runInThisContext({ breakOnSigint: true });
  } catch {
    Atomics.add(globalThis.never, 1, 1);
    parentPort.postMessage('SIGINT');
  }
}
Atomics.wait(globalThis.never, 0, 0, 300);
process.kill(process.pid, 'SIGINT');
`;

/** Has a thread listen to SIGINT, and call `onSignal`; returns what ends it. */
const listen = (onSignal: () => void): (() => void) => {
  const never = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(LISTENER, { eval: true, workerData: never });
  let told = 0;
  // By message, or when a search asks: each signal is told once.
  const tell = (): boolean => {
    for (; told < Atomics.load(never, 1); told += 1) onSignal();
    return told > 0;
  };
  worker.on('message', tell);
  // Without it a signal is heard between two slices, as SIGTERM is.
  worker.on('error', () => undefined);
  worker.unref();
  const forget = hearSignals(tell);
  return () => {
    forget();
    void worker.terminate();
  };
};

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `run` with a signal that SIGINT, SIGTERM and SIGHUP abort, so that it can end in good order. A second
 * SIGINT ends the process at once, whatever it is doing.
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
  for (const name of SIGNALS) process.on(name, stop);
  const end = listen(stop);
  try {
    return await run(controller.signal);
  } finally {
    end();
    for (const name of SIGNALS) process.off(name, stop);
  }
};

/** Runs what comes before there is anything to keep: an interruption ends the process at once, and `onInterrupt` says so. */
export const interruptedAtOnce = async <T>(onInterrupt: () => void, run: () => Promise<T>): Promise<T> => {
  const stop = (): void => {
    onInterrupt();
    leave(EXIT.interrupted);
  };
  for (const name of SIGNALS) process.once(name, stop);
  try {
    const result = await run();
    // What came while modules were evaluated is delivered once the loop has looked for it: after its next turn.
    await setImmediate();
    await setImmediate();
    return result;
  } finally {
    for (const name of SIGNALS) process.off(name, stop);
  }
};
