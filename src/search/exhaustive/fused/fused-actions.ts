import type { ForestView } from '../../learned-relation/tries/forest.ts';
import { pack, type Layout } from '../packing/layout.ts';
import { epochOf, NEVER, type Space } from '../../learned-relation/space.ts';
import type { Clusters } from './cluster.ts';
import { createFused } from './fused-tries.ts';
import { expandLoop, type ExpandWork } from '../kernel/kernel.ts';
import { entryLength, LEAF_HEADER, NOTHING } from '../kernel/offsets.ts';
import { createMasks, type Masks } from '../packing/masks.ts';
import { outgrown } from '../packing/layout-headroom.ts';

/** A range of neighbouring states to expand, by number: those from `from` to `to` of one segment. */
export type StateRange = Pick<ExpandWork, 'segment' | 'first' | 'from' | 'to'>;

/** The output of expansion: the successors of states, and what is counted of them. */
export type ExpandOutput = Pick<ExpandWork, 'candidates' | 'room' | 'stuck' | 'selfLoops' | 'report'>;

/** The fused actions of a system: they find the successors of a state by a few look-ups. */
export interface Actions {
  /**
   * Expands states; returns the number of the one at which it stopped: at a state that looks new to some
   * action, or where there is no room for more candidates.
   */
  readonly expand: (states: StateRange, output: ExpandOutput) => number;
  readonly leaves: () => Int32Array;
  /**
   * Learns and composes what is missing for `row` from cluster number `first` on. False if that cannot be
   * done here, or led to values without room.
   */
  readonly compose: (row: Uint32Array, first: number) => boolean;
  /** Adds how often each instance was possible to `enabled`. */
  readonly countInto: (enabled: Float64Array) => void;
}

/** The learned actions of a system, as far as fusing needs them. */
export interface LearnedActions {
  /** The trie of each instance. */
  readonly tries: readonly number[];
  readonly forest: ForestView;
  /** Returns the writes of an outcome: alternating fields and values. */
  readonly effectAt: (outcome: number) => readonly number[];
  /** Learns an instance in `row`. False if that cannot be done, or it leads to values without room. */
  readonly learn: (instance: number, row: Uint32Array) => boolean;
}

/** Makes learned actions of a space: what is not known is learned. */
export const learnedActionsOf = (space: Space, layout: Layout): LearnedActions => {
  const epoch = epochOf(space);
  return {
    ...space,
    learn: (instance, row) => {
      space.outcome(instance, row);
      // After tries were forgotten, places in them lead nowhere any more.
      return !outgrown(layout, space) && epochOf(space) === epoch;
    },
  };
};

/** The arena of leaves, one after the other. */
interface LeafArena {
  leaves: Int32Array;
  /** The numbers in use. Leaf 0 is none, and leaf 1 has no instances: the first leaf comes behind them. */
  used: number;
}

const FIRST_LEAF = 2;

/** Makes the leaf of these instances with these masks, in the order of the instances. */
const createLeaf = (
  arena: LeafArena,
  words: number,
  possible: readonly (readonly [instance: number, masks: Masks])[],
): number => {
  const entry = entryLength(words);
  const leaf = arena.used;
  arena.used += LEAF_HEADER + possible.length * entry;
  if (arena.used > arena.leaves.length) {
    const larger = new Int32Array(2 * arena.used);
    larger.set(arena.leaves);
    arena.leaves = larger;
  }
  arena.leaves.set([0, arena.used, possible[0]![0], possible.at(-1)![0]], leaf);
  possible.forEach(([instance, masks], index) => {
    const at = leaf + LEAF_HEADER + index * entry;
    arena.leaves[at] = instance;
    arena.leaves.set(masks, at + 1);
  });
  return leaf;
};

/** Fuses the actions of each cluster for states of `layout`. Visits begin at none. */
export const createActions = (
  learnedActions: LearnedActions,
  layout: Layout,
  clusters: Clusters,
  keepsSelfLoops: boolean,
): Actions => {
  const { tries, forest } = learnedActions;
  const masksOf = createMasks(learnedActions.effectAt, layout);
  const entry = entryLength(layout.words);
  const arena: LeafArena = { leaves: new Int32Array(1 << 14), used: FIRST_LEAF };
  const packed = new Int32Array(layout.words);

  const leafOf = (cluster: number, outcomes: readonly number[]): number => {
    const possible: (readonly [number, Masks])[] = [];
    for (const [member, outcome] of outcomes.entries()) {
      if (outcome === NEVER) continue;
      const masks = masksOf(outcome);
      // Others may have learned of values for which this layout has no room.
      if (masks === undefined) return 0;
      possible.push([clusters[cluster]![member]!, masks]);
    }
    return possible.length === 0 ? NOTHING : -createLeaf(arena, layout.words, possible);
  };
  const fused = createFused(
    forest,
    layout,
    clusters.map((members) => members.map((instance) => tries[instance]!)),
    {
      leafOf,
      learn: (cluster, member, row) => learnedActions.learn(clusters[cluster]![member]!, row),
    },
  );
  const loop = expandLoop(layout.words, keepsSelfLoops);
  return {
    expand: ({ segment, first, from, to }, output) =>
      first +
      loop({
        segment,
        first,
        from: from - first,
        to: to - first,
        nodes: fused.nodes(),
        leaves: arena.leaves,
        ...output,
      }),
    leaves: () => arena.leaves,
    compose: (row, first) => {
      pack(layout, row, packed, 0);
      for (let cluster = first; cluster < clusters.length; cluster += 1) {
        if (fused.leafFor(cluster, row, packed) === 0) return false;
      }
      return true;
    },
    countInto: (enabled) => {
      const { leaves, used } = arena;
      for (let leaf = FIRST_LEAF; leaf < used; leaf = leaves[leaf + 1]!) {
        for (let at = leaf + LEAF_HEADER; at < leaves[leaf + 1]!; at += entry) {
          enabled[leaves[at]!]! += leaves[leaf]!;
        }
      }
    },
  };
};
