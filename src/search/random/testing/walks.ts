import type { System } from '../../../model/index.ts';
import { withSpace, type Space } from '../../learned-relation/space.ts';
import { inOneGo } from '../../set-up.ts';
import { runOfWalk } from '../shrinking/found.ts';
import type { Run } from '../run.ts';
import { makeRuns } from '../runner.ts';
import { walksOf, type Walk, type Walks } from '../walks/walk.ts';

/** Runs `use` on a space of `system`. */
export const inSpace = <T>(system: System, use: (space: Space) => T): T => {
  const slices = withSpace(system, function* once(space): Generator<never, T> {
    yield* [];
    return use(space);
  });
  return inOneGo(slices);
};

/** The first runs of a seed, as they are made. */
export const makeWalks = (walks: Walks, seed: number, runs: number): readonly Walk[] => {
  const made: Walk[] = [];
  makeRuns(walks.arbitrary, { seed, path: '0', runs, shrinks: false }, (walk) => made.push(walk) > 0);
  return made;
};

/** The first runs of a seed. */
export const walksIn = (system: System, seed: number, runs: number, maxDepth = 20): readonly Walk[] =>
  inSpace(system, (space) => makeWalks(walksOf(system, space, maxDepth), seed, runs));

/** The first runs of a seed, made again by the model itself. */
export const runsIn = (system: System, seed: number, runs: number, maxDepth = 20): readonly Run[] =>
  walksIn(system, seed, runs, maxDepth).map((walk) => runOfWalk(system, walk)!);
