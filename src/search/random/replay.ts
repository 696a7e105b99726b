import { Fault, type System } from '../../model/index.ts';
import type { Trace } from '../result.ts';
import { checkOptions, needInvariant } from './options.ts';
import { traceOf, type Run } from './run.ts';
import { makeRuns } from './runner.ts';
import { sightingOf } from './sighting.ts';
import { runsOf } from './walk.ts';

/** What leads to one finding of a campaign again. */
export interface ReplayOptions {
  readonly invariant: string;
  readonly seed: number;
  /** As given in the finding. */
  readonly path: string;
  /** As in the campaign: runs of another depth are other runs. */
  readonly maxDepth: number;
  /** Runs of the campaign; no path begins with a greater number. */
  readonly runs: number;
}

const badPath = (path: string, runs: number): Fault =>
  new Fault('UW202', {
    where: 'the path of a random search',
    expected: `a number of a run below ${runs}, and numbers of shrinking steps, with colons between: 17:0:3`,
    got: path,
    likely: 'a path cut short, or one of another campaign',
    next: 'copy the whole command that was printed with the finding',
  });

const gone = (system: System, { invariant, seed, path }: ReplayOptions, got: string): Fault =>
  new Fault('UW503', {
    where: `model ${system.model.id}, invariant ${invariant}, seed ${seed}, path ${path}`,
    expected: 'the run that the search found',
    got,
    likely: 'the model, a defence or a register value changed since, or the depth is another',
    next: 'good news if a fix was meant to stop it; otherwise run `underwatch verify`',
  });

/**
 * Makes the run of one finding again, and no other, and returns the trace that the campaign did.
 * Throws UW202 for a path that makes no sense, UW503 if it leads to no run or to one that shows nothing.
 */
export const replayRandom = (system: System, options: ReplayOptions): Trace => {
  const { invariant, seed, path, maxDepth, runs } = options;
  checkOptions(system, { seed, runs, maxDepth });
  needInvariant(system, invariant);
  if (!/^\d+(:\d+)*$/.test(path) || Number.parseInt(path, 10) >= runs) throw badPath(path, runs);
  const made: Run[] = [];
  try {
    makeRuns(runsOf(system, maxDepth), { seed, path, runs: 1, shrinks: false }, (run) => {
      made.push(run);
      return false;
    });
  } catch (error) {
    // fast-check says so when a path asks for more shrinking than there is.
    if (error instanceof Fault || !String(error).includes('path=')) throw error;
  }
  const [run] = made;
  if (run === undefined) throw gone(system, options, 'no run at the end of the path');
  if (sightingOf(system, invariant, run).at === undefined) throw gone(system, options, 'a run without it');
  return traceOf(run);
};
