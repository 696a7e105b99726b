import { createRows } from './rows.ts';

/**
 * The set of states found so far, in the order in which they were found, which is also the queue of a
 * breadth-first search. A state is a row of small numbers, stored in as few bytes a number as the
 * largest one needs; its parent and the instance that led to it are kept for the trace.
 */
export interface States {
  /** Numbers per row. */
  readonly width: number;
  /** Adds `row`, whose hash is `hash`, unless it is known; returns its index, or -1 - index if it was new. */
  readonly add: (row: Uint32Array, hash: number, parent: number, via: number) => number;
  /** Copies the row of state `index` into `into`. */
  readonly copy: (index: number, into: Uint32Array) => void;
  readonly hashAt: (index: number) => number;
  readonly parentOf: (index: number) => number;
  readonly viaOf: (index: number) => number;
  readonly size: () => number;
  readonly bytes: () => number;
}

const LOAD = 0.6;

/**
 * What one field contributes to the hash of its row. The hash is the sum over the fields, so that a
 * step changes it by what its few writes contribute.
 */
export const fieldHash = (field: number, value: number): number => {
  let hash = Math.imul(value + 1, 0x9e3779b1) ^ Math.imul(field + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
};

/** The hash of a whole row. */
export const rowHash = (row: Uint32Array): number => {
  let hash = 0;
  for (let field = 0; field < row.length; field += 1) hash = (hash + fieldHash(field, row[field]!)) | 0;
  return hash;
};

// Sums keep their low bits together; the table looks at a mix of all of them.
const spread = (hash: number): number => {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
};

const grown = (old: Int32Array): Int32Array<ArrayBuffer> => {
  const next = new Int32Array(2 * old.length);
  next.set(old);
  return next;
};

/** An empty set of rows of `width` numbers. */
export const createStates = (width: number): States => {
  const rows = createRows(width);
  let parents = new Int32Array(1024);
  let vias = new Int32Array(1024);
  let hashes = new Int32Array(1024);
  let table = new Int32Array(2048);
  let count = 0;

  /** The first free slot for `hash`. */
  const freeSlot = (hash: number): number => {
    let slot = spread(hash) & (table.length - 1);
    while (table[slot] !== 0) slot = (slot + 1) & (table.length - 1);
    return slot;
  };
  const makeRoom = (): void => {
    if (count === parents.length) {
      parents = grown(parents);
      vias = grown(vias);
      hashes = grown(hashes);
    }
    if (count + 1 > table.length * LOAD) {
      table = new Int32Array(table.length * 2);
      for (let index = 0; index < count; index += 1) table[freeSlot(hashes[index]!)] = index + 1;
    }
  };
  return {
    width,
    add: (row, hash, parent, via) => {
      let slot = spread(hash) & (table.length - 1);
      for (let known = table[slot]!; known !== 0; known = table[slot]!) {
        if (hashes[known - 1] === hash && rows.equals(known - 1, row)) return known - 1;
        slot = (slot + 1) & (table.length - 1);
      }
      makeRoom();
      rows.push(row);
      parents[count] = parent;
      vias[count] = via;
      hashes[count] = hash;
      table[freeSlot(hash)] = count + 1;
      count += 1;
      return -count;
    },
    copy: rows.copy,
    hashAt: (index) => hashes[index]!,
    parentOf: (index) => parents[index]!,
    viaOf: (index) => vias[index]!,
    size: () => count,
    bytes: () => rows.bytes() + parents.byteLength + vias.byteLength + hashes.byteLength + table.byteLength,
  };
};
