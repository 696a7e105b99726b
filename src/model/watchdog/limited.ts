import { Script } from 'node:vm';
import { backToNow } from './outside-access.ts';

// Models' clocks are watched, and may be changed by whoever runs them: these are the ones that there were at
// first.
const cpuUsage = process.cpuUsage.bind(process);
/** The time since the process began, in milliseconds. */
export const nowMs: () => number = performance.now.bind(performance);

const cpuMs = (): number => {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
};

/** The outcome of something that ran under a time limit. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  /**
   * The function was stopped. `busy`: it was at work, and not only kept from it by a busy machine, or stopped
   * with its process.
   */
  | { readonly kind: 'stopped'; readonly busy: boolean };

// Less than this part of the time: the machine did something else.
const BUSY = 0.05;

const KEY = 'underwatch.limited';
/** The holder in which the script finds the function to run, in whatever realm this module is. */
const holder = new Script(
  `globalThis[Symbol.for(${JSON.stringify(KEY)})] ??= { run: undefined }`,
).runInThisContext() as { run: (() => void) | undefined };
const script = new Script(`globalThis[Symbol.for(${JSON.stringify(KEY)})].run()`);

const isTimeout = (error: unknown): boolean =>
  (error as { readonly code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/**
 * Runs `run` under a time limit, and breaks it off in the middle of whatever it does when it takes longer
 * than `mostMs`: no `finally` runs then. Its errors get out. Takes less than a tenth of a millisecond.
 */
export const limited = <T>(mostMs: number, run: () => T): Outcome<T> => {
  if (mostMs === Infinity) return { kind: 'done', value: run() };
  let done: { readonly value: T } | { readonly thrown: unknown } | undefined;
  const outer = holder.run;
  const goBack = backToNow();
  const startMs = nowMs();
  const startCpuMs = cpuMs();
  holder.run = () => {
    try {
      done = { value: run() };
    } catch (thrown) {
      done = { thrown };
    }
  };
  try {
    script.runInThisContext({ timeout: Math.max(1, Math.ceil(mostMs)) });
  } catch (error) {
    if (!isTimeout(error)) throw error;
  } finally {
    holder.run = outer;
  }
  if (done === undefined) {
    goBack();
    return { kind: 'stopped', busy: cpuMs() - startCpuMs >= BUSY * (nowMs() - startMs) };
  }
  if ('thrown' in done) throw done.thrown;
  return { kind: 'done', value: done.value };
};
