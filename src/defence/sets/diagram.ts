/** A family: a set of sets of defences, as a number; equal families have equal numbers. */
export type Family = number;

/**
 * Sets of sets of `size` things, each thing known by its place. Two hundred thousand sets of defences that
 * have something in common are a handful of nodes: a node asks after one thing, and equal nodes are one (a
 * reduced ordered binary decision diagram).
 */
export interface Sets {
  readonly size: number;
  readonly none: Family;
  readonly all: Family;
  /** Returns the sets in which the thing is, or is not. */
  readonly with: (thing: number, isIn: boolean) => Family;
  readonly and: (one: Family, other: Family) => Family;
  readonly or: (one: Family, other: Family) => Family;
  readonly minus: (one: Family, other: Family) => Family;
  /** Returns the sets that are in `family` once all of `things` are put into them. */
  readonly given: (family: Family, things: readonly number[]) => Family;
  readonly has: (family: Family, members: ReadonlySet<number>) => boolean;
  /** Returns the number of sets. */
  readonly count: (family: Family) => number;
  /**
   * Returns a set of the fewest, or the most, things; of several always the same one. Undefined if there is
   * none.
   */
  readonly fewest: (family: Family) => readonly number[] | undefined;
  readonly most: (family: Family) => readonly number[] | undefined;
}

type Operation = 'and' | 'or' | 'minus';

/**
 * Returns the result of an operation where one side says enough; undefined where both have to be looked into.
 */
const atOnce = (operation: Operation, one: Family, other: Family): Family | undefined => {
  switch (operation) {
    case 'and':
      if (one === 0 || other === 0) return 0;
      if (one === 1 || one === other) return other;
      return other === 1 ? one : undefined;
    case 'or':
      if (one === 1 || other === 1) return 1;
      if (one === 0 || one === other) return other;
      return other === 0 ? one : undefined;
    case 'minus':
      if (one === 0 || other === 1 || one === other) return 0;
      return other === 0 ? one : undefined;
  }
};

/**
 * The nodes of the diagram: each asks after a thing, and has one branch where it is out and one where it is
 * in.
 */
interface Nodes {
  readonly level: (node: Family) => number;
  readonly out: (node: Family) => Family;
  readonly in: (node: Family) => Family;
  readonly make: (level: number, out: Family, isIn: Family) => Family;
}

const createNodes = (size: number): Nodes => {
  const levels = [size, size];
  const outs = [0, 1];
  const ins = [0, 1];
  const known = new Map<string, Family>();
  return {
    level: (node) => levels[node]!,
    out: (node) => outs[node]!,
    in: (node) => ins[node]!,
    make: (level, out, isIn) => {
      if (out === isIn) return out;
      const key = `${level} ${out} ${isIn}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const node = levels.push(level) - 1;
      outs.push(out);
      ins.push(isIn);
      known.set(key, node);
      return node;
    },
  };
};

const combining = (nodes: Nodes): ((operation: Operation, one: Family, other: Family) => Family) => {
  const known = new Map<string, Family>();
  const combine = (operation: Operation, one: Family, other: Family): Family => {
    const simple = atOnce(operation, one, other);
    if (simple !== undefined) return simple;
    const key = `${operation} ${one} ${other}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const level = Math.min(nodes.level(one), nodes.level(other));
    const side = (node: Family, isIn: boolean): Family => {
      if (nodes.level(node) > level) return node;
      return isIn ? nodes.in(node) : nodes.out(node);
    };
    const out = combine(operation, side(one, false), side(other, false));
    const found = nodes.make(level, out, combine(operation, side(one, true), side(other, true)));
    known.set(key, found);
    return found;
  };
  return combine;
};

const giving =
  (nodes: Nodes, size: number): Sets['given'] =>
  (family, things) => {
    const isGiven = new Set(things);
    const known = new Map<Family, Family>();
    const walk = (node: Family): Family => {
      const level = nodes.level(node);
      if (level === size) return node;
      const before = known.get(node);
      if (before !== undefined) return before;
      const isIn = walk(nodes.in(node));
      const found = isGiven.has(level) ? isIn : nodes.make(level, walk(nodes.out(node)), isIn);
      known.set(node, found);
      return found;
    };
    return walk(family);
  };

const counting =
  (nodes: Nodes): Sets['count'] =>
  (family) => {
    const known = new Map<Family, number>();
    const walk = (node: Family): number => {
      if (node < 2) return node;
      const before = known.get(node);
      if (before !== undefined) return before;
      const below = (next: Family): number => walk(next) * 2 ** (nodes.level(next) - nodes.level(node) - 1);
      const found = below(nodes.out(node)) + below(nodes.in(node));
      known.set(node, found);
      return found;
    };
    return walk(family) * 2 ** nodes.level(family);
  };

/**
 * Returns the set with the fewest things, or the most, on the way down; a thing that no node asks after is
 * out, or in.
 */
const choosing =
  (nodes: Nodes, size: number, most: boolean): Sets['fewest'] =>
  (family) => {
    if (family === 0) return undefined;
    const known = new Map<Family, number>();
    const sign = most ? -1 : 1;
    // Things that no node asks after, from one level to the next: none of them, or all.
    const skipped = (from: number, to: number): number => (most ? from - to : 0);
    const least = (node: Family): number => {
      if (node === 0) return Infinity;
      if (node === 1) return 0;
      const before = known.get(node);
      if (before !== undefined) return before;
      const level = nodes.level(node);
      const by = (next: Family): number => least(next) + skipped(level + 1, nodes.level(next));
      const found = Math.min(by(nodes.out(node)), by(nodes.in(node)) + sign);
      known.set(node, found);
      return found;
    };
    const members: number[] = [];
    const skip = (from: number, to: number): void => {
      if (most) for (let thing = from; thing < to; thing += 1) members.push(thing);
    };
    skip(0, nodes.level(family));
    for (let node = family; node !== 1;) {
      const level = nodes.level(node);
      const by = (next: Family): number => least(next) + skipped(level + 1, nodes.level(next));
      const isIn = by(nodes.in(node)) + sign < by(nodes.out(node));
      if (isIn) members.push(level);
      node = isIn ? nodes.in(node) : nodes.out(node);
      skip(level + 1, Math.min(nodes.level(node), size));
    }
    return members;
  };

/** Makes a diagram of sets of sets of `size` things, none of them made yet. */
export const createSets = (size: number): Sets => {
  const nodes = createNodes(size);
  const combine = combining(nodes);
  return {
    size,
    none: 0,
    all: 1,
    with: (thing, isIn) => nodes.make(thing, isIn ? 0 : 1, isIn ? 1 : 0),
    and: (one, other) => combine('and', one, other),
    or: (one, other) => combine('or', one, other),
    minus: (one, other) => combine('minus', one, other),
    given: giving(nodes, size),
    has: (family, members) => {
      let node = family;
      while (node > 1) node = members.has(nodes.level(node)) ? nodes.in(node) : nodes.out(node);
      return node === 1;
    },
    count: counting(nodes),
    fewest: choosing(nodes, size, false),
    most: choosing(nodes, size, true),
  };
};
