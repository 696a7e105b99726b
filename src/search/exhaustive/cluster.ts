import type { Forest } from '../space/forest.ts';
import type { Layout } from '../space/layout.ts';

/**
 * Which tries to fuse. Fusing saves look-ups where functions look at the same groups of fields, and costs
 * leaves where they do not: the fused trie tells every combination of what they look at apart. Both are
 * measured on a sample of states.
 */
export interface ClusterInput extends Sample {
  readonly forest: Forest;
  readonly layout: Layout;
  /** The tries, those that are likely to go together next to each other under one name. */
  readonly tries: readonly { readonly trie: number; readonly name: string }[];
}

/** What is known of the states when it is chosen what to fuse. */
export interface Sample {
  /** States, each half of them spread evenly over those that are known. */
  readonly sample: readonly Uint32Array[];
  /** For how many states the tries are to be of use. */
  readonly horizon: number;
}

/** Which tries are fused: for each cluster, their positions. */
export type Clusters = readonly (readonly number[])[];

/** Every trie alone: so much is known without a sample. */
export const alone = (count: number): Clusters => Array.from({ length: count }, (_, position) => [position]);

// Nanoseconds: a step from node to node; composing a leaf and what leads to it; and going through nodes that are
// not in the processor's cache, which so many leaves fill.
const LOOKUP_COST = 2.5;
const LEAF_COST = 5000;
const MISS_COST = 100;
const LEAVES_IN_CACHE = 4000;

/** Some tries: what they look at and answer in each state of the sample, and what fusing them costs. */
interface Cluster {
  readonly members: readonly number[];
  /** Which groups they look at, as bits. */
  readonly footprint: Uint32Array;
  /** A number that stands for all that they answer. */
  readonly answers: Int32Array;
  readonly cost: number;
}

interface Workshop {
  readonly wordsPerState: number;
  readonly states: number;
  readonly horizon: number;
}

const popCount = (bits: number): number => {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
};

/**
 * The cost of a state in nanoseconds. How many leaves there will be is extrapolated from how their number grew
 * between half of the sample and all of it: as a power of the number of states, as words do in a text.
 */
const costOf = (shop: Workshop, footprint: Uint32Array, answers: Int32Array): number => {
  const { horizon, states } = shop;
  let lookups = 0;
  for (const bits of footprint) lookups += popCount(bits);
  const atHalf = new Set(answers.subarray(0, states >> 1)).size;
  const leaves = new Set(answers).size;
  const exponent = Math.log2(leaves / Math.max(1, atHalf));
  const expected = Math.min(horizon, leaves * (horizon / states) ** exponent);
  const missed = Math.min(1, expected / LEAVES_IN_CACHE);
  return (LOOKUP_COST * lookups) / states + (LEAF_COST * expected) / horizon + MISS_COST * missed;
};

const mix = (a: number, b: number): number => {
  let hash = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return hash ^ (hash >>> 13);
};

/** The trie at `position`, alone. */
const single = (input: ClusterInput, shop: Workshop, position: number): Cluster => {
  const { forest, layout, sample, tries } = input;
  const footprint = new Uint32Array(shop.states * shop.wordsPerState);
  const answers = new Int32Array(shop.states);
  const looked = new Uint8Array(layout.slots.length);
  sample.forEach((row, state) => {
    looked.fill(0);
    const answer = forest.trail(tries[position]!.trie, row, looked);
    answers[state] = answer === 0 ? 0 : mix(position, answer);
    looked.forEach((one, field) => {
      const group = layout.groupOf[field]!;
      if (one === 0 || group < 0) return;
      footprint[state * shop.wordsPerState + (group >> 5)]! |= 1 << (group & 31);
    });
  });
  return { members: [position], footprint, answers, cost: costOf(shop, footprint, answers) };
};

const merged = (shop: Workshop, a: Cluster, b: Cluster): Cluster => {
  const footprint = a.footprint.map((bits, index) => bits | b.footprint[index]!);
  const answers = a.answers.map((sum, index) => sum + b.answers[index]!);
  return {
    members: [...a.members, ...b.members],
    footprint,
    answers,
    cost: costOf(shop, footprint, answers),
  };
};

/** Fuses the two clusters that save most by it, again and again, until nothing is saved. */
const mergeAll = (shop: Workshop, start: readonly Cluster[]): readonly Cluster[] => {
  const clusters: (Cluster | undefined)[] = [...start];
  /** For each pair, the first one's position before the second's, what they would be as one. */
  const pairs = new Map<number, Cluster>();
  const keyOf = (a: number, b: number): number => Math.min(a, b) * start.length + Math.max(a, b);
  const consider = (a: number, b: number): void => {
    pairs.set(keyOf(a, b), merged(shop, clusters[a]!, clusters[b]!));
  };
  for (let a = 0; a < start.length; a += 1) for (let b = a + 1; b < start.length; b += 1) consider(a, b);
  for (;;) {
    let best = 0;
    let choice: readonly [number, number, Cluster] | undefined;
    for (const [key, pair] of pairs) {
      const a = Math.floor(key / start.length);
      const b = key % start.length;
      const gain = clusters[a]!.cost + clusters[b]!.cost - pair.cost;
      if (gain > best) [best, choice] = [gain, [a, b, pair]];
    }
    if (choice === undefined) return clusters.filter((cluster) => cluster !== undefined);
    const [a, b, pair] = choice;
    clusters[a] = pair;
    clusters[b] = undefined;
    clusters.forEach((cluster, other) => {
      pairs.delete(keyOf(b, other));
      if (cluster !== undefined && other !== a) consider(a, other);
    });
  }
};

// Pairs are looked at one by one: with more clusters than this to start from, that is done in parts.
const MOST_TO_PAIR = 40;

const mergeWithin = (shop: Workshop, clusters: readonly Cluster[]): readonly Cluster[] => {
  if (clusters.length <= MOST_TO_PAIR) return mergeAll(shop, clusters);
  const middle = clusters.length >> 1;
  const halves = [clusters.slice(0, middle), clusters.slice(middle)];
  const some = halves.flatMap((half) => mergeWithin(shop, half));
  return some.length < clusters.length ? mergeWithin(shop, some) : some;
};

/** The clusters, as positions in `tries`; those with the earliest members come first. */
export const clustersOf = (input: ClusterInput): Clusters => {
  const shop = {
    wordsPerState: Math.max(1, Math.ceil(input.layout.groups.length / 32)),
    states: input.sample.length,
    horizon: Math.max(input.horizon, input.sample.length),
  };
  const byName = new Map<string, Cluster[]>();
  input.tries.forEach(({ name }, position) => {
    byName.set(name, [...(byName.get(name) ?? []), single(input, shop, position)]);
  });
  const start = [...byName.values()].flatMap((clusters) => mergeWithin(shop, clusters));
  return mergeWithin(shop, start)
    .map(({ members }) => members.toSorted((x, y) => x - y))
    .toSorted((x, y) => x[0]! - y[0]!);
};
