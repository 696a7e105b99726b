/**
 * The table of a list decision diagram: a set of vectors of one length, kept as a graph. A node is three
 * numbers: a value, the vectors that go on after it (`down`), and the node with the next larger value at the
 * same place (`right`). Equal nodes are one node, so equal sets are one number, and what many vectors have in
 * common is there once. Node EMPTY is the set without vectors, node END that of the vector without values.
 */
export interface Nodes {
  /** Three numbers a node. A free node has the next free one in the place of its value. */
  cells: Int32Array;
  /** The open-addressed table: numbers of nodes by their content, 0 where there is none. */
  table: Int32Array;
  /** The number of nodes made so far, including those that were freed since. */
  made: number;
  /** The first free node, or 0. */
  free: number;
  /** The number of nodes in use, including those that nothing needs any more. */
  live: number;
  /** The most nodes that were in use at once. */
  peak: number;
  /** The limit of nodes in use. */
  most: number;
  /** Results of operations, five numbers each: operation, three arguments, result. It forgets. */
  cache: Int32Array;
  /** The number of the cache's last entry: a power of two, less one. */
  lastEntry: number;
  /** Room for what an operation has found and not yet made into nodes. */
  stack: Int32Array;
  top: number;
  /**
   * A callback, called now and then while nodes are made; it may throw, and nothing that was there is harmed.
   */
  look: () => void;
  /** The operations over a list of levels, by that list. */
  readonly operations: Map<string, number>;
}

/** The set without vectors. */
export const EMPTY = 0;
/** The set of the one vector that has no values. */
export const END = 1;

const CELLS = 3;
const ENTRY = 5;
const FIRST_NODES = 1 << 12;
const FIRST_ENTRIES = 1 << 13;
const MOST_ENTRIES = 1 << 20;
// The bytes of a node: its cells, two to four slots of the table, a mark while garbage is collected, and its
// share of the cache; while tables double, both are there.
const BYTES_A_NODE = 56;

/**
 * Thrown when a diagram has as many nodes as it may have. The operation is not done; nodes that were there
 * are unharmed.
 */
export class DiagramFull extends Error {}

/** Returns the number of nodes that fit into so many bytes. */
export const nodesWithin = (bytes: number): number =>
  Math.max(FIRST_NODES, Math.min(2 ** 28, Math.floor(bytes / BYTES_A_NODE)));

/** Makes an empty table that will take at most so many bytes, or any number of them. */
export const createNodes = (mostBytes: number = Infinity): Nodes => ({
  cells: new Int32Array(FIRST_NODES * CELLS),
  table: new Int32Array(2 * FIRST_NODES),
  made: 2,
  free: 0,
  live: 2,
  peak: 2,
  most: nodesWithin(mostBytes),
  cache: new Int32Array(FIRST_ENTRIES * ENTRY),
  lastEntry: FIRST_ENTRIES - 1,
  stack: new Int32Array(1 << 12),
  top: 0,
  look: () => undefined,
  operations: new Map(),
});

/** Returns the memory of a table, in bytes. */
export const bytesOfNodes = ({ cells, table, cache, stack }: Nodes): number =>
  cells.byteLength + table.byteLength + cache.byteLength + stack.byteLength;

/** Returns the value of a node. */
export const valueOf = ({ cells }: Nodes, node: number): number => cells[node * CELLS]!;
/** Returns the node that follows the value of a node. */
export const downOf = ({ cells }: Nodes, node: number): number => cells[node * CELLS + 1]!;
/** Returns the node with the next larger value at the same place, or EMPTY. */
export const rightOf = ({ cells }: Nodes, node: number): number => cells[node * CELLS + 2]!;

const mix = (a: number, b: number, c: number): number => {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77) ^ Math.imul(c, 0xc2b2ae3d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
};

/** Enters every node that `keeps` into a table of `slots` slots. */
const rebuild = (nodes: Nodes, slots: number, keeps: (node: number) => boolean): void => {
  const { cells } = nodes;
  const table = new Int32Array(slots);
  for (let node = 2; node < nodes.made; node += 1) {
    if (!keeps(node)) continue;
    const at = node * CELLS;
    let slot = mix(cells[at]!, cells[at + 1]!, cells[at + 2]!) & (slots - 1);
    while (table[slot] !== 0) slot = (slot + 1) & (slots - 1);
    table[slot] = node;
  }
  nodes.table = table;
};

/** Whether a node is in use: a free one has EMPTY as its `down`, which no node in use has. */
const isInUse =
  ({ cells }: Nodes) =>
  (node: number): boolean =>
    cells[node * CELLS + 1] !== EMPTY;

const grow = (nodes: Nodes): void => {
  const room = nodes.cells.length / CELLS;
  const larger = new Int32Array(2 * room * CELLS);
  larger.set(nodes.cells);
  nodes.cells = larger;
  rebuild(nodes, 4 * room, isInUse(nodes));
  const entries = nodes.lastEntry + 1;
  if (entries >= 2 * room || entries >= MOST_ENTRIES) return;
  nodes.cache = new Int32Array(2 * entries * ENTRY);
  nodes.lastEntry = 2 * entries - 1;
};

// One in so many nodes.
const LOOK_MASK = 2 ** 12 - 1;

/** Allocates a place for a new node. Throws DiagramFull. */
const allocate = (nodes: Nodes): number => {
  if (nodes.live >= nodes.most) throw new DiagramFull();
  if ((nodes.live & LOOK_MASK) === 0) nodes.look();
  nodes.live += 1;
  if (nodes.live > nodes.peak) nodes.peak = nodes.live;
  if (nodes.free === 0) return nodes.made++;
  const node = nodes.free;
  nodes.free = nodes.cells[node * CELLS]!;
  return node;
};

/**
 * Returns the node of `value`, then `down`; beside it `right`, whose values are all larger. Where nothing
 * follows the value, it is `right`. Throws DiagramFull when there is no room for a new one.
 */
export const nodeOf = (nodes: Nodes, value: number, down: number, right: number): number => {
  if (down === EMPTY) return right;
  const hash = mix(value, down, right);
  let slot = hash & (nodes.table.length - 1);
  for (let node = nodes.table[slot]!; node !== 0; node = nodes.table[slot]!) {
    const at = node * CELLS;
    const { cells } = nodes;
    if (cells[at] === value && cells[at + 1] === down && cells[at + 2] === right) return node;
    slot = (slot + 1) & (nodes.table.length - 1);
  }
  if (nodes.free === 0 && nodes.made * CELLS >= nodes.cells.length && nodes.live < nodes.most) {
    grow(nodes);
    slot = hash & (nodes.table.length - 1);
    while (nodes.table[slot] !== 0) slot = (slot + 1) & (nodes.table.length - 1);
  }
  const node = allocate(nodes);
  const at = node * CELLS;
  nodes.cells[at] = value;
  nodes.cells[at + 1] = down;
  nodes.cells[at + 2] = right;
  nodes.table[slot] = node;
  return node;
};

/** Returns the cache entry of an operation's result. */
const entryOf = ({ lastEntry }: Nodes, operation: number, a: number, b: number, c: number): number =>
  (mix(a, b, c ^ Math.imul(operation, 0x27d4eb2f)) & lastEntry) * ENTRY;

/** Returns the result of an operation, if it is still known; -1 if not. */
export const recall = (nodes: Nodes, operation: number, a: number, b: number, c: number): number => {
  const { cache } = nodes;
  const at = entryOf(nodes, operation, a, b, c);
  return cache[at] === operation && cache[at + 1] === a && cache[at + 2] === b && cache[at + 3] === c
    ? cache[at + 4]!
    : -1;
};

/** Remembers the result of an operation for a while, and returns it. */
export const remember = (
  nodes: Nodes,
  operation: number,
  a: number,
  b: number,
  c: number,
  result: number,
): number => {
  const { cache } = nodes;
  const at = entryOf(nodes, operation, a, b, c);
  cache[at] = operation;
  cache[at + 1] = a;
  cache[at + 2] = b;
  cache[at + 3] = c;
  cache[at + 4] = result;
  return result;
};

/** Pushes a value, and what follows it, on the stack; nothing if nothing follows. */
export const push = (nodes: Nodes, value: number, down: number): void => {
  if (down === EMPTY) return;
  if (nodes.top + 2 > nodes.stack.length) {
    const larger = new Int32Array(2 * nodes.stack.length);
    larger.set(nodes.stack);
    nodes.stack = larger;
  }
  nodes.stack[nodes.top++] = value;
  nodes.stack[nodes.top++] = down;
};

/** Makes nodes of the stack from `base` on, in ascending order, before `tail`, and pops it. */
export const gather = (nodes: Nodes, base: number, tail: number): number => {
  let result = tail;
  while (nodes.top > base) {
    nodes.top -= 2;
    result = nodeOf(nodes, nodes.stack[nodes.top]!, nodes.stack[nodes.top + 1]!, result);
  }
  return result;
};

/** Marks the nodes of `root`; returns how many were not marked before. */
const mark = ({ cells }: Nodes, marks: Uint8Array, root: number): number => {
  const open = [root];
  let count = 0;
  while (open.length > 0) {
    let node = open.pop()!;
    while (node > END && marks[node] === 0) {
      marks[node] = 1;
      count += 1;
      open.push(cells[node * CELLS + 1]!);
      node = cells[node * CELLS + 2]!;
    }
  }
  return count;
};

/** Returns the number of nodes that the sets `roots` have together. */
export const sizeOf = (nodes: Nodes, roots: Iterable<number>): number => {
  const marks = new Uint8Array(nodes.made);
  let count = 0;
  for (const root of roots) count += mark(nodes, marks, root);
  return count;
};

/**
 * Frees every node that none of `roots` needs. Only between operations: the nodes that they work on are not
 * kept.
 */
export const collect = (nodes: Nodes, roots: Iterable<number>): void => {
  const marks = new Uint8Array(nodes.made);
  let live = 2;
  for (const root of roots) live += mark(nodes, marks, root);
  const { cells } = nodes;
  nodes.free = 0;
  for (let node = nodes.made - 1; node >= 2; node -= 1) {
    if (marks[node] === 1) continue;
    cells[node * CELLS] = nodes.free;
    cells[node * CELLS + 1] = EMPTY;
    cells[node * CELLS + 2] = EMPTY;
    nodes.free = node;
  }
  nodes.live = live;
  nodes.top = 0;
  nodes.cache.fill(0);
  rebuild(nodes, nodes.table.length, (node) => marks[node] === 1);
};
