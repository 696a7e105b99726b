import type fc from 'fast-check';
import type { System } from '../../../model/index.ts';
import { relevanceOf } from './bias.ts';

// One third of the actions become rare in a run that has favourites: swarm testing with weights instead
// of a subset, so that no run loses an action for good.
const FAVOURITES = [1, 1, 1 / 32] as const;
const EVEN = [1] as const;

/** The weights of instances, by number: how likely a run is to try each where it is possible. */
export type Weights = Float64Array;

/**
 * Draws the weights of one run. Half the runs have favourites and half go by relevance, independently:
 * neither is good everywhere.
 */
export const weigher = (system: System): ((random: fc.Random) => Weights) => {
  const relevance = relevanceOf(system);
  const actions = [...relevance.keys()];
  const actionOf = system.instances.map(({ action }) => actions.indexOf(action));
  return (random) => {
    const factors = random.nextInt(0, 1) === 1 ? FAVOURITES : EVEN;
    const byRelevance = random.nextInt(0, 1) === 1;
    const weights = actions.map(
      (action) =>
        (byRelevance ? relevance.get(action)! : 1) * factors[random.nextInt(0, factors.length - 1)]!,
    );
    return Float64Array.from(actionOf, (action) => weights[action]!);
  };
};

/** Takes a place out of `left` and returns it, drawn by the weights of the instances there. */
export const drawFrom = (
  left: number[],
  enabled: readonly number[],
  weights: Weights,
  random: fc.Random,
): number => {
  const total = left.reduce((sum, place) => sum + weights[enabled[place]!]!, 0);
  let rest = random.nextDouble() * total;
  const found = left.findIndex((place) => (rest -= weights[enabled[place]!]!) < 0);
  const [place] = left.splice(found === -1 ? left.length - 1 : found, 1);
  return place!;
};
