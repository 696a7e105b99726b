import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromWorker, ToWorker, WorkerStart } from './messages.ts';

const SELF = import.meta.url;
const BIN = fileURLToPath(new URL(SELF.endsWith('.ts') ? '../../../../dist/bin.js' : './bin.js', SELF));

/** The time, in milliseconds, that a process may take to end when it has nothing left to do. */
const END_MS = 2000;

/** The end of a worker process: by an exit code, or by a signal. */
export interface Ended {
  readonly code: number | null;
  readonly by: string;
}

/** The listeners to a worker process. */
export interface Hearing {
  readonly onMessage: (message: FromWorker) => void;
  readonly onStderr: (text: string) => void;
  /** A listener, called once, also where the process could not be started. */
  readonly onEnd: (ended: Ended) => void;
}

/** Another process of this program, which makes searches. */
export interface WorkerProcess {
  readonly send: (message: ToWorker) => void;
  /** Ends the search that it is at, at its next slice. */
  readonly stop: () => void;
  /** Ends it, at once or when it has told what it has to tell, and waits for that. */
  readonly end: (atOnce: boolean) => Promise<void>;
}

const running = new Set<ChildProcess>();
let isWatched = false;

/** Ends all workers with this process, however it ends; one that is killed is missed by its own watch. */
const watchExit = (): void => {
  if (isWatched) return;
  isWatched = true;
  process.on('exit', () => {
    for (const child of running) child.kill('SIGKILL');
  });
};

/**
 * Starts a worker process. In a group of its own: what a terminal interrupts is the run, which ends its
 * workers in good order.
 */
export const startWorkerProcess = (
  start: WorkerStart,
  { onEnd, onMessage, onStderr }: Hearing,
): WorkerProcess => {
  watchExit();
  const child = fork(BIN, ['work'], {
    detached: true,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    const end = (how: Ended): void => {
      if (running.delete(child)) onEnd(how);
      resolve();
    };
    child.once('error', ({ message }) => end({ code: null, by: message }));
    child.once('exit', (code, signal) => end({ code, by: signal ?? `exit code ${code}` }));
  });
  child.on('message', (message) => onMessage(message as FromWorker));
  child.stderr?.setEncoding('utf8').on('data', onStderr);
  // One that has ended hears nothing: that it has is told once.
  const send = (message: ToWorker): void => void child.send(message, () => undefined);
  send({ kind: 'start', start });
  return {
    send,
    stop: () => void child.kill('SIGINT'),
    end: async (atOnce) => {
      send({ kind: 'end' });
      const timer = setTimeout(() => child.kill('SIGKILL'), atOnce ? 0 : END_MS);
      await ended;
      clearTimeout(timer);
    },
  };
};
