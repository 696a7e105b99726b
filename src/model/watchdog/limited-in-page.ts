import type { Outcome } from './limited.ts';

/** The time since the page was opened, in milliseconds. */
export const nowMs = (): number => performance.now();

/** Runs `run`: a page has nothing that could break it off. */
export const limited = <T>(_mostMs: number, run: () => T): Outcome<T> => ({ kind: 'done', value: run() });
