import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import type { Briefing } from './shared.ts';
import type { WorkerStart } from './worker.ts';

/** The other members of a team, as its leader sees them. */
export interface Workers {
  readonly ports: readonly MessagePort[];
  readonly brief: (briefing: Briefing) => void;
  readonly end: () => void;
}

// Compiled, a worker's file is JavaScript. From source it is read by whatever reads this file: in tests that is
// a loader for TypeScript, which the worker has to be given.
const SELF = import.meta.url;
const FROM_SOURCE = SELF.endsWith('.ts');
const FILE = new URL(FROM_SOURCE ? './worker.ts' : './worker.js', SELF);

/** Starts `count` workers; they report on the control when they are up. */
export const startWorkers = (count: number, start: Omit<WorkerStart, 'index' | 'port'>): Workers => {
  const channels = Array.from({ length: count }, () => new MessageChannel());
  const workers = channels.map(
    ({ port2 }, index) =>
      new Worker(FILE, {
        workerData: { ...start, index: index + 1, port: port2 } satisfies WorkerStart,
        transferList: [port2],
        ...(FROM_SOURCE ? { execArgv: ['--import', 'tsx'] } : {}),
      }),
  );
  // Nobody waits for a worker that has nothing to do.
  for (const worker of workers) worker.unref();
  return {
    ports: channels.map(({ port1 }) => port1),
    brief: (briefing) => {
      for (const { port1 } of channels) port1.postMessage(briefing);
    },
    end: () => {
      for (const { port1 } of channels) port1.close();
      for (const worker of workers) void worker.terminate();
    },
  };
};
