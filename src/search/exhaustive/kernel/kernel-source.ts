import { SEGMENT_BITS } from '../memory/segments.ts';
import { MAX_DISPLACEMENT, TAG_SHIFT } from '../memory/visited-table.ts';
import {
  CANDIDATE_EXTRA,
  EXPANDED,
  INSERTED,
  LEAF_HEADER,
  entryLength,
  keepAt,
  setAt,
  FIRST_ROOT,
  NOTHING,
} from './offsets.ts';

/** Masks the place of a state in its segment. */
export const IN_SEGMENT: number = 2 ** SEGMENT_BITS - 1;

const MULTIPLIERS = ['0x9e3779b1', '0x85ebca6b', '0xc2b2ae35', '0x27d4eb2f'] as const;

/** Joins a text for each word of a state. */
export const each = (count: number, text: (word: number) => string, between = ' '): string =>
  Array.from({ length: count }, (_, word) => text(word)).join(between);

/**
 * Returns the text that computes the hash of the words v0, v1, ... as `h`. Every word is folded onto itself
 * before it is multiplied, for a product keeps the high bits of its factor in high places. For given other
 * words the hash is a permutation of the first one: a set of narrow states can therefore keep, instead of a
 * state, what its place does not say of it.
 */
export const hashText = (words: number): string => `
    let h = ${each(
      words,
      (word) =>
        `Math.imul(v${word} ^ v${word} >>> 16, ${MULTIPLIERS[word % MULTIPLIERS.length]} + ${16 * (word >> 2)})`,
      ' ^ ',
    )};
    h ^= h >>> 15; h = Math.imul(h, 0x2c1b3c6d); h ^= h >>> 13;`;

const distance = `(tag & ${2 ** TAG_SHIFT - 1})`;

/**
 * Returns the text that looks for the state v0, v1 in a narrow set, up to its slot `at` and what is to be put
 * there; `full` is done where it does not fit.
 */
export const narrowProbe = (words: number, full: string): string => `
    let at = h >>> shift;
    let tag = (${words === 2 ? '(v1 << shift | h & low)' : '(h & low)'} << ${TAG_SHIFT}) + 1 | 0;
    let known = slots[at];
    while (known !== 0 && known !== tag) {
      at += 1;
      tag = tag + 1 | 0;
      if (${distance} > ${MAX_DISPLACEMENT}) { ${full} }
      known = slots[at];
    }
    if (known !== 0) continue;`;

const wideProbe = (words: number, full: string): string => `
    let at = (h >>> shift) * 2;
    let known = slots[at + 1];
    while (known !== 0) {
      if (slots[at] === h) {
        const segment = segments[known - 1 >>> ${SEGMENT_BITS}];
        const q = (known - 1 & ${IN_SEGMENT}) * ${words};
        if (${each(words, (word) => `segment[q + ${word}] === v${word}`, ' && ')}) continue next;
      }
      at += 2;
      if (at >= slots.length) { ${full} }
      known = slots[at + 1];
    }`;

const enterText = (narrow: boolean, number: string): string =>
  narrow ? 'slots[at] = tag;' : `slots[at] = h; slots[at + 1] = ${number} + 1;`;

/**
 * The size of a lot of candidates, which is gone through twice: the first time only touches where each wants
 * to be. These reads do not depend on one another, so that their cache misses overlap; the second time finds
 * the slots near.
 */
export const LOT = 64;

/**
 * Returns the text that makes inputs integers: they may stand in memory as floating point, and a loop that
 * begins with such a number would go on counting in it.
 */
const asIntegers = (...names: readonly string[]): string => names.map((name) => `${name} |= 0;`).join(' ');

/** Returns the text of `SetLoops.insert`, for an `InsertWork`. */
export const insertText = (words: number, narrow: boolean): string => `
  ${asIntegers('from', 'to', 'logSize', 'size')}
  const shift = 32 - logSize, low = (1 << shift) - 1;
  const tail = segments[size >>> ${SEGMENT_BITS}];
  const end = (size & ~${IN_SEGMENT}) + parents.length;
  const hashes = new Int32Array(${LOT});
  let touched = 0, full = 0, n = from;
  all: for (let lot = from; lot < to; lot += ${LOT}) {
    const lotEnd = Math.min(to, lot + ${LOT});
    for (n = lot; n < lotEnd; n += 1) {
      const c = n * ${words + CANDIDATE_EXTRA};
      ${each(words, (word) => `const v${word} = candidates[c + ${word}];`)}
      ${hashText(words)}
      hashes[n - lot] = h;
      touched = touched + slots[${narrow ? 'h >>> shift' : '(h >>> shift) * 2'}] | 0;
    }
    next: for (n = lot; n < lotEnd; n += 1) {
      const c = n * ${words + CANDIDATE_EXTRA}, h = hashes[n - lot];
      ${each(words, (word) => `const v${word} = candidates[c + ${word}];`)}
      ${(narrow ? narrowProbe : wideProbe)(words, 'full = 1; break all;')}
      if (size === end) break all;
      ${enterText(narrow, 'size')}
      const q = size & ${IN_SEGMENT};
      ${each(words, (word) => `tail[q * ${words} + ${word}] = v${word};`)}
      parents[q] = candidates[c + ${words}];
      size += 1;
    }
  }
  report[${INSERTED.size}] = size;
  report[${INSERTED.full}] = full;
  report[${INSERTED.touched}] = touched;
  return n;`;

/** Returns the text of `SetLoops.place`, for a `PlaceWork`. */
export const placeText = (words: number, narrow: boolean): string => `
  ${asIntegers('count', 'first', 'logSize')}
  const shift = 32 - logSize, low = (1 << shift) - 1;
  for (let n = 0; n < count; n += 1) {
    ${each(words, (word) => `const v${word} = segment[n * ${words} + ${word}];`)}
    ${hashText(words)}
    ${
      narrow
        ? narrowProbe(words, 'return false;')
        : `
    let at = (h >>> shift) * 2;
    while (slots[at + 1] !== 0) {
      at += 2;
      if (at >= slots.length) return false;
    }`
    }
    ${enterText(narrow, 'first + n')}
  }
  return true;`;

// The place of an entry and its content give its hash, in both kinds of set: entries move in the order in
// which they stand, so that both tables are gone through from front to back.
const narrowRehash = `
  const shift = 32 - logSize, kept = (1 << (shift - 1)) - 1;
  for (let s = 0; s < from.length; s += 1) {
    const entry = from[s];
    if (entry === 0) continue;
    const rest = entry >>> ${TAG_SHIFT};
    const home = s - (entry & ${2 ** TAG_SHIFT - 1}) + 1;
    // The highest bit of the kept part of the hash now belongs to the place.
    let at = home * 2 + (rest >>> (shift - 1) & 1);
    let tag = ((rest >>> shift << (shift - 1) | rest & kept) << ${TAG_SHIFT}) + 1 | 0;
    while (into[at] !== 0) {
      at += 1;
      tag = tag + 1 | 0;
      if (${distance} > ${MAX_DISPLACEMENT}) return false;
    }
    into[at] = tag;
  }
  return true;`;

const wideRehash = `
  const shift = 31 - logSize;
  for (let s = 0; s < from.length; s += 2) {
    if (from[s + 1] === 0) continue;
    const h = from[s];
    let at = (h >>> shift) * 2;
    while (into[at + 1] !== 0) {
      at += 2;
      if (at >= into.length) return false;
    }
    into[at] = h;
    into[at + 1] = from[s + 1];
  }
  return true;`;

// A node's first number says which bits of which word choose its slot: shift, word and mask.
const wordText = (words: number, meta: string): string => {
  let text = `w${words - 1}`;
  for (let word = words - 2; word >= 0; word -= 1)
    text = `(${meta} >>> 5 & 31) === ${word} ? w${word} : ${text}`;
  return words === 1 ? text : `(${text})`;
};

/**
 * Returns the text that walks from the root of `cluster` to a leaf, which is left negative in `n`, or to an
 * unknown slot, which is 0.
 */
const walkText = (words: number, cluster: string): string => `
    n = nodes[${FIRST_ROOT} + ${cluster}];
    do {
      const meta = nodes[n];
      n = nodes[n + 1 + (${wordText(words, 'meta')} >>> (meta & 31) & meta >>> 10)];
    } while (n > 0);`;

/**
 * Returns the text of `Expand`, for an `ExpandWork`. It has one loop for all clusters, and one way out:
 * little text is soon compiled, and what is seldom run keeps nothing back.
 */
export const expandText = (words: number, keepsSelfLoops: boolean): string => `
  ${asIntegers('from', 'to', 'first', 'room')}
  const last = candidates.length - room * ${words + CANDIDATE_EXTRA}, clusters = nodes[0];
  const found = new Int32Array(clusters);
  let o = report[${EXPANDED.filled}] | 0, transitions = 0, stuckCount = report[${EXPANDED.stuck}] | 0, n = 0, cluster = 0, i = from;
  all: for (; i < to; i += 1) {
    if (o > last) break;
    ${each(words, (word) => `const w${word} = segment[i * ${words} + ${word}];`)}
    let leafCount = 0;
    for (cluster = 0; cluster < clusters; cluster += 1) {
      ${walkText(words, 'cluster')}
      if (n === 0) break all;
      if (n !== ${NOTHING}) found[leafCount++] = -n;
    }
    if (leafCount === 0) { stuck[stuckCount++] = first + i; continue; }
    const start = o;
    let greatest = -1, disorder = false;
    for (let k = 0; k < leafCount; k += 1) {
      let p = found[k];
      const end = leaves[p + 1];
      leaves[p] += 1;
      if (leaves[p + 2] < greatest) disorder = true;
      greatest = leaves[p + 3];
      p += ${LEAF_HEADER};
      transitions += (end - p) / ${entryLength(words)};
      for (; p < end; p += ${entryLength(words)}) {
        ${each(words, (word) => `const v${word} = w${word} & leaves[p + ${1 + keepAt(word)}] | leaves[p + ${1 + setAt(word)}];`)}
        ${
          keepsSelfLoops
            ? ''
            : `if (${each(words, (word) => `v${word} === w${word}`, ' && ')}) { selfLoops[leaves[p]] += 1; continue; }`
        }
        ${each(words, (word) => `candidates[o + ${word}] = v${word};`)}
        candidates[o + ${words}] = first + i;
        candidates[o + ${words + 1}] = leaves[p];
        o += ${words + CANDIDATE_EXTRA};
      }
    }
    if (disorder) {${sortText(words)}
    }
  }
  report[${EXPANDED.filled}] = o;
  report[${EXPANDED.transitions}] += transitions;
  report[${EXPANDED.stuck}] = stuckCount;
  report[${EXPANDED.cluster}] = cluster;
  return i;`;

// Candidates of one state go in the order of their instances, whichever tries they came from.
const sortText = (words: number): string => {
  const stride = words + CANDIDATE_EXTRA;
  const key = words + 1;
  return `
      for (let a = start + ${stride}; a < o; a += ${stride}) {
        const instance = candidates[a + ${key}];
        let b = a - ${stride};
        if (candidates[b + ${key}] <= instance) continue;
        ${each(words, (word) => `const v${word} = candidates[a + ${word}];`)}
        while (b >= start && candidates[b + ${key}] > instance) {
          ${each(words, (word) => `candidates[b + ${stride + word}] = candidates[b + ${word}];`)}
          candidates[b + ${stride + key}] = candidates[b + ${key}];
          b -= ${stride};
        }
        ${each(words, (word) => `candidates[b + ${stride + word}] = v${word};`)}
        candidates[b + ${stride + key}] = instance;
      }`;
};

/**
 * Returns the text of `Evaluate`, for an `EvaluateWork`. Each trie of questions ends in the number of its
 * answers, which is counted once all of them are known.
 */
export const evaluateText = (words: number): string => `
  ${asIntegers('from', 'to')}
  const clusters = nodes[0], found = new Int32Array(clusters);
  let n = 0, i = from;
  all: for (; i < to; i += 1) {
    ${each(words, (word) => `const w${word} = segment[i * ${words} + ${word}];`)}
    for (let cluster = 0; cluster < clusters; cluster += 1) {
      ${walkText(words, 'cluster')}
      if (n === 0 || decisive[-n] === 1) break all;
      found[cluster] = -n;
    }
    for (let cluster = 0; cluster < clusters; cluster += 1) answers[found[cluster]] += 1;
  }
  return i;`;

/** Returns the text of `SetLoops.rehash`, for a `RehashWork`. */
export const rehashText = (narrow: boolean): string => (narrow ? narrowRehash : wideRehash);
