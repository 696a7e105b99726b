import type { Forest } from '../../learned-relation/tries/forest.ts';
import type { Layout } from '../packing/layout.ts';
import { createTally, leafCostOf, lookupCostOf, type TrieProfile, type CostModel } from './cost.ts';

/**
 * The input of the choice which tries to fuse. Fusing saves look-ups where functions look at the same groups
 * of fields, and costs leaves where they do not: the fused trie tells every combination of what they look at
 * apart. Both are measured on a sample of states.
 */
export interface ClusterInput extends Sample {
  readonly forest: Forest;
  readonly layout: Layout;
  /** The tries, those that are likely to go together next to each other under one name. */
  readonly tries: readonly { readonly trie: number; readonly name: string }[];
}

/** The sample of states from which it is chosen what to fuse. */
export interface Sample {
  /** States, each half of them spread evenly over those that are known. */
  readonly sample: readonly Uint32Array[];
  /** The number of states for which the tries are to be of use. */
  readonly horizon: number;
}

/** The clusters of tries that are fused: for each cluster, their positions. */
export type Clusters = readonly (readonly number[])[];

/** Puts every trie into a cluster of its own: so much is known without a sample. */
export const singletons = (count: number): Clusters =>
  Array.from({ length: count }, (_, position) => [position]);

/** A cluster of tries, and what fusing them costs. */
interface Cluster extends TrieProfile {
  readonly members: readonly number[];
  readonly cost: number;
}

const mix = (a: number, b: number): number => {
  let hash = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return hash ^ (hash >>> 13);
};

/** All clusters are made here: the loops that compare them are compiled for one kind of object. */
const clusterOf = (
  members: readonly number[],
  footprint: Uint32Array,
  answers: Int32Array,
  cost: number,
): Cluster => ({ members, footprint, answers, cost });

/** Makes the cluster of the trie at `position` alone. */
const single = (input: ClusterInput, costModel: CostModel, position: number): Cluster => {
  const { forest, layout, sample, tries } = input;
  const { wordsPerGroup } = costModel;
  const footprint = new Uint32Array(layout.groups.length * wordsPerGroup);
  const answers = new Int32Array(costModel.states);
  let word = 0;
  let bit = 0;
  const look = (field: number): void => {
    const group = layout.groupOf[field]!;
    if (group >= 0) footprint[group * wordsPerGroup + word]! |= bit;
  };
  sample.forEach((row, state) => {
    word = state >> 5;
    bit = 1 << (state & 31);
    const answer = forest.trail(tries[position]!.trie, row, look);
    answers[state] = answer === 0 ? 0 : mix(position, answer);
  });
  const looked = clusterOf([position], footprint, answers, 0);
  const cost =
    lookupCostOf(costModel, looked, costModel.none) + leafCostOf(costModel, looked, costModel.none);
  return clusterOf(looked.members, footprint, answers, cost);
};

const merged = (a: Cluster, b: Cluster, cost: number): Cluster =>
  clusterOf(
    [...a.members, ...b.members],
    a.footprint.map((bits, index) => bits | b.footprint[index]!),
    a.answers.map((answer, index) => answer ^ b.answers[index]!),
    cost,
  );

/** Two clusters, by their places, the first one's before the second's. */
interface Pair {
  readonly a: number;
  readonly b: number;
  /** The cost of looking up with both as one. */
  readonly lookupCost: number;
  /** The cost of the leaves, once it was asked for. */
  leafCost: number | undefined;
}

/**
 * Finds the pair that saves most; its exact saving is computed only for pairs that may: most pairs share too
 * little.
 */
const bestOf = (
  costModel: CostModel,
  clusters: readonly (Cluster | undefined)[],
  pairs: Iterable<Pair>,
): { readonly pair: Pair; readonly cost: number } | undefined => {
  let most = 0;
  let best: { readonly pair: Pair; readonly cost: number } | undefined;
  for (const pair of pairs) {
    const a = clusters[pair.a]!;
    const b = clusters[pair.b]!;
    const apart = a.cost + b.cost;
    if (apart - pair.lookupCost <= most) continue;
    pair.leafCost ??= leafCostOf(costModel, a, b);
    const cost = pair.lookupCost + pair.leafCost;
    if (apart - cost > most) [most, best] = [apart - cost, { pair, cost }];
  }
  return best;
};

/** Fuses the two clusters that save most by it, again and again, until nothing is saved. */
const mergeAll = (costModel: CostModel, start: readonly Cluster[]): readonly Cluster[] => {
  const clusters: (Cluster | undefined)[] = [...start];
  const pairs = new Map<number, Pair>();
  const keyOf = (a: number, b: number): number => Math.min(a, b) * start.length + Math.max(a, b);
  const consider = (one: number, other: number): void => {
    const [a, b] = one < other ? [one, other] : [other, one];
    const lookupCost = lookupCostOf(costModel, clusters[a]!, clusters[b]!);
    pairs.set(keyOf(a, b), { a, b, lookupCost, leafCost: undefined });
  };
  for (let a = 0; a < start.length; a += 1) for (let b = a + 1; b < start.length; b += 1) consider(a, b);
  for (;;) {
    const best = bestOf(costModel, clusters, pairs.values());
    if (best === undefined) return clusters.filter((cluster) => cluster !== undefined);
    const { a, b } = best.pair;
    clusters[a] = merged(clusters[a]!, clusters[b]!, best.cost);
    clusters[b] = undefined;
    clusters.forEach((cluster, other) => {
      pairs.delete(keyOf(b, other));
      if (cluster !== undefined && other !== a) consider(a, other);
    });
  }
};

// Pairs are looked at one by one: with more clusters than this to start from, that is done in parts.
const MOST_TO_PAIR = 40;

const mergeWithin = (costModel: CostModel, clusters: readonly Cluster[]): readonly Cluster[] => {
  if (clusters.length <= MOST_TO_PAIR) return mergeAll(costModel, clusters);
  const middle = clusters.length >> 1;
  const halves = [clusters.slice(0, middle), clusters.slice(middle)];
  const some = halves.flatMap((half) => mergeWithin(costModel, half));
  return some.length < clusters.length ? mergeWithin(costModel, some) : some;
};

/** Returns the clusters, as positions in `tries`; those with the earliest members come first. */
export const clustersOf = (input: ClusterInput): Clusters => {
  const states = input.sample.length;
  const wordsPerGroup = Math.ceil(states / 32);
  const costModel: CostModel = {
    wordsPerGroup,
    states,
    horizon: Math.max(input.horizon, states),
    tally: createTally(states),
    none: clusterOf(
      [],
      new Uint32Array(input.layout.groups.length * wordsPerGroup),
      new Int32Array(states),
      0,
    ),
  };
  const byName = new Map<string, Cluster[]>();
  input.tries.forEach(({ name }, position) => {
    byName.set(name, [...(byName.get(name) ?? []), single(input, costModel, position)]);
  });
  const start = [...byName.values()].flatMap((clusters) => mergeWithin(costModel, clusters));
  return mergeWithin(costModel, start)
    .map(({ members }) => members.toSorted((x, y) => x - y))
    .toSorted((x, y) => x[0]! - y[0]!);
};
