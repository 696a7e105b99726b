import { Worker } from 'node:worker_threads';
import { hearSignals } from '../search/signal.ts';

// A thread of its own hears SIGINT also while the first one is in a function of a model that does not return.
// What it hears first, it passes on, and notes for searches that do not let the event loop turn. Once it
// hears another one, and the first thread does nothing about that, it ends the process.
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

// The other signals do not end what V8 runs. A second thread hears them by its own event loop, with the
// handle that process.on uses; process.on itself hears nothing in a thread. Here, too, the second one ends
// the process.
const OTHERS_LISTENER = `
const { workerData } = require('node:worker_threads');
process.noDeprecation = true;
const { Signal } = process.binding('signal_wrap');
const { SIGTERM, SIGHUP } = require('node:os').constants.signals;
[SIGTERM, SIGHUP].forEach((number, index) => {
  const handle = new Signal();
  handle.onsignal = () => {
    if (Atomics.add(workerData, index, 1) > 0) setTimeout(() => process.kill(process.pid, 'SIGKILL'), 300);
  };
  handle.start(number);
});
`;

const threadOf = (code: string, heard: Int32Array): Worker => {
  const worker = new Worker(code, { eval: true, workerData: heard });
  // Without it a signal is heard when the event loop turns: between two slices of a search.
  worker.on('error', () => undefined);
  worker.unref();
  return worker;
};

interface Listener {
  readonly tell: () => void;
  readonly end: () => void;
}

/**
 * Starts a thread that listens to SIGINT, and calls `onSignal` by message, or when a search asks: once for
 * each signal.
 */
const listenToInt = (onSignal: () => void): Listener => {
  const heard = new Int32Array(new SharedArrayBuffer(8));
  const worker = threadOf(LISTENER, heard);
  let told = 0;
  const tell = (): void => {
    for (; told < Atomics.load(heard, 1); told += 1) onSignal();
  };
  worker.on('message', tell);
  process.on('SIGINT', onSignal);
  return {
    tell,
    end: () => {
      process.off('SIGINT', onSignal);
      void worker.terminate();
    },
  };
};

/**
 * Listens to SIGTERM and SIGHUP in the same way. The event loop hears these as well: a signal that both hear
 * is told once.
 */
const listenToOthers = (onSignal: () => void): Listener => {
  const heard = new Int32Array(new SharedArrayBuffer(8));
  const worker = threadOf(OTHERS_LISTENER, heard);
  const signals = (['SIGTERM', 'SIGHUP'] as const).map((name, index) => {
    let byLoop = 0;
    let told = 0;
    const tell = (): void => {
      const times = Math.max(Atomics.load(heard, index), byLoop);
      for (; told < times; told += 1) onSignal();
    };
    const listener = (): void => {
      byLoop += 1;
      tell();
    };
    process.on(name, listener);
    return { tell, end: () => process.off(name, listener) };
  });
  return {
    tell: () => {
      for (const { tell } of signals) tell();
    },
    end: () => {
      for (const { end } of signals) end();
      void worker.terminate();
    },
  };
};

/**
 * Starts threads that listen to SIGINT, SIGTERM and SIGHUP, and calls `onSignal` once for each; returns a
 * function that ends that. A search hears them in the middle of a long operation.
 */
export const listen = (onSignal: () => void): (() => void) => {
  let told = false;
  const tellOne = (): void => {
    told = true;
    onSignal();
  };
  const int = listenToInt(tellOne);
  const others = listenToOthers(tellOne);
  const forget = hearSignals(() => {
    int.tell();
    others.tell();
    return told;
  });
  return () => {
    forget();
    int.end();
    others.end();
  };
};
