import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker, type MessagePort, type WorkerOptions } from 'node:worker_threads';
import type { Message } from './shared-memory.ts';
import type { WorkerStart } from './worker.ts';

/** The other members of a team, as its leader sees them. */
export interface Workers {
  readonly ports: readonly MessagePort[];
  readonly send: (message: Message) => void;
  readonly end: () => void;
}

// Compiled, a worker's file is JavaScript. From source, as in tests, its thread first needs a loader for
// TypeScript.
const SELF = import.meta.url;
const FILE = new URL(SELF.endsWith('.ts') ? './worker.ts' : './worker.js', SELF);

const createWorker = (options: WorkerOptions): Worker => {
  if (FILE.pathname.endsWith('.js')) return new Worker(FILE, options);
  const loader = JSON.stringify(createRequire(SELF).resolve('jiti'));
  const file = JSON.stringify(fileURLToPath(FILE));
  const text = `void require(${loader}).createJiti(${file}).import(${file});`;
  return new Worker(text, { ...options, eval: true });
};

/** Starts `count` workers; they report on the control when they are up. */
export const startWorkers = (count: number, start: Omit<WorkerStart, 'port'>): Workers => {
  const channels = Array.from({ length: count }, () => new MessageChannel());
  const workers = channels.map(({ port2 }) =>
    createWorker({
      workerData: { ...start, port: port2 } satisfies WorkerStart,
      transferList: [port2],
    }),
  );
  for (const worker of workers) {
    // Nobody waits for a worker that has nothing to do, or that has failed: the others do its work.
    worker.unref();
    worker.on('error', () => {});
  }
  return {
    ports: channels.map(({ port1 }) => port1),
    send: (message) => {
      for (const { port1 } of channels) port1.postMessage(message);
    },
    end: () => {
      for (const { port1 } of channels) port1.close();
      for (const worker of workers) void worker.terminate();
    },
  };
};
