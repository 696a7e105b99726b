import type { System } from '../../../model/index.ts';
import { NEVER, type Row, type Space } from '../../learned-relation/space.ts';

/**
 * A way to a state: an initial state, and for each step the number of its instance and of the state it leads
 * to.
 */
export interface Way {
  /** The number of the initial state. */
  readonly initial: number;
  readonly instances: readonly number[];
  /** The numbers of the states, the initial one first: one more than there are steps. */
  readonly nodes: readonly number[];
}

/**
 * The graph of the states that runs have come by, each once, and where it is known the states that they lead
 * to. States have numbers in the order of first sight; each remembers from which it was reached first.
 */
export interface Graph {
  readonly size: () => number;
  /** The state of each initial state of the system. */
  readonly initial: () => readonly number[];
  readonly rowOf: (node: number) => Row;
  /** Returns the number of steps on the way by which it was found. */
  readonly depthOf: (node: number) => number;
  /** Returns the numbers of the enabled instances, in their order. */
  readonly enabledIn: (node: number) => readonly number[];
  /** Returns the node to which the instance at `place` among those leads. */
  readonly after: (node: number, place: number) => number;
  /** Whether it is known where the instance at `place` leads. */
  readonly isKnown: (node: number, place: number) => boolean;
  /** Whether some step out of a state leads to an unknown place. */
  readonly isOpen: (node: number) => boolean;
  readonly wayTo: (node: number) => Way;
  /** Forgets all states but the initial ones. */
  readonly clear: () => void;
}

interface Node {
  readonly row: Row;
  readonly parent: number;
  readonly instance: number;
  readonly depth: number;
  readonly enabled: readonly number[];
  readonly outcomes: readonly number[];
  readonly successors: Int32Array;
}

// A call takes so many arguments without trouble.
const MOST_CODES = 4096;

/** Returns a text that no other row of the space has. */
export const keyOf = (row: Row): string =>
  row.length > MOST_CODES || row.some((value) => value > 0xffff) ? row.join() : String.fromCharCode(...row);

/** Returns the row that `outcome` makes of `row`. */
export const rowAfter = (space: Space, row: Row, outcome: number): Row => {
  const next = Uint32Array.from(row);
  const effect = space.effectAt(outcome);
  for (let at = 0; at < effect.length; at += 2) next[effect[at]!] = effect[at + 1]!;
  return next;
};

/**
 * Makes a graph of the initial states alone; `added` is called with each state that is new to it, in their
 * order, and with its depth.
 */
export const createGraph = (
  { instances }: System,
  space: Space,
  added: (row: Row, depth: number) => void,
): Graph => {
  const nodes: Node[] = [];
  const numbers = new Map<string, number>();
  let initial: readonly number[] = [];
  const add = (row: Row, parent: number, instance: number): number => {
    const key = keyOf(row);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const enabled: number[] = [];
    const outcomes: number[] = [];
    for (let index = 0; index < instances.length; index += 1) {
      const outcome = space.outcome(index, row);
      if (outcome === NEVER) continue;
      enabled.push(index);
      outcomes.push(outcome);
    }
    const depth = parent < 0 ? 0 : nodes[parent]!.depth + 1;
    const successors = new Int32Array(enabled.length).fill(-1);
    numbers.set(key, nodes.length);
    nodes.push({ row, parent, instance, depth, enabled, outcomes, successors });
    added(row, depth);
    return nodes.length - 1;
  };
  const begin = (): void => {
    initial = space.initial.map((values) => add(Uint32Array.from(values), -1, -1));
  };
  begin();
  return {
    size: () => nodes.length,
    initial: () => initial,
    rowOf: (node) => nodes[node]!.row,
    depthOf: (node) => nodes[node]!.depth,
    enabledIn: (node) => nodes[node]!.enabled,
    after: (node, place) => {
      const { enabled, outcomes, row, successors } = nodes[node]!;
      const known = successors[place]!;
      if (known >= 0) return known;
      const next = add(rowAfter(space, row, outcomes[place]!), node, enabled[place]!);
      successors[place] = next;
      return next;
    },
    isKnown: (node, place) => nodes[node]!.successors[place]! >= 0,
    isOpen: (node) => nodes[node]!.successors.includes(-1),
    wayTo: (node) => {
      const passed: number[] = [];
      for (let at = node; at >= 0; at = nodes[at]!.parent) passed.push(at);
      passed.reverse();
      return {
        initial: initial.indexOf(passed[0]!),
        instances: passed.slice(1).map((one) => nodes[one]!.instance),
        nodes: passed,
      };
    },
    clear: () => {
      nodes.length = 0;
      numbers.clear();
      begin();
    },
  };
};
