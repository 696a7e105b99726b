import { pack, unpack, type Layout } from '../space/layout.ts';
import { setLoops, type SetLoops } from './kernel.ts';
import { CANDIDATE_EXTRA } from './kernel-text.ts';
import { repacker } from './repack.ts';
import { placeOf, SEGMENT_STATES, segmentOf } from './segments.ts';
import { createVisited, doubled, hasRoom, isNarrow, type Visited } from './visited.ts';

/**
 * The states found so far, packed, in the order in which they were found, which is also the queue of the
 * breadth-first search; the state each was found from; and the set of them all.
 */
export interface Store {
  layout: Layout;
  /** The states, by segments. */
  readonly segments: Int32Array[];
  /** By segments: the number of the state each was first reached from; -1 - n for initial state n. */
  readonly parents: Int32Array[];
  size: number;
  visited: Visited;
  loops: SetLoops;
}

const FIRST_STATES = 1024;

/** An empty store. */
export const createStore = (layout: Layout): Store => {
  const visited = createVisited(layout, FIRST_STATES);
  return {
    layout,
    segments: [],
    parents: [],
    size: 0,
    visited,
    loops: setLoops(layout.words, visited.narrow),
  };
};

const segmentBytes = ({ layout }: Store): number => 4 * SEGMENT_STATES * (layout.words + 1);

/** Bytes of the arrays as they are. */
export const bytesOf = ({ parents, segments, visited }: Store): number =>
  [...segments, ...parents, visited.slots].reduce((sum, { byteLength }) => sum + byteLength, 0);

/** The bytes that the store takes, at most, while it makes room for `extra` more states. */
export const bytesToHold = (store: Store, extra: number): number => {
  const { segments, size, visited } = store;
  const more = Math.max(0, segmentOf(size + extra) + 1 - segments.length) * segmentBytes(store);
  const table = hasRoom(visited, size + extra) ? 0 : 2 * visited.slots.byteLength;
  return bytesOf(store) + more + table;
};

/** Makes a set anew out of the queue, in a table that is empty. */
const rebuildIn = (store: Store, table: Visited): void => {
  const { layout, segments, size } = store;
  let visited = table;
  const loops = setLoops(layout.words, visited.narrow);
  const placeAll = (): boolean =>
    segments.every((segment, index) => {
      const first = index * SEGMENT_STATES;
      const count = Math.max(0, Math.min(SEGMENT_STATES, size - first));
      return loops.place(segment, count, first, visited.slots, visited.logSize);
    });
  while (!placeAll()) visited = doubled(visited);
  store.visited = visited;
  store.loops = loops;
};

/** Makes a set anew out of the queue, with room for `states`. */
const rebuild = (store: Store, states: number): void => rebuildIn(store, createVisited(store.layout, states));

/** Makes the set larger. */
const growSet = (store: Store, states: number): void => {
  const { visited, loops, layout } = store;
  if (isNarrow(layout, states) !== visited.narrow) {
    rebuild(store, states);
    return;
  }
  const larger = doubled(visited);
  if (loops.rehash(visited.slots, visited.logSize, larger.slots)) store.visited = larger;
  else rebuild(store, 2 * states);
};

const grown = (from: Int32Array, length: number): Int32Array => {
  const larger = new Int32Array(length);
  larger.set(from);
  return larger;
};

/** Makes sure that the last segment has room for one more state; returns its parents. */
const tailOf = ({ layout, parents, segments, size }: Store): Int32Array => {
  const tail = segmentOf(size);
  const used = placeOf(size);
  // The first segment starts small: most searches stay in it, and it is then packed anew most often.
  const wanted = tail > 0 ? SEGMENT_STATES : Math.min(SEGMENT_STATES, Math.max(FIRST_STATES, 4 * used));
  const room = parents[tail]?.length ?? 0;
  if (room > used) return parents[tail]!;
  segments[tail] = grown(segments[tail] ?? new Int32Array(0), wanted * layout.words);
  parents[tail] = grown(parents[tail] ?? new Int32Array(0), wanted);
  return parents[tail];
};

/** Takes over states that another store held, which had a table like `table`. */
export const adopt = (
  store: Store,
  from: Pick<Store, 'layout' | 'segments' | 'parents' | 'size'>,
  table: Visited,
): void => {
  store.segments.splice(0, store.segments.length, ...from.segments);
  store.parents.splice(0, store.parents.length, ...from.parents);
  store.layout = from.layout;
  store.size = from.size;
  rebuildIn(store, table);
};

const report = new Float64Array(4);

/** Adds the candidates that are new, in their order. */
export const insertCandidates = (store: Store, candidates: Int32Array, count: number): void => {
  const { segments } = store;
  while (!hasRoom(store.visited, store.size + count)) growSet(store, store.size + count);
  for (let from = 0; from < count;) {
    const parents = tailOf(store);
    const { slots, logSize } = store.visited;
    from = store.loops.insert(candidates, from, count, slots, logSize, segments, parents, store.size, report);
    store.size = report[0]!;
    if (from < count && report[1] === 1) growSet(store, store.size + count - from);
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

/** Packs every state anew. */
export const relayout = (store: Store, layout: Layout): void => {
  const repack = repacker(store.layout, layout);
  store.segments.forEach((segment, index) => {
    const states = store.parents[index]!.length;
    const packed = new Int32Array(states * layout.words);
    repack(segment, packed, Math.min(states, store.size - index * SEGMENT_STATES));
    store.segments[index] = packed;
  });
  store.layout = layout;
  rebuild(store, store.size);
};

/** Reads the row of state `index`. */
export const readRow = ({ layout, segments }: Store, index: number, row: Uint32Array): void =>
  unpack(layout, segments[segmentOf(index)]!, placeOf(index) * layout.words, row);

/** The number of the state that state `index` was first reached from; -1 - n for initial state n. */
export const parentOf = ({ parents }: Store, index: number): number =>
  parents[segmentOf(index)]![placeOf(index)]!;
