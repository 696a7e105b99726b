import { decide } from './decide.ts';
import { reach, type Bounds, type Reached, type Truth } from './reached.ts';
import { NoModel, type World } from './walk.ts';

/** The results of plain stepping for a model. */
export interface Truths {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly claims: { readonly [id: string]: Truth };
  /** The number of times that each action was possible, and that it changed something. */
  readonly actions: { readonly [name: string]: { readonly enabled: number; readonly effective: number } };
}

const actionsOf = ({ world, steps }: Reached): Truths['actions'] => {
  const counts: { [name: string]: { enabled: number; effective: number } } = {};
  for (const { name } of world.deeds) counts[name] = { enabled: 0, effective: 0 };
  for (const [from, edges] of steps.entries()) {
    for (const { deed, to } of edges) {
      const count = counts[world.deeds[deed]!.name]!;
      count.enabled += 1;
      if (to !== from) count.effective += 1;
    }
  }
  return counts;
};

/**
 * Finds all that is true of a model, without any code of the engines; undefined if it has more states than
 * the bounds allow. Throws `NoModel` for what is no model, also if the model itself throws.
 */
export const truthsOf = (world: World, bounds: Bounds): Truths | undefined => {
  try {
    const reached = reach(world, bounds);
    if (reached === undefined) return undefined;
    const { states, steps, depths } = reached;
    const claims = Object.entries(world.model.invariants).map(([id, claim]) => [id, decide(reached, claim)]);
    return {
      states: states.length,
      transitions: steps.reduce((sum, edges) => sum + edges.length, 0),
      depth: depths.at(-1)!,
      claims: Object.fromEntries(claims) as Truths['claims'],
      actions: actionsOf(reached),
    };
  } catch (error) {
    if (error instanceof NoModel) throw error;
    throw new NoModel(String(error), { cause: error });
  }
};
