import type fc from 'fast-check';
import type { Row, Space } from '../../learned-relation/space.ts';

/**
 * The archive of states from which runs may go on. An action's effect in a state depends on the fields that
 * it reads there: each way through what was learned of it, a *local input*, is kept with a few states that
 * have it, those with short ways first. A local input that few states have is where little was tried yet: a
 * guard that reads one field more than before is one step nearer to being true.
 */
export interface Archive {
  /** Adds the next state of the graph, of that depth, under its rare local inputs. */
  readonly add: (row: Row, depth: number) => void;
  /**
   * Picks a state that `isOpen` (out of which a step is left to try) and in which something rare is so;
   * undefined if none comes up.
   */
  readonly pick: (random: fc.Random, isOpen: (node: number) => boolean) => number | undefined;
  readonly clear: () => void;
}

/** The number of states kept for each local input. */
const KEPT = 8;
/**
 * The number of local inputs that are drawn, of which the rarest is taken: the fewer, the more is left to
 * chance.
 */
const DRAWN = 24;

interface Input {
  /** The number of states that have it. */
  count: number;
  /** The number of runs that went on from one of them. */
  picks: number;
  /** An upper bound of the depth of the deepest state that is kept. */
  deepest: number;
  readonly nodes: number[];
}

/**
 * Returns a number for the fields read on the way through `trie` with their values in `row`; two ways may
 * share one, rarely.
 */
const inputOf = ({ forest }: Space, trie: number, row: Row): number => {
  let hash = 17;
  forest.trail(trie, row, (field) => {
    hash = Math.imul(Math.imul(hash, 31) + field, 0x9e_37_79_b1) ^ row[field]!;
  });
  return hash >>> 0;
};

/** An archive without any states. */
export const createArchive = (space: Space): Archive => {
  const inputs: Input[] = [];
  const numbers = new Map<number, Input>();
  const depths: number[] = [];
  const keep = (input: Input, node: number, depth: number): void => {
    const { nodes } = input;
    if (nodes.length < KEPT) {
      nodes.push(node);
      input.deepest = Math.max(input.deepest, depth);
      return;
    }
    if (depth >= input.deepest) return;
    const kept = nodes.map((one) => depths[one]!);
    const deepest = kept.indexOf(Math.max(...kept));
    if (kept[deepest]! > depth) nodes[deepest] = node;
    input.deepest = Math.max(...nodes.map((one) => depths[one]!));
  };
  const rarity = ({ count, picks }: Input): number => (picks + 1) * Math.sqrt(count);
  return {
    add: (row, depth) => {
      const node = depths.push(depth) - 1;
      space.tries.forEach((trie, index) => {
        // A trie's number and the hash of its way, as one number.
        const key = index * 2 ** 32 + inputOf(space, trie, row);
        let input = numbers.get(key);
        if (input === undefined) {
          input = { count: 0, picks: 0, deepest: 0, nodes: [] };
          numbers.set(key, input);
          inputs.push(input);
        }
        input.count += 1;
        keep(input, node, depth);
      });
    },
    pick: (random, isOpen) => {
      let rarest: Input | undefined;
      for (let draw = 0; draw < DRAWN && inputs.length > 0; draw += 1) {
        const input = inputs[random.nextInt(0, inputs.length - 1)]!;
        // A state without open steps makes room for others that have the same input.
        for (let at = input.nodes.length - 1; at >= 0; at -= 1)
          if (!isOpen(input.nodes[at]!)) input.nodes.splice(at, 1);
        if (input.nodes.length === 0) continue;
        if (rarest === undefined || rarity(input) < rarity(rarest)) rarest = input;
      }
      if (rarest === undefined) return undefined;
      rarest.picks += 1;
      return rarest.nodes[random.nextInt(0, rarest.nodes.length - 1)]!;
    },
    clear: () => {
      inputs.length = 0;
      numbers.clear();
      depths.length = 0;
    },
  };
};
