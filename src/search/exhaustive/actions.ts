import type { ForestView } from '../space/forest.ts';
import type { Layout } from '../space/layout.ts';
import { NEVER, type Space } from '../space/space.ts';
import type { Clusters } from './cluster.ts';
import { createFused, type Fused } from './fuse.ts';
import { expandLoop, type Expand } from './kernel.ts';
import { LEAF_HEADER, NOTHING } from './kernel-text.ts';
import { createMasks } from './masks.ts';
import { outgrown } from './room.ts';

/** The actions of a system, fused: what can happen in a state, by a few look-ups. */
export interface Actions {
  readonly expand: Expand;
  readonly fused: Fused;
  readonly leaves: () => Int32Array;
  /** Learns and composes what is missing for `row`. False if that cannot be done here, or led to values without room. */
  readonly compose: (row: Uint32Array) => boolean;
  /** Takes back the visit of a state, whose row is `row`. Returns how many instances were possible. */
  readonly forget: (row: Uint32Array) => number;
  /** Adds how often each instance was possible to `enabled`. */
  readonly countInto: (enabled: Float64Array) => void;
}

/** What was learned of a system, as far as fusing needs it. */
export interface Lore {
  /** By instance: its trie. */
  readonly tries: readonly number[];
  readonly forest: ForestView;
  /** What an outcome writes: alternating fields and values. */
  readonly effectAt: (outcome: number) => readonly number[];
  /** Makes an instance known in `row`. False if it cannot be, or leads to values without room. */
  readonly learn: (instance: number, row: Uint32Array) => boolean;
}

/** A space as lore: what is not known is learned. */
export const loreOf = (space: Space, layout: Layout): Lore => ({
  ...space,
  learn: (instance, row) => {
    space.outcome(instance, row);
    return !outgrown(layout, space);
  },
});

/** Fuses the actions of each cluster for states of `layout`. Visits begin at none. */
export const createActions = (
  lore: Lore,
  layout: Layout,
  clusters: Clusters,
  keepsSelfLoops: boolean,
): Actions => {
  const { tries, forest } = lore;
  const masksOf = createMasks(lore.effectAt, layout);
  const entry = 1 + 2 * layout.words;
  let leaves = new Int32Array(1 << 14);
  // Leaf 0 is none, and leaf 1 is that of nothing at all.
  let used = 2;

  const leafOf = (cluster: number, outcomes: readonly number[]): number => {
    const members = clusters[cluster]!;
    const possible = members.filter((_, member) => outcomes[member] !== NEVER);
    if (possible.length === 0) return NOTHING;
    // Others may have learned of values for which this layout has no room.
    const masks = outcomes.map((outcome) => (outcome === NEVER ? undefined : masksOf(outcome)));
    if (masks.some((mask, member) => mask === undefined && outcomes[member] !== NEVER)) return 0;
    const leaf = used;
    used += LEAF_HEADER + possible.length * entry;
    if (used > leaves.length) {
      const larger = new Int32Array(2 * used);
      larger.set(leaves);
      leaves = larger;
    }
    leaves.set([0, used, possible[0]!, possible.at(-1)!], leaf);
    let at = leaf + LEAF_HEADER;
    members.forEach((instance, member) => {
      const mask = masks[member];
      if (mask === undefined) return;
      leaves[at] = instance;
      leaves.set(mask, at + 1);
      at += entry;
    });
    return -leaf;
  };
  const fused = createFused(
    forest,
    layout,
    clusters.map((members) => members.map((instance) => tries[instance]!)),
    {
      leafOf,
      learn: (cluster, member, row) => lore.learn(clusters[cluster]![member]!, row),
    },
  );
  return {
    expand: expandLoop(layout.words, fused.roots, keepsSelfLoops),
    fused,
    leaves: () => leaves,
    compose: (row) => {
      for (let cluster = 0; cluster < clusters.length; cluster += 1) {
        if (fused.leafFor(cluster, row) === 0) return false;
      }
      return true;
    },
    forget: (row) => {
      let possible = 0;
      for (let cluster = 0; cluster < clusters.length; cluster += 1) {
        const leaf = -fused.leafFor(cluster, row);
        if (leaf === -NOTHING) continue;
        leaves[leaf]! -= 1;
        possible += (leaves[leaf + 1]! - leaf - LEAF_HEADER) / entry;
      }
      return possible;
    },
    countInto: (enabled) => {
      for (let leaf = 2; leaf < used; leaf = leaves[leaf + 1]!) {
        for (let at = leaf + LEAF_HEADER; at < leaves[leaf + 1]!; at += entry) {
          enabled[leaves[at]!]! += leaves[leaf]!;
        }
      }
    },
  };
};
