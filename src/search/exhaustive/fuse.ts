import { OUTCOME, UNKNOWN, type ForestView } from '../space/forest.ts';
import type { Layout } from '../space/layout.ts';
import { rootAt } from './kernel-text.ts';

/**
 * Tries fused: those of several functions that read much the same fields become one machine over groups of
 * fields, whose leaves say what all of them answer. A node stands for how far each function has got in its own
 * trie, and tells the values of one group apart; whatever path led there, what follows is the same.
 * Nodes are composed as states come by.
 */
export interface Fused {
  /** Replaced as they grow. */
  readonly nodes: () => Int32Array;
  /** The leaf for `row` in cluster `cluster`, negative; or 0 if it could not be learned or made. */
  readonly leafFor: (cluster: number, row: Uint32Array) => number;
}

interface Node {
  readonly cluster: number;
  readonly group: number;
  /** How far each trie of the cluster has got: a place of the forest, UNKNOWN for its beginning. */
  readonly places: readonly number[];
}

// A node is the place of its group, as shift, word and mask, and a slot for each value of the group.
const metaOf = (layout: Layout, group: number): number => {
  const { bits, shift, word } = layout.groups[group]!;
  return shift | (word << 5) | ((2 ** bits - 1) << 10);
};

/** The group's part of a packed state, out of a row. */
const groupValue = ({ groups, slots }: Layout, group: number, row: Uint32Array): number => {
  const { fields, shift } = groups[group]!;
  let value = 0;
  for (const field of fields) value |= row[field]! << (slots[field]!.shift - shift);
  return value;
};

/** By group: which fields are known once it is looked at. Fields without bits always are. */
const knownFields = ({ groupOf, groups }: Layout): readonly Uint8Array[] =>
  groups.map((_, group) => Uint8Array.from(groupOf, (of) => (of === group || of < 0 ? 1 : 0)));

/** What a machine is made with. */
export interface Parts {
  /** Makes a leaf, a negative number, of the outcomes of the cluster's tries, in their order; 0 if it cannot. */
  readonly leafOf: (cluster: number, outcomes: readonly number[]) => number;
  /** Makes the trie of a member known for `row`. False if nothing can be composed before something else is done. */
  readonly learn: (cluster: number, member: number, row: Uint32Array) => boolean;
}

/** The nodes, as numbers for the generated loops and as what they stand for. */
interface Room {
  nodes: Int32Array;
  /** The first node comes after where each cluster begins: a slot of 0 is unknown. */
  used: number;
  readonly nodeAt: Map<number, Node>;
}

const createNode = (room: Room, layout: Layout, node: Node): number => {
  const length = 1 + 2 ** layout.groups[node.group]!.bits;
  if (room.used + length > room.nodes.length) {
    const larger = new Int32Array(2 * (room.nodes.length + length));
    larger.set(room.nodes);
    room.nodes = larger;
  }
  const address = room.used;
  room.used += length;
  room.nodes[address] = metaOf(layout, node.group);
  room.nodeAt.set(address, node);
  return address;
};

/** Fuses the tries of each cluster. */
export const createFused = (
  forest: ForestView,
  layout: Layout,
  clusters: readonly (readonly number[])[],
  { leafOf, learn }: Parts,
): Fused => {
  const { groupOf } = layout;
  const known = knownFields(layout);
  const room: Room = {
    nodes: new Int32Array((1 << 14) + clusters.length),
    used: rootAt(clusters.length),
    nodeAt: new Map(),
  };
  const addressOf = new Map<string, number>();
  clusters.forEach((tries, cluster) => {
    const first = tries.map((trie) => forest.placeOf(trie)).find((place) => place > 0);
    const group = first === undefined ? 0 : Math.max(0, groupOf[forest.fieldAt(first)]!);
    const root = createNode(room, layout, { cluster, group, places: tries.map(() => UNKNOWN) });
    room.nodes[rootAt(cluster)] = root;
  });

  /** What follows `node` in `row`: another node, a leaf, or 0. */
  const follow = ({ cluster, group, places }: Node, row: Uint32Array): number => {
    const advance = (member: number): number => {
      const place =
        places[member] === UNKNOWN ? forest.placeOf(clusters[cluster]![member]!) : places[member]!;
      return forest.advance(place, row, known[group]!);
    };
    const next = places.map((_, member) => advance(member));
    for (let member = next.indexOf(UNKNOWN); member >= 0; member = next.indexOf(UNKNOWN)) {
      if (!learn(cluster, member, row)) return 0;
      next[member] = advance(member);
    }
    const key = `${cluster} ${next.join()}`;
    const before = addressOf.get(key);
    if (before !== undefined) return before;
    const blocked = next.find((place) => place > 0);
    const address =
      blocked === undefined
        ? leafOf(
            cluster,
            next.map((place) => OUTCOME - place),
          )
        : createNode(room, layout, { cluster, group: groupOf[forest.fieldAt(blocked)]!, places: next });
    if (address !== 0) addressOf.set(key, address);
    return address;
  };

  return {
    nodes: () => room.nodes,
    leafFor: (cluster, row) => {
      let address = room.nodes[rootAt(cluster)]!;
      while (address > 0) {
        const node = room.nodeAt.get(address)!;
        const at = address + 1 + groupValue(layout, node.group, row);
        let next = room.nodes[at]!;
        if (next === 0) {
          next = follow(node, row);
          if (next === 0) return 0;
          room.nodes[at] = next;
        }
        address = next;
      }
      return address;
    },
  };
};
