import {
  downOf,
  EMPTY,
  END,
  gather,
  nodeOf,
  push,
  recall,
  remember,
  rightOf,
  valueOf,
  type Nodes,
} from './nodes.ts';

// Operations of the cache; those that are known by a list of levels are numbered on from FIRST_LISTED. Number
// 0 is none.
const UNION = 1;
const MINUS = 2;
const INTERSECT = 3;

/** Makes the set of the one vector `values`. */
export const singleton = (nodes: Nodes, values: ArrayLike<number>): number => {
  let set = END;
  for (let at = values.length - 1; at >= 0; at -= 1) set = nodeOf(nodes, values[at]!, set, EMPTY);
  return set;
};

/** Returns the vectors that are in one of two sets, or in both. */
export const union = (nodes: Nodes, a: number, b: number): number => {
  if (a === b || b === EMPTY) return a;
  if (a === EMPTY) return b;
  const [first, second] = a < b ? [a, b] : [b, a];
  const known = recall(nodes, UNION, first, second, 0);
  if (known >= 0) return known;
  const base = nodes.top;
  let left = first;
  let right = second;
  // Lists often have their ends in common: these need not be gone through.
  while (left !== right && left !== EMPTY && right !== EMPTY) {
    const x = valueOf(nodes, left);
    const y = valueOf(nodes, right);
    if (x === y) push(nodes, x, union(nodes, downOf(nodes, left), downOf(nodes, right)));
    else if (x < y) push(nodes, x, downOf(nodes, left));
    else push(nodes, y, downOf(nodes, right));
    if (x <= y) left = rightOf(nodes, left);
    if (y <= x) right = rightOf(nodes, right);
  }
  const result = gather(nodes, base, left === EMPTY ? right : left);
  return remember(nodes, UNION, first, second, 0, result);
};

/** Returns the vectors of `a` that are not in `b`. */
export const minus = (nodes: Nodes, a: number, b: number): number => {
  if (a === b || a === EMPTY) return EMPTY;
  if (b === EMPTY) return a;
  const known = recall(nodes, MINUS, a, b, 0);
  if (known >= 0) return known;
  const base = nodes.top;
  let left = a;
  let right = b;
  while (left !== right && left !== EMPTY && right !== EMPTY) {
    const x = valueOf(nodes, left);
    const y = valueOf(nodes, right);
    if (x === y) push(nodes, x, minus(nodes, downOf(nodes, left), downOf(nodes, right)));
    else if (x < y) push(nodes, x, downOf(nodes, left));
    if (x <= y) left = rightOf(nodes, left);
    if (y <= x) right = rightOf(nodes, right);
  }
  const result = gather(nodes, base, left === right ? EMPTY : left);
  return remember(nodes, MINUS, a, b, 0, result);
};

/** Returns the vectors that are in both sets. */
export const intersect = (nodes: Nodes, a: number, b: number): number => {
  if (a === b) return a;
  if (a === EMPTY || b === EMPTY) return EMPTY;
  const [first, second] = a < b ? [a, b] : [b, a];
  const known = recall(nodes, INTERSECT, first, second, 0);
  if (known >= 0) return known;
  const base = nodes.top;
  let left = first;
  let right = second;
  while (left !== right && left !== EMPTY && right !== EMPTY) {
    const x = valueOf(nodes, left);
    const y = valueOf(nodes, right);
    if (x === y) push(nodes, x, intersect(nodes, downOf(nodes, left), downOf(nodes, right)));
    if (x <= y) left = rightOf(nodes, left);
    if (y <= x) right = rightOf(nodes, right);
  }
  const result = gather(nodes, base, left === right ? left : EMPTY);
  return remember(nodes, INTERSECT, first, second, 0, result);
};

/**
 * Writes a vector of a set into `into`: at each level the value at the place that `choose` gives, of as many
 * as go on from what was chosen before. The set is not empty.
 */
export const memberAlong = (
  nodes: Nodes,
  set: number,
  choose: (level: number, count: number) => number,
  into: Uint32Array,
): void => {
  let list = set;
  for (let level = 0; list !== END; level += 1) {
    const ways: number[] = [];
    for (let node = list; node !== EMPTY; node = rightOf(nodes, node)) ways.push(node);
    const node = ways[choose(level, ways.length)]!;
    into[level] = valueOf(nodes, node);
    list = downOf(nodes, node);
  }
};

/** Writes the first vector of a set, in the order of its values, into `into`. The set is not empty. */
export const firstOf = (nodes: Nodes, set: number, into: Uint32Array): void => {
  let node = set;
  for (let level = 0; node !== END; level += 1) {
    into[level] = valueOf(nodes, node);
    node = downOf(nodes, node);
  }
};
