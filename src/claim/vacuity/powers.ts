import type { System } from '../../model/index.ts';
import type { ActionCount } from '../../search/result.ts';

/** A capability that a claim names, and what a search saw of it. */
export interface Power {
  readonly capability: string;
  /** The actions of the model that need it. */
  readonly actions: readonly string[];
  /** The actions among them that exist in the scenario. */
  readonly existing: readonly string[];
  /** The number of states in which one of them was possible, summed over them. */
  readonly enabled: number;
}

/**
 * Returns the capabilities of the scenario of `system`, with the counts of a search: nothing is searched for.
 */
export const powersOf = (
  { instances, model, scenario }: System,
  counts: { readonly [action: string]: ActionCount },
): readonly Power[] => {
  const present = new Set(instances.map(({ action }) => action));
  const needs = Object.entries(model.actions).map(([action, { needs: need }]) => ({ action, need }));
  return [...new Set(scenario.capabilities)].map((capability) => {
    const actions = needs.filter(({ need }) => need === capability).map(({ action }) => action);
    const existing = actions.filter((action) => present.has(action));
    const enabled = existing.reduce((sum, action) => sum + (counts[action]?.enabled ?? 0), 0);
    return { capability, actions, existing, enabled };
  });
};
