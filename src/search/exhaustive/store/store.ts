import { pack, unpack, type Layout } from '../packing/layout.ts';
import { fingerprintsOf } from './fingerprint.ts';
import { setLoops, type Instances, type SetLoops } from '../kernel/kernel.ts';
import { CANDIDATE_EXTRA, INSERTED } from '../kernel/offsets.ts';
import { repacker } from './repack.ts';
import { offsetInSegment, SEGMENT_STATES, segmentOf } from '../memory/segments.ts';
import type { Writable } from '../../writable.ts';
import {
  createTable,
  doubled,
  hasRoom,
  isNarrow,
  type Allocate,
  type Visited,
} from '../memory/visited-table.ts';

/**
 * The store: the states found so far, packed, in the order in which they were found, which is also the queue
 * of the breadth-first search; the state each was found from; and the set of them all.
 */
export interface Store {
  readonly memory: Memory;
  readonly layout: Layout;
  /** The states, by segments; those of fingerprints are empty once their states are expanded. */
  readonly segments: Int32Array[];
  /**
   * The parents, by segments: the number of the state each was first reached from; -1 - n for initial state
   * n. Empty where it is not held.
   */
  readonly parents: Int32Array[];
  /**
   * The instances, by segments, that led to each state, for states known by their fingerprints; empty
   * otherwise.
   */
  readonly instances: Instances[];
  readonly size: number;
  readonly visited: Visited;
  readonly loops: SetLoops;
  /** The table that fingerprints are made with. */
  readonly table: Int32Array;
  /**
   * The allocator of room for states and for the set: in memory that threads share, once there are several.
   */
  readonly allocate: Allocate;
  /** Whether a number of 16 bits takes every instance. */
  readonly fewInstances: boolean;
}

/** The data that is held of the states. */
export interface Memory {
  readonly states: 'exact' | 'fingerprint';
  readonly parents: boolean;
}

const FIRST_STATES = 1024;

const NONE = new Int32Array(0);

/** Makes the loops over the set for the layout as it is. */
const loopsFor = (layout: Layout, { states }: Memory, narrow: boolean): Pick<Store, 'loops' | 'table'> =>
  states === 'fingerprint' ? fingerprintsOf(layout) : { loops: setLoops(layout.words, narrow), table: NONE };

/** Makes an empty store for states that are reached by so many instances. */
export const createStore = (layout: Layout, memory: Memory, instances: number): Store => ({
  memory,
  layout,
  segments: [],
  parents: [],
  instances: [],
  size: 0,
  visited: createTable(FIRST_STATES, false),
  ...loopsFor(layout, memory, false),
  allocate: (length) => new Int32Array(length),
  fewInstances: instances <= 2 ** 16,
});

const isExact = ({ memory }: Store): boolean => memory.states === 'exact';

/** Returns the bytes of the arrays as they are. */
export const bytesOf = ({ instances, parents, segments, visited }: Store): number =>
  [...segments, ...parents, ...instances, visited.slots].reduce((sum, { byteLength }) => sum + byteLength, 0);

/** Rebuilds a set out of the queue, in a table that is empty. */
const rebuildIn = (store: Writable<Store>, table: Visited): void => {
  const { layout, segments, size } = store;
  let visited = table;
  const loops = setLoops(layout.words, visited.narrow);
  const placeAll = (): boolean =>
    segments.every((segment, index) => {
      const first = index * SEGMENT_STATES;
      const count = Math.max(0, Math.min(SEGMENT_STATES, size - first));
      return loops.place({ segment, count, first, slots: visited.slots, logSize: visited.logSize });
    });
  while (!placeAll()) visited = doubled(visited, store.allocate);
  store.visited = visited;
  store.loops = loops;
};

/** Rebuilds a set out of the queue, with room for `states`. */
const rebuild = (store: Store, states: number): void =>
  rebuildIn(store, createTable(states, isNarrow(store.layout, states), store.allocate));

/** Makes the set larger. */
const growSet = (store: Writable<Store>, states: number): void => {
  const { visited, loops, layout } = store;
  const rehashInto = ({ slots }: Visited): boolean =>
    loops.rehash({ from: visited.slots, logSize: visited.logSize, into: slots });
  if (!isExact(store)) {
    let larger = doubled(visited);
    while (!rehashInto(larger)) larger = doubled(larger);
    store.visited = larger;
    return;
  }
  if (isNarrow(layout, states) !== visited.narrow) {
    rebuild(store, states);
    return;
  }
  const larger = doubled(visited, store.allocate);
  if (rehashInto(larger)) store.visited = larger;
  else rebuild(store, 2 * states);
};

const grown = ({ allocate }: Store, from: Int32Array, length: number): Int32Array => {
  const larger = allocate(length);
  larger.set(from);
  return larger;
};

/** Makes sure that the last segment has room for one more state; returns its parents. */
const tailOf = (store: Store): Int32Array => {
  const { fewInstances, instances, layout, parents, segments, size } = store;
  const tail = segmentOf(size);
  const used = offsetInSegment(size);
  // The first segment starts small: most searches stay in it, and it is then packed anew most often.
  const wanted = tail > 0 ? SEGMENT_STATES : Math.min(SEGMENT_STATES, Math.max(FIRST_STATES, 4 * used));
  const room = parents[tail]?.length ?? 0;
  if (room > used) return parents[tail]!;
  segments[tail] = grown(store, segments[tail] ?? new Int32Array(0), wanted * layout.words);
  parents[tail] = grown(store, parents[tail] ?? new Int32Array(0), wanted);
  const earlier = instances[tail] ?? NONE;
  instances[tail] = NONE;
  if (!isExact(store)) {
    instances[tail] = fewInstances ? new Uint16Array(wanted) : new Int32Array(wanted);
    instances[tail].set(earlier);
  }
  return parents[tail];
};

/** Takes over what another store held. A table of fingerprints comes filled, any other one empty. */
export const adopt = (
  store: Writable<Store>,
  from: Pick<Store, 'layout' | 'segments' | 'parents' | 'instances' | 'size'>,
  table: Visited,
): void => {
  from.segments.forEach((segment, index) => {
    store.segments[index] = segment;
    store.parents[index] = from.parents[index]!;
    store.instances[index] = from.instances[index]!;
  });
  store.layout = from.layout;
  store.size = from.size;
  if (isExact(store)) rebuildIn(store, table);
  else Object.assign(store, loopsFor(from.layout, store.memory, false), { visited: table });
};

const report = new Float64Array(INSERTED.length);

/** Adds the candidates that are new, in their order. */
export const insertCandidates = (store: Writable<Store>, candidates: Int32Array, count: number): void => {
  const { segments } = store;
  while (!hasRoom(store.visited, store.size + count)) growSet(store, store.size + count);
  for (let from = 0; from < count;) {
    const parents = tailOf(store);
    const { slots, logSize } = store.visited;
    from = store.loops.insert({
      candidates,
      from,
      to: count,
      slots,
      logSize,
      segments,
      parents,
      instances: store.instances[segmentOf(store.size)]!,
      size: store.size,
      table: store.table,
      report,
    });
    store.size = report[INSERTED.size]!;
    if (from < count && report[INSERTED.full] === 1) growSet(store, store.size + count - from);
  }
};

/** Adds one row as initial state number `initial`. */
export const insertInitial = (store: Store, row: Uint32Array, initial: number): void => {
  const { words } = store.layout;
  const candidate = new Int32Array(words + CANDIDATE_EXTRA);
  pack(store.layout, row, candidate, 0);
  candidate[words] = -1 - initial;
  insertCandidates(store, candidate, 1);
};

/** Forgets the states from number `size` on, which turned out not to be part of the search. */
export const truncate = (store: Writable<Store>, size: number): void => {
  store.size = size;
};

/** Rebuilds the set after the states were repacked. */
export const remakeSet = (store: Store): void => {
  if (isExact(store)) rebuild(store, store.size);
  else Object.assign(store, loopsFor(store.layout, store.memory, false));
};

/**
 * Moves everything that others read into memory of `allocate`, and what comes after it, too. Segments are
 * whole ones from now on.
 */
export const shareStore = (store: Writable<Store>, allocate: Allocate): void => {
  if (store.allocate === allocate) return;
  store.allocate = allocate;
  const { layout, segments, visited } = store;
  segments.forEach((segment, index) => {
    segments[index] = grown(store, segment, SEGMENT_STATES * layout.words);
    store.parents[index] = grown(store, store.parents[index]!, SEGMENT_STATES);
  });
  store.visited = { ...visited, slots: grown(store, visited.slots, visited.slots.length) };
};

/** Repacks every state; the set has to be rebuilt after it. */
export const relayout = (store: Writable<Store>, layout: Layout): void => {
  const repack = repacker(store.layout, layout);
  store.segments.forEach((segment, index) => {
    const states = segment.length / store.layout.words;
    const packed = store.allocate(states * layout.words);
    const count = Math.max(0, Math.min(states, store.size - index * SEGMENT_STATES));
    repack({ from: segment, into: packed, count });
    store.segments[index] = packed;
  });
  store.layout = layout;
};

/**
 * Releases what is not needed any more once the states before number `head` are expanded and the others are
 * looked at.
 */
export const release = (store: Store, head: number): void => {
  const { memory, parents, segments, size } = store;
  const empty = (list: Int32Array[], to: number): void => {
    for (let segment = 0; segment < Math.min(to, list.length); segment += 1) list[segment] = NONE;
  };
  if (!memory.parents) empty(parents, segmentOf(size));
  if (!isExact(store)) empty(segments, segmentOf(head));
};

/** Returns the number of the first state that is held. */
export const firstHeld = ({ segments }: Store): number =>
  Math.max(
    0,
    segments.findIndex(({ length }) => length > 0),
  ) * SEGMENT_STATES;

/** Returns the instance that first led to state `index`, which is known by its fingerprint. */
export const instanceTo = ({ instances }: Store, index: number): number =>
  instances[segmentOf(index)]![offsetInSegment(index)]!;

/** Reads the row of state `index`. */
export const readRow = ({ layout, segments }: Store, index: number, row: Uint32Array): void =>
  unpack(layout, segments[segmentOf(index)]!, offsetInSegment(index) * layout.words, row);

/** Returns the number of the state that state `index` was first reached from; -1 - n for initial state n. */
export const parentOf = ({ parents }: Store, index: number): number =>
  parents[segmentOf(index)]![offsetInSegment(index)]!;
