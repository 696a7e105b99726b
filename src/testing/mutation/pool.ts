import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Job } from './child.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
const TSX = import.meta.resolve('tsx');
/**
 * The number of jobs that one process does before another takes its place, so that what changed code left
 * behind goes with it.
 */
const JOBS_OF_A_CHILD = 100;

/** The end of a job. */
export type End = Answer | { readonly kind: 'hung'; readonly at: string };

interface Worker {
  readonly child: ChildProcess;
  jobs: number;
}

/** Does one job in a child; it is ended when it says nothing for `limitMs`. */
const doIn = ({ child }: Worker, job: Job, limitMs: number): Promise<End> =>
  new Promise((resolve) => {
    let at = 'loading';
    let timer: NodeJS.Timeout | undefined;
    const end = (how: End): void => {
      clearTimeout(timer);
      child.removeAllListeners('message').removeAllListeners('exit');
      resolve(how);
    };
    const watch = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        child.kill('SIGKILL');
        end({ kind: 'hung', at });
      }, limitMs);
    };
    watch();
    child.on('message', (answer: Answer) => {
      if (answer.kind !== 'at') return end(answer);
      at = answer.what;
      watch();
    });
    child.on('exit', (code, signal) => end({ kind: 'failed', said: `the process ended: ${signal ?? code}` }));
    child.send(job);
  });

/** Does jobs in `processes` children, each in its turn; `onEnd` is told of each as it ends. */
export const runJobs = async (
  jobs: readonly Job[],
  processes: number,
  limitMs: number,
  onEnd: (index: number, end: End) => void,
): Promise<void> => {
  let next = 0;
  const work = async (): Promise<void> => {
    let worker: Worker | undefined;
    for (let index = next++; index < jobs.length; index = next++) {
      worker ??= { child: fork(CHILD, { execArgv: ['--import', TSX] }), jobs: 0 };
      const end = await doIn(worker, jobs[index]!, limitMs);
      worker.jobs += 1;
      if (end.kind === 'hung' || end.kind === 'failed' || worker.jobs >= JOBS_OF_A_CHILD) {
        worker.child.kill('SIGKILL');
        worker = undefined;
      }
      onEnd(index, end);
    }
    worker?.child.kill('SIGKILL');
  };
  await Promise.all(Array.from({ length: Math.min(processes, jobs.length) }, work));
};
