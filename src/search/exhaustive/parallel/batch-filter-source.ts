import { each, hashText, IN_SEGMENT, LOT, narrowProbe } from '../kernel/kernel-source.ts';
import { CANDIDATE_EXTRA } from '../kernel/offsets.ts';
import { SEGMENT_BITS } from '../memory/segments.ts';

/** The number of states that a member remembers to have come across. */
export const CACHE_STATES: number = 2 ** 15;

const load = (words: number): string => each(words, (word) => `const v${word} = candidates[c + ${word}];`);

// Entries of states that came after the batch was laid out may be read before the states themselves: they do
// not count.
const wideProbe = (words: number): string => `
      let at = (h >>> shift) * 2;
      let known = slots[at + 1];
      while (known !== 0) {
        if (known <= size && slots[at] === h) {
          const segment = segments[known - 1 >>> ${SEGMENT_BITS}];
          const q = (known - 1 & ${IN_SEGMENT}) * ${words};
          if (${each(words, (word) => `segment[q + ${word}] === v${word}`, ' && ')}) continue next;
        }
        at += 2;
        if (at >= slots.length) break;
        known = slots[at + 1];
      }`;

/** Returns the text of `Sift` by what is remembered alone. */
export const siftText = (words: number): string => `
  let kept = from;
  for (let n = from; n < to; n += 1) {
      const c = n * ${words + CANDIDATE_EXTRA};
      ${load(words)}
      ${hashText(words)}
      const k = (h >>> 4 & ${CACHE_STATES - 1}) * ${words};
      if (${each(words, (word) => `cache[k + ${word}] === v${word}`, ' && ')}) continue;
      ${each(words, (word) => `cache[k + ${word}] = v${word};`)}
      if (kept !== n) {
        const into = kept * ${words + CANDIDATE_EXTRA};
        ${each(words + CANDIDATE_EXTRA, (word) => `candidates[into + ${word}] = candidates[c + ${word}];`)}
      }
      kept += 1;
  }
  return kept;`;

/**
 * Returns the text of `Sift` by the set as well. Candidates are gone through in lots, twice, so that the
 * cache misses of a lot overlap.
 */
export const lookUpText = (words: number, narrow: boolean): string => `
  const shift = 32 - logSize, low = (1 << shift) - 1;
  const hashes = new Int32Array(${LOT}), places = new Int32Array(${LOT});
  let touched = 0, kept = from;
  for (let lot = from; lot < to; lot += ${LOT}) {
    const lotEnd = Math.min(to, lot + ${LOT});
    let left = 0;
    for (let c = lot * ${words + CANDIDATE_EXTRA}; c < lotEnd * ${words + CANDIDATE_EXTRA}; c += ${words + CANDIDATE_EXTRA}) {
      ${load(words)}
      ${hashText(words)}
      const k = (h >>> 4 & ${CACHE_STATES - 1}) * ${words};
      if (${each(words, (word) => `cache[k + ${word}] === v${word}`, ' && ')}) continue;
      ${each(words, (word) => `cache[k + ${word}] = v${word};`)}
      touched = touched + slots[${narrow ? 'h >>> shift' : '(h >>> shift) * 2'}] | 0;
      hashes[left] = h;
      places[left] = c;
      left += 1;
    }
    next: for (let n = 0; n < left; n += 1) {
      const c = places[n], h = hashes[n];
      ${load(words)}
      ${narrow ? narrowProbe(words, 'known = 0; break;') : wideProbe(words)}
      const into = kept * ${words + CANDIDATE_EXTRA};
      if (into !== c) {
        ${each(words + CANDIDATE_EXTRA, (word) => `candidates[into + ${word}] = candidates[c + ${word}];`)}
      }
      kept += 1;
    }
  }
  hashes[0] = touched;
  return kept;`;
