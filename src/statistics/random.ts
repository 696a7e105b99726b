/** A source of random numbers that are the same for the same seed, on every machine. */
export interface Random {
  /** Draws a whole number from 0 to `below` - 1, each equally likely. `below` is from 1 to 2^32. */
  readonly whole: (below: number) => number;
}

const rotl = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** Makes words of splitmix32 from a seed: neighbouring seeds give states that have nothing in common. */
const spread = (seed: number): readonly [number, number, number, number] => {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let word = state ^ (state >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return word ^ (word >>> 15);
  };
  return [next(), next(), next(), next()];
};

/** Makes words of 32 bits of xoshiro128** (Blackman, Vigna, 2018) from a state that is not all zeros. */
export const xoshiro = (state: readonly [number, number, number, number]): (() => number) => {
  let [a, b, c, d] = state;
  return () => {
    const word = Math.imul(rotl(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotl(d, 11);
    return word;
  };
};

const WORDS = 2 ** 32;

/** Makes a source of random numbers from a seed of 32 bits. */
export const createRandom = (seed: number): Random => {
  const word = xoshiro(spread(seed));
  return {
    whole: (below) => {
      // Words beyond the largest multiple would make small numbers likelier.
      const limit = WORDS - (WORDS % below);
      let drawn = word();
      while (drawn >= limit) drawn = word();
      return drawn % below;
    },
  };
};
