import { downOf, EMPTY, END, gather, push, recall, remember, rightOf, valueOf, type Nodes } from './nodes.ts';
import { intersect, union } from './sets.ts';

/**
 * The levels, in ascending order, of short vectors: a projection of sets, or what an action reads and writes.
 * `first` is the number of its first operation in the cache.
 */
export interface Levels {
  readonly list: readonly number[];
  readonly first: number;
}

// Three operations go by a list of levels.
const FIRST_LISTED = 8;
const PROJECT = 0;
const STEP = 1;
const BACK = 2;
const LISTED = 3;

/** Returns the number of an operation that is known by a text; the same text has the same one. */
const operationOf = (nodes: Nodes, key: string): number => {
  const number = nodes.operations.get(key) ?? nodes.operations.size;
  nodes.operations.set(key, number);
  return FIRST_LISTED + LISTED * number;
};

/** The largest number that a value may have in a relation. */
export const MOST_VALUES: number = 2 ** 15 - 2;

/** Returns the operations over `list`; the same list has the same ones. */
export const levelsOf = (nodes: Nodes, list: readonly number[]): Levels => {
  return { list, first: operationOf(nodes, list.join()) };
};

const POST_BITS = 16;
const POST_MASK = 2 ** POST_BITS - 1;

/**
 * Encodes a short vector's rule for one level, as a value of a relation: the value it has to have before
 * (any, if not given), and the one afterwards (the same, if not given).
 */
export const ruleOf = (before: number | undefined, after: number | undefined): number =>
  ((before === undefined ? 0 : before + 1) << POST_BITS) |
  (after === undefined || after === before ? 0 : after + 1);

const project = (nodes: Nodes, set: number, levels: Levels, level: number, at: number): number => {
  if (set === EMPTY) return EMPTY;
  if (at === levels.list.length) return END;
  const operation = levels.first + PROJECT;
  const known = recall(nodes, operation, set, 0, 0);
  if (known >= 0) return known;
  let result = EMPTY;
  if (levels.list[at] === level) {
    const base = nodes.top;
    for (let node = set; node !== EMPTY; node = rightOf(nodes, node)) {
      push(nodes, valueOf(nodes, node), project(nodes, downOf(nodes, node), levels, level + 1, at + 1));
    }
    result = gather(nodes, base, EMPTY);
  } else {
    for (let node = set; node !== EMPTY; node = rightOf(nodes, node)) {
      result = union(nodes, result, project(nodes, downOf(nodes, node), levels, level + 1, at));
    }
  }
  return remember(nodes, operation, set, 0, 0, result);
};

/** Projects the vectors of `set` to the given levels. */
export const projectionOf = (nodes: Nodes, set: number, levels: Levels): number =>
  project(nodes, set, levels, 0, 0);

/** Sorts the stack from `base` on in ascending order, and joins what has one value. */
const arrange = (nodes: Nodes, base: number): void => {
  const { stack } = nodes;
  for (let at = base + 2; at < nodes.top; at += 2) {
    const value = stack[at]!;
    const down = stack[at + 1]!;
    let to = at;
    for (; to > base && stack[to - 2]! > value; to -= 2) {
      stack[to] = stack[to - 2]!;
      stack[to + 1] = stack[to - 1]!;
    }
    stack[to] = value;
    stack[to + 1] = down;
  }
  let last = base;
  for (let at = base + 2; at < nodes.top; at += 2) {
    if (nodes.stack[at] === nodes.stack[last]) {
      // The stack is used, and perhaps moved, while two sets are joined; what is above stays where it is.
      const joined = union(nodes, nodes.stack[last + 1]!, nodes.stack[at + 1]!);
      nodes.stack[last + 1] = joined;
      continue;
    }
    last += 2;
    nodes.stack[last] = nodes.stack[at]!;
    nodes.stack[last + 1] = nodes.stack[at + 1]!;
  }
  if (nodes.top > base) nodes.top = last + 2;
};

/** Applies the rules of `relation` to one level of `set`. */
const stepLevel = (
  nodes: Nodes,
  set: number,
  relation: number,
  levels: Levels,
  level: number,
  at: number,
): void => {
  let from = set;
  for (let rule = relation; rule !== EMPTY; rule = rightOf(nodes, rule)) {
    const meaning = valueOf(nodes, rule);
    const after = (meaning & POST_MASK) - 1;
    const before = (meaning >>> POST_BITS) - 1;
    const rest = downOf(nodes, rule);
    if (before < 0) {
      for (let node = set; node !== EMPTY; node = rightOf(nodes, node)) {
        const next = step(nodes, downOf(nodes, node), rest, levels, level + 1, at + 1);
        push(nodes, after < 0 ? valueOf(nodes, node) : after, next);
      }
      continue;
    }
    // Rules that ask for a value come in the order of these values, as the nodes do.
    while (from !== EMPTY && valueOf(nodes, from) < before) from = rightOf(nodes, from);
    if (from === EMPTY) return;
    if (valueOf(nodes, from) !== before) continue;
    push(
      nodes,
      after < 0 ? before : after,
      step(nodes, downOf(nodes, from), rest, levels, level + 1, at + 1),
    );
  }
};

const step = (
  nodes: Nodes,
  set: number,
  relation: number,
  levels: Levels,
  level: number,
  at: number,
): number => {
  if (set === EMPTY || relation === EMPTY) return EMPTY;
  if (relation === END) return set;
  const operation = levels.first + STEP;
  const known = recall(nodes, operation, set, relation, 0);
  if (known >= 0) return known;
  const base = nodes.top;
  if (levels.list[at] === level) {
    stepLevel(nodes, set, relation, levels, level, at);
    arrange(nodes, base);
  } else {
    for (let node = set; node !== EMPTY; node = rightOf(nodes, node)) {
      push(nodes, valueOf(nodes, node), step(nodes, downOf(nodes, node), relation, levels, level + 1, at));
    }
  }
  return remember(nodes, operation, set, relation, 0, gather(nodes, base, EMPTY));
};

/**
 * Returns the image of `set` under a relation: its short vectors have one rule for each of `levels`, and
 * levels that they do not speak of stay as they are. Rules that change nothing pick out the vectors they fit.
 */
export const imageOf = (nodes: Nodes, set: number, relation: number, levels: Levels): number =>
  step(nodes, set, relation, levels, 0, 0);

/** An event: a relation, and its levels. */
export interface Event {
  readonly relation: number;
  readonly levels: Levels;
}

const saturateAt = (
  nodes: Nodes,
  set: number,
  level: number,
  events: readonly (readonly Event[])[],
  operation: number,
): number => {
  if (set === EMPTY || set === END) return set;
  const known = recall(nodes, operation, set, 0, 0);
  if (known >= 0) return known;
  let result = set;
  for (let last = EMPTY; last !== result;) {
    last = result;
    const base = nodes.top;
    for (let node = last; node !== EMPTY; node = rightOf(nodes, node)) {
      push(nodes, valueOf(nodes, node), saturateAt(nodes, downOf(nodes, node), level + 1, events, operation));
    }
    result = gather(nodes, base, EMPTY);
    for (const { levels, relation } of events[level]!) {
      result = union(nodes, result, step(nodes, result, relation, levels, level, 0));
    }
  }
  return remember(nodes, operation, set, 0, 0, result);
};

/**
 * Returns all that the events lead to from `set`, in any number of steps: saturation (Ciardo, Lüttgen,
 * Siminiceanu, 2001). Events are given by the first level that they speak of. From the last level up each
 * node is closed under those that begin there or below, so that an event is applied where it belongs, not to
 * whole vectors.
 */
export const saturated = (nodes: Nodes, set: number, events: readonly (readonly Event[])[]): number => {
  const key = events.flat().map(({ levels, relation }) => `${levels.first} ${relation}`);
  return saturateAt(nodes, set, 0, events, operationOf(nodes, `saturate ${key.join()}`));
};

/** Finds the entry of `list` that has `value`; returns what follows it, or EMPTY. */
const after = (nodes: Nodes, list: number, value: number): number => {
  let node = list;
  while (node !== EMPTY && valueOf(nodes, node) < value) node = rightOf(nodes, node);
  return node !== EMPTY && valueOf(nodes, node) === value ? downOf(nodes, node) : EMPTY;
};

const back = (
  nodes: Nodes,
  set: number,
  relation: number,
  target: number,
  levels: Levels,
  level: number,
  at: number,
): number => {
  if (set === EMPTY || relation === EMPTY || target === EMPTY) return EMPTY;
  if (relation === END) return intersect(nodes, set, target);
  const operation = levels.first + BACK;
  const known = recall(nodes, operation, set, relation, target);
  if (known >= 0) return known;
  const base = nodes.top;
  const isListed = levels.list[at] === level;
  for (let node = set; node !== EMPTY; node = rightOf(nodes, node)) {
    const value = valueOf(nodes, node);
    const down = downOf(nodes, node);
    if (!isListed) {
      push(nodes, value, back(nodes, down, relation, after(nodes, target, value), levels, level + 1, at));
      continue;
    }
    let found = EMPTY;
    for (let rule = relation; rule !== EMPTY; rule = rightOf(nodes, rule)) {
      const meaning = valueOf(nodes, rule);
      const before = (meaning >>> POST_BITS) - 1;
      if (before > value) break;
      if (before >= 0 && before !== value) continue;
      const post = (meaning & POST_MASK) - 1;
      const next = after(nodes, target, post < 0 ? value : post);
      found = union(nodes, found, back(nodes, down, downOf(nodes, rule), next, levels, level + 1, at + 1));
    }
    push(nodes, value, found);
  }
  return remember(nodes, operation, set, relation, target, gather(nodes, base, EMPTY));
};

/** Returns the vectors of `set` from which `relation` leads to one of `target`. */
export const sourcesOf = (
  nodes: Nodes,
  set: number,
  relation: number,
  target: number,
  levels: Levels,
): number => back(nodes, set, relation, target, levels, 0, 0);

/**
 * Writes a vector of `set` that has `values` at the given levels into `into`; false if there is none. Nothing
 * is made for it: it is looked for from the top, and where there is nothing below a node is looked at once.
 */
export const memberWith = (
  nodes: Nodes,
  set: number,
  levels: Levels,
  values: ArrayLike<number>,
  into: Uint32Array,
): boolean => {
  const failed = new Set<number>();
  const visit = (list: number, level: number, at: number): boolean => {
    if (list === END) return true;
    const isListed = levels.list[at] === level;
    for (let node = list; node !== EMPTY; node = rightOf(nodes, node)) {
      const value = valueOf(nodes, node);
      const down = downOf(nodes, node);
      if ((isListed && value !== values[at]) || failed.has(down)) continue;
      into[level] = value;
      if (visit(down, level + 1, isListed ? at + 1 : at)) return true;
      failed.add(down);
    }
    return false;
  };
  return set !== EMPTY && visit(set, 0, 0);
};
