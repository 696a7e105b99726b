import { oneOf, type Random } from './chance.ts';
import { HOSTILE_BYTES, HOSTILE_TEXTS } from './hostile.ts';

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

/** Draws a part of the bytes, most often a short one. */
const range = (bytes: Uint8Array, random: Random): readonly [from: number, to: number] => {
  const from = random.whole(bytes.length + 1);
  const most = oneOf(random, [1, 8, 64, bytes.length]);
  return [from, Math.min(bytes.length, from + random.whole(most + 1))];
};

const pieceOf = (random: Random): Uint8Array =>
  random.whole(4) === 0 ? oneOf(random, HOSTILE_BYTES) : Buffer.from(oneOf(random, HOSTILE_TEXTS));

/** Draws how many times a piece comes again, at most about a mebibyte of it. */
const times = (piece: Uint8Array, random: Random): number =>
  Math.min(oneOf(random, [2, 2, 2, 10, 10, 1000, 100_000]), Math.ceil(2 ** 20 / Math.max(1, piece.length)));

const changeByte: Mutation = (bytes, random) => {
  const changed = Uint8Array.from(bytes);
  const at = random.whole(Math.max(1, bytes.length));
  if (at < changed.length) changed[at] = (changed[at] ?? 0) ^ (1 << random.whole(8));
  return changed;
};

const MUTATIONS: readonly Mutation[] = [
  changeByte,
  changeByte,
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  (bytes, random) => {
    const [from] = range(bytes, random);
    return joined(bytes.subarray(0, from), pieceOf(random), bytes.subarray(from));
  },
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    return joined(bytes.subarray(0, from), pieceOf(random), bytes.subarray(to));
  },
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    const piece = bytes.subarray(from, to);
    const again = Array.from({ length: times(piece, random) }, () => piece);
    return joined(bytes.subarray(0, to), ...again, bytes.subarray(to));
  },
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    return joined(bytes.subarray(to), bytes.subarray(from, to), bytes.subarray(0, from));
  },
  (bytes, random) => bytes.subarray(0, random.whole(bytes.length + 1)),
];

/** The largest input that is changed further. */
const MOST_BYTES = 2 ** 22;

/** Makes one to three changes to `bytes`. */
export const mutateBytes = (bytes: Uint8Array, random: Random): Uint8Array => {
  let changed = bytes;
  for (let left = 1 + random.whole(3); left > 0 && changed.length < MOST_BYTES; left -= 1) {
    changed = oneOf(random, MUTATIONS)(changed, random);
  }
  return changed;
};
