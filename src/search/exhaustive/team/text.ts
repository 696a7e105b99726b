import { CANDIDATE_EXTRA, each, hashText, IN_SEGMENT, LOT, narrowProbe } from '../kernel-text.ts';
import { SEGMENT_BITS } from '../segments.ts';

/** What follows the words of a state that is new in this batch: its parent, its ordinal and then its number, and its slot. */
export const FRESH_EXTRA = 3;
/** States that a member remembers to have handed on. */
export const CACHE_STATES: number = 2 ** 14;

const load = (words: number, from: string, at: string): string =>
  each(words, (word) => `const v${word} = ${from}[${at} + ${word}];`);

/** `TeamLoops.scatter`. */
export const scatterText = (words: number): string => `
  const owners = outs.length - 1;
  for (let n = 0; n < count; n += 1) {
    const c = n * ${words + CANDIDATE_EXTRA};
    ${load(words, 'candidates', 'c')}
    ${hashText(words)}
    const k = (h >>> 4 & ${CACHE_STATES - 1}) * ${words};
    if (${each(words, (word) => `cache[k + ${word}] === v${word}`, ' && ')}) continue;
    ${each(words, (word) => `cache[k + ${word}] = v${word};`)}
    const owner = h & owners;
    const out = outs[owner];
    const o = filled[owner];
    ${each(words, (word) => `out[o + ${word}] = v${word};`)}
    out[o + ${words}] = candidates[c + ${words}];
    out[o + ${words + 1}] = ordinal + n;
    filled[owner] = o + ${words + CANDIDATE_EXTRA};
  }`;

const sameAs = (words: number, from: string): string =>
  each(words, (word) => `${from}[q + ${word}] === v${word}`, ' && ');

// A state of this very batch has no number yet: its entry says, negative, where it is among the new ones.
const wideProbe = (words: number): string => `
      let at = (h >>> shift) * 2;
      let known = slots[at + 1];
      while (known !== 0) {
        if (slots[at] === h) {
          if (known > 0) {
            const segment = segments[known - 1 >>> ${SEGMENT_BITS}];
            const q = (known - 1 & ${IN_SEGMENT}) * ${words};
            if (${sameAs(words, 'segment')}) continue next;
          } else {
            const q = (-known - 1) * ${words + FRESH_EXTRA};
            if (${sameAs(words, 'fresh')}) continue next;
          }
        }
        at += 2;
        if (at >= slots.length) return -1;
        known = slots[at + 1];
      }`;

/** `TeamLoops.gather`. */
export const gatherText = (words: number, narrow: boolean): string => `
  const shift = 32 - logSize, low = (1 << shift) - 1;
  const hashes = new Int32Array(${LOT});
  let touched = 0;
  for (let lot = from; lot < to; lot += ${LOT}) {
    const lotEnd = Math.min(to, lot + ${LOT});
    for (let n = lot; n < lotEnd; n += 1) {
      const c = n * ${words + CANDIDATE_EXTRA};
      ${load(words, 'records', 'c')}
      ${hashText(words)}
      hashes[n - lot] = h;
      touched = touched + slots[${narrow ? 'h >>> shift' : '(h >>> shift) * 2'}] | 0;
    }
    next: for (let n = lot; n < lotEnd; n += 1) {
      const c = n * ${words + CANDIDATE_EXTRA}, h = hashes[n - lot];
      ${load(words, 'records', 'c')}
      ${narrow ? narrowProbe(words, 'return -1;') : wideProbe(words)}
      ${narrow ? 'slots[at] = tag;' : 'slots[at] = h; slots[at + 1] = -count - 1;'}
      const f = count * ${words + FRESH_EXTRA};
      ${each(words, (word) => `fresh[f + ${word}] = v${word};`)}
      fresh[f + ${words}] = records[c + ${words}];
      fresh[f + ${words + 1}] = records[c + ${words + 1}];
      fresh[f + ${words + 2}] = at;
      count += 1;
    }
  }
  hashes[0] = touched;
  return count;`;

/** `TeamLoops.merge`. */
export const mergeText = (words: number): string => `
  const stride = ${words + FRESH_EXTRA};
  let at = first;
  for (;;) {
    let owner = -1, least = 0;
    for (let o = 0; o < freshes.length; o += 1) {
      if (heads[o] === ends[o]) continue;
      const ordinal = freshes[o][heads[o] * stride + ${words + 1}];
      if (owner >= 0 && ordinal > least) continue;
      owner = o;
      least = ordinal;
    }
    if (owner < 0) return;
    const fresh = freshes[owner];
    const f = heads[owner] * stride;
    heads[owner] += 1;
    const segment = segments[at >>> ${SEGMENT_BITS}];
    const q = (at & ${IN_SEGMENT}) * ${words};
    ${each(words, (word) => `segment[q + ${word}] = fresh[f + ${word}];`)}
    parents[at >>> ${SEGMENT_BITS}][at & ${IN_SEGMENT}] = fresh[f + ${words}];
    fresh[f + ${words + 1}] = at;
    at += 1;
  }`;

/** `TeamLoops.place`. */
export const placeOwnText = (words: number, narrow: boolean): string => `
  const shift = 32 - logSize, low = (1 << shift) - 1;
  for (let n = 0; n < count; n += 1) {
    ${load(words, 'segment', `n * ${words}`)}
    ${hashText(words)}
    if ((h & owners - 1) !== owner) continue;
    ${
      narrow
        ? `${narrowProbe(words, 'return false;')}
    slots[at] = tag;`
        : `
    let at = (h >>> shift) * 2;
    while (slots[at + 1] !== 0) {
      at += 2;
      if (at >= slots.length) return false;
    }
    slots[at] = h;
    slots[at + 1] = first + n + 1;`
    }
  }
  return true;`;
