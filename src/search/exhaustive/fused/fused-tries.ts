import { OUTCOME, UNKNOWN, type ForestView } from '../../learned-relation/tries/forest.ts';
import type { Layout } from '../packing/layout.ts';
import { rootAt } from '../kernel/offsets.ts';

/**
 * Fused tries: those of several functions that read much the same fields become one machine over groups of
 * fields, whose leaves have the answers of all of them. A node stands for how far each function has got in
 * its own trie, and tells the values of one group apart; the continuation is the same on every path to it.
 * Nodes are composed as states come by.
 */
export interface Fused {
  /** Replaced as they grow. */
  readonly nodes: () => Int32Array;
  /**
   * Returns the leaf for `row`, which is `packed`, in cluster `cluster`, negative; or 0 if it could not be
   * learned or made.
   */
  readonly leafFor: (cluster: number, row: Uint32Array, packed: Int32Array) => number;
}

interface Node {
  readonly cluster: number;
  readonly group: number;
  /** The progress of each trie of the cluster: a place of the forest, UNKNOWN for its beginning. */
  readonly places: readonly number[];
}

// A node is the place of its group, as shift, word and mask, and a slot for each value of the group.
const metaOf = (layout: Layout, group: number): number => {
  const { bits, shift, word } = layout.groups[group]!;
  return shift | (word << 5) | ((2 ** bits - 1) << 10);
};

/** Returns the slot of a node to which a packed state goes, by the node's first number. */
const slotIn = (meta: number, packed: Int32Array): number =>
  1 + ((packed[(meta >>> 5) & 31]! >>> (meta & 31)) & (meta >>> 10));

/** Returns, by group, the fields that are known once it is looked at. Fields without bits always are. */
const knownFields = ({ groupOf, groups }: Layout): readonly Uint8Array[] =>
  groups.map((_, group) => Uint8Array.from(groupOf, (of) => (of === group || of < 0 ? 1 : 0)));

/** The parts that a machine is made with. */
export interface Parts {
  /**
   * Makes a leaf, a negative number, of the outcomes of the cluster's tries, in their order; 0 if it cannot.
   */
  readonly leafOf: (cluster: number, outcomes: readonly number[]) => number;
  /**
   * Makes the trie of a member known for `row`. False if nothing can be composed before something else is
   * done.
   */
  readonly learn: (cluster: number, member: number, row: Uint32Array) => boolean;
}

/** The nodes, as numbers for the generated loops and as what they stand for. */
interface NodeArena {
  nodes: Int32Array;
  /** The numbers in use. The first node comes after the roots of the clusters: a slot of 0 is unknown. */
  used: number;
  readonly nodeAt: Map<number, Node>;
}

/** The progress of a cluster's tries, and the node or leaf that stands for it. */
interface Entry {
  readonly cluster: number;
  readonly places: readonly number[];
  readonly address: number;
  /** Other entries that happen to have the same hash. */
  readonly rest: Entry | undefined;
}

const hashOf = (cluster: number, places: readonly number[]): number => {
  let hash = cluster;
  for (let member = 0; member < places.length; member += 1) {
    hash = Math.imul(hash ^ places[member]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
};

const isAt = ({ cluster, places }: Entry, wanted: number, at: readonly number[]): boolean => {
  if (cluster !== wanted) return false;
  for (let member = 0; member < at.length; member += 1) if (places[member] !== at[member]) return false;
  return true;
};

const createNode = (arena: NodeArena, layout: Layout, node: Node): number => {
  const length = 1 + 2 ** layout.groups[node.group]!.bits;
  if (arena.used + length > arena.nodes.length) {
    const larger = new Int32Array(2 * (arena.nodes.length + length));
    larger.set(arena.nodes);
    arena.nodes = larger;
  }
  const address = arena.used;
  arena.used += length;
  arena.nodes[address] = metaOf(layout, node.group);
  arena.nodeAt.set(address, node);
  return address;
};

// Most searches are small, and are packed anew several times while they are.
const FIRST_NUMBERS = 1 << 10;

/** The context in which machines are made and kept. */
interface FuseContext extends Parts {
  readonly forest: ForestView;
  readonly layout: Layout;
  /** The tries of each cluster. */
  readonly clusters: readonly (readonly number[])[];
  readonly known: readonly Uint8Array[];
  readonly arena: NodeArena;
  /** The entries, by their hash. */
  readonly entries: Map<number, Entry>;
}

/**
 * Returns where `row` leads the trie of a member that is not known there yet; UNKNOWN if that cannot be told.
 */
const learned = (
  context: FuseContext,
  from: number,
  node: Node,
  member: number,
  row: Uint32Array,
): number => {
  const { clusters, forest, known, learn } = context;
  const { cluster, group } = node;
  for (;;) {
    if (!learn(cluster, member, row)) return UNKNOWN;
    const again = from === UNKNOWN ? forest.placeOf(clusters[cluster]![member]!) : from;
    const place = forest.advance(again, row, known[group]!);
    if (place !== UNKNOWN) return place;
  }
};

/** Returns the node or leaf of tries that have got so far; 0 if it cannot be made. */
const addressOf = (context: FuseContext, cluster: number, next: readonly number[]): number => {
  const { entries, forest, layout, leafOf, arena } = context;
  const hash = hashOf(cluster, next);
  const others = entries.get(hash);
  for (let entry = others; entry !== undefined; entry = entry.rest) {
    if (isAt(entry, cluster, next)) return entry.address;
  }
  const blocked = next.find((place) => place > 0);
  const address =
    blocked === undefined
      ? leafOf(
          cluster,
          next.map((place) => OUTCOME - place),
        )
      : createNode(arena, layout, {
          cluster,
          group: layout.groupOf[forest.fieldAt(blocked)]!,
          places: next,
        });
  if (address !== 0) entries.set(hash, { cluster, places: next, address, rest: others });
  return address;
};

/** Returns what follows `node` in `row`: another node, a leaf, or 0. */
const follow = (context: FuseContext, node: Node, row: Uint32Array): number => {
  const { clusters, forest, known } = context;
  const { cluster, group, places } = node;
  const tries = clusters[cluster]!;
  const now = known[group]!;
  const next: number[] = [];
  for (let member = 0; member < places.length; member += 1) {
    const from = places[member] === UNKNOWN ? forest.placeOf(tries[member]!) : places[member]!;
    // Most have answered before the last of them does.
    let place = from < UNKNOWN ? from : forest.advance(from, row, now);
    if (place === UNKNOWN) place = learned(context, from, node, member, row);
    if (place === UNKNOWN) return 0;
    next.push(place);
  }
  return addressOf(context, cluster, next);
};

/** Fuses the tries of each cluster. */
export const createFused = (
  forest: ForestView,
  layout: Layout,
  clusters: readonly (readonly number[])[],
  parts: Parts,
): Fused => {
  const arena: NodeArena = {
    nodes: new Int32Array(FIRST_NUMBERS + clusters.length),
    used: rootAt(clusters.length),
    nodeAt: new Map(),
  };
  arena.nodes[0] = clusters.length;
  const known = knownFields(layout);
  const context: FuseContext = { ...parts, forest, layout, clusters, known, arena, entries: new Map() };
  clusters.forEach((tries, cluster) => {
    const first = tries.map((trie) => forest.placeOf(trie)).find((place) => place > 0);
    const group = first === undefined ? 0 : Math.max(0, layout.groupOf[forest.fieldAt(first)] ?? 0);
    const root = createNode(arena, layout, { cluster, group, places: tries.map(() => UNKNOWN) });
    arena.nodes[rootAt(cluster)] = root;
  });
  return {
    nodes: () => arena.nodes,
    leafFor: (cluster, row, packed) => {
      let address = arena.nodes[rootAt(cluster)]!;
      while (address > 0) {
        const at = address + slotIn(arena.nodes[address]!, packed);
        let next = arena.nodes[at]!;
        if (next === 0) {
          next = follow(context, arena.nodeAt.get(address)!, row);
          if (next === 0) return 0;
          arena.nodes[at] = next;
        }
        address = next;
      }
      return address;
    },
  };
};
