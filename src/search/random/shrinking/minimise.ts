import type { System } from '../../../model/index.ts';
import type { Trace } from '../../result.ts';
import { runOf, traceOf, type Run } from '../run.ts';
import { shorterRuns } from './shrink.ts';

const firstShorter = (system: System, run: Run, violates: (trace: Trace) => boolean): Run | undefined => {
  for (const candidate of shorterRuns(system, run)) {
    if (violates(traceOf(candidate))) return candidate;
  }
  return undefined;
};

/**
 * Takes steps out of `trace` while what is left still `violates`, until no single step can be left out
 * (the steps that it made possible with it). The result is minimal in that sense; a shorter trace by
 * another route may exist. Throws UW503 if `trace` does not run.
 */
export const minimise = (system: System, trace: Trace, violates: (trace: Trace) => boolean): Trace => {
  let run = runOf(system, trace);
  for (;;) {
    const shorter = firstShorter(system, run, violates);
    if (shorter === undefined) return traceOf(run);
    run = shorter;
  }
};
