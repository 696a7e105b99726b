import { downOf, EMPTY, END, rightOf, type Nodes } from './nodes.ts';

// Limbs hold 30 bits: the sum of two of them and a carry is still a small integer.
const LIMB_BITS = 30;
const LIMB_MASK = 2 ** LIMB_BITS - 1;
const FIRST_LIMBS = 3;

/** The number of vectors of each node, in limbs, the lowest first; `known` marks those that were counted. */
interface Counts {
  readonly limbs: number;
  readonly sums: Int32Array;
  readonly known: Uint8Array;
}

/** Adds the counts of `from` to those of `into`; false where these have no room. */
const add = ({ limbs, sums }: Counts, into: number, from: number): boolean => {
  let carry = 0;
  for (let limb = 0; limb < limbs; limb += 1) {
    const sum = sums[into * limbs + limb]! + sums[from * limbs + limb]! + carry;
    sums[into * limbs + limb] = sum & LIMB_MASK;
    carry = sum >>> LIMB_BITS;
  }
  return carry === 0;
};

/** Counts `set` with so many limbs; false where they are too few. */
const countWithin = (nodes: Nodes, counts: Counts, set: number): boolean => {
  const { known } = counts;
  const visit = (head: number): boolean => {
    const list: number[] = [];
    for (let node = head; node > END && known[node] === 0; node = rightOf(nodes, node)) {
      if (!visit(downOf(nodes, node))) return false;
      list.push(node);
    }
    for (const node of list.toReversed()) {
      if (!add(counts, node, downOf(nodes, node)) || !add(counts, node, rightOf(nodes, node))) return false;
      known[node] = 1;
    }
    return true;
  };
  return visit(set);
};

/** Returns the exact number of vectors in a set. */
export const countOf = (nodes: Nodes, set: number): bigint => {
  if (set === EMPTY) return 0n;
  for (let limbs = FIRST_LIMBS; ; limbs *= 2) {
    const sums = new Int32Array(nodes.made * limbs);
    sums[END * limbs] = 1;
    const counts: Counts = { limbs, sums, known: new Uint8Array(nodes.made) };
    if (!countWithin(nodes, counts, set)) continue;
    let total = 0n;
    for (let limb = limbs - 1; limb >= 0; limb -= 1) {
      total = (total << BigInt(LIMB_BITS)) + BigInt(sums[set * limbs + limb]!);
    }
    return total;
  }
};
