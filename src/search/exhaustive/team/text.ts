import { CANDIDATE_EXTRA, each, hashText, IN_SEGMENT, LOT, narrowProbe } from '../kernel-text.ts';
import { SEGMENT_BITS } from '../segments.ts';

/** States that a member remembers to have let through. */
export const CACHE_STATES: number = 2 ** 14;

const load = (words: number): string => each(words, (word) => `const v${word} = candidates[c + ${word}];`);

// Entries of states that came after the batch was laid out may be read before the states themselves: they do not count.
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

/** `Sift`. */
export const siftText = (words: number, narrow: boolean): string => `
  const shift = 32 - logSize, low = (1 << shift) - 1;
  const hashes = new Int32Array(${LOT});
  let touched = 0, kept = from;
  for (let lot = from; lot < to; lot += ${LOT}) {
    const lotEnd = Math.min(to, lot + ${LOT});
    for (let n = lot; n < lotEnd; n += 1) {
      const c = n * ${words + CANDIDATE_EXTRA};
      ${load(words)}
      ${hashText(words)}
      hashes[n - lot] = h;
      touched = touched + slots[${narrow ? 'h >>> shift' : '(h >>> shift) * 2'}] | 0;
    }
    next: for (let n = lot; n < lotEnd; n += 1) {
      const c = n * ${words + CANDIDATE_EXTRA}, h = hashes[n - lot];
      ${load(words)}
      const k = (h >>> 4 & ${CACHE_STATES - 1}) * ${words};
      if (${each(words, (word) => `cache[k + ${word}] === v${word}`, ' && ')}) continue;
      ${narrow ? narrowProbe(words, 'known = 0; break;') : wideProbe(words)}
      ${each(words, (word) => `cache[k + ${word}] = v${word};`)}
      if (kept !== n) {
        const k = kept * ${words + CANDIDATE_EXTRA};
        ${each(words + CANDIDATE_EXTRA, (word) => `candidates[k + ${word}] = candidates[c + ${word}];`)}
      }
      kept += 1;
    }
  }
  hashes[0] = touched;
  return kept;`;
