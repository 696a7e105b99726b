import { createRandom, type Random } from '../../../statistics/random.ts';

export type { Random } from '../../../statistics/random.ts';

/**
 * Makes the random numbers of one input, independent of those of any other, so that each can be made again by
 * itself.
 */
export const chanceOf = (seed: number, input: number): Random =>
  createRandom((Math.imul(seed, 0x9e37_79b1) + Math.imul(input, 0x85eb_ca6b)) | 0);

/** Draws one of several, each equally likely. */
export const oneOf = <T>(random: Random, items: readonly T[]): T => items[random.whole(items.length)] as T;

/** Draws true once in so many times, on the average. */
export const once = (random: Random, times: number): boolean => random.whole(times) === 0;
