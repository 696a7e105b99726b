import { Fault, type System } from '../../model/index.ts';
import { monitorsOf } from '../monitor/monitor.ts';
import type { Trace } from '../result.ts';
import { inOneGo } from '../set-up.ts';
import { withSpace, type Space } from '../learned-relation/space.ts';
import { foundRun, runOfWalk } from './shrinking/found.ts';
import { createLost } from './monitoring/lost.ts';
import { checkOptions, needInvariant } from './options.ts';
import { traceOf, type Run } from './run.ts';
import { makeRuns } from './runner.ts';
import { sightingOf } from './monitoring/sighting.ts';
import { walksOf, type Walk } from './walks/walk.ts';
import { watchedAlong } from './monitoring/watching.ts';

/** The data that leads to one finding of a campaign again. */
export interface ReplayOptions {
  readonly invariant: string;
  readonly seed: number;
  /** The path, as given in the finding. */
  readonly path: string;
  /** The depth, as in the campaign: runs of another depth are other runs. */
  readonly maxDepth: number;
  /** The number of the campaign's runs; no path begins with a greater number. */
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

/** Makes run number `last` of a seed again, after those before it, along which nothing is looked for. */
const walkAgain = (system: System, space: Space, { maxDepth, seed }: ReplayOptions, last: number) => {
  const { arbitrary, graph } = walksOf(system, space, maxDepth);
  const made: Walk[] = [];
  makeRuns(arbitrary, { seed, path: '0', runs: last + 1, shrinks: false }, (walk) => {
    made[0] = walk;
    return true;
  });
  return { graph, walk: made[0]! };
};

/** Makes the run at the end of a path that begins with `run`. */
const shrunkAgain = (system: System, run: Run, { path, seed }: ReplayOptions): Run | undefined => {
  const made: Run[] = [];
  try {
    makeRuns(foundRun(system, run), { seed, path, runs: 1, shrinks: false }, (one) => {
      made.push(one);
      return false;
    });
  } catch (error) {
    // fast-check says so when a path asks for more shrinking than there is.
    if (error instanceof Fault || !String(error).includes('path=')) throw error;
  }
  return made[0];
};

/**
 * Makes the runs of a campaign again up to that of one finding, and returns the trace that the campaign did.
 * Throws UW202 for a path that makes no sense, UW503 if it leads to no run or to one that shows nothing.
 */
export const replayRandom = (system: System, options: ReplayOptions): Trace => {
  const { invariant, seed, path, maxDepth, runs } = options;
  checkOptions(system, { seed, runs, maxDepth });
  needInvariant(system, invariant);
  if (!/^\d+(:\d+)*$/.test(path) || Number.parseInt(path, 10) >= runs) throw badPath(path, runs);
  const slices = withSpace(system, function* replay(space): Generator<never, Trace> {
    yield* [];
    const [monitor] = monitorsOf(system, space, [invariant]);
    const lost = monitor?.kind === 'recovers' ? createLost(system, space, monitor) : undefined;
    const { graph, walk } = walkAgain(system, space, options, Number.parseInt(path, 10));
    // A lost state is found along the run as it was.
    if (lost !== undefined) watchedAlong(monitor!, graph, walk, lost);
    const first = runOfWalk(system, walk);
    const run = first && shrunkAgain(system, first, options);
    if (run === undefined) throw gone(system, options, 'no run at the end of the path');
    if (sightingOf(system, invariant, run, lost?.has).at === undefined)
      throw gone(system, options, 'a run without it');
    return traceOf(run);
  });
  return inOneGo(slices);
};
