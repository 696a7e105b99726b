import { RANDOM_DEFAULTS, searchRandomly } from 'underwatch';
import { systemOf } from 'underwatch/model';
import type { Known } from './known.ts';

/** Attacks on the same states: one search looks for all of them. */
export const together = (all: readonly Known[]): readonly (readonly Known[])[] => {
  const groups = new Map<string, Known[]>();
  for (const one of all) {
    const { model, scenario } = one.claim;
    const key = JSON.stringify([model.id, scenario]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
};

/**
 * The steps that random search with its defaults took from `seed` to each attack of a group; null if it found
 * none.
 */
export const stepsFrom = (group: readonly Known[], seed: number): readonly (number | null)[] => {
  const [one] = group;
  if (one === undefined) return [];
  const { model, scenario } = one.claim;
  const { maxDepth, runs } = RANDOM_DEFAULTS;
  const invariants = [...new Set(group.map(({ claim }) => claim.invariant))];
  const { findings } = searchRandomly(systemOf(model, scenario), { invariants, seed, runs, maxDepth });
  return group.map(({ claim }) => findings[claim.invariant]?.stepsToFind ?? null);
};
