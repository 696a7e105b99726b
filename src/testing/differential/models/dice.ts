import { createRandom } from '../../../statistics/random.ts';

/** Dice: random numbers from a seed, as generators use them. */
export interface Dice {
  /** Draws a whole number from 0 to `below` - 1. */
  readonly below: (below: number) => number;
  /** Draws a whole number from `least` to `most`. */
  readonly from: (least: number, most: number) => number;
  /** Draws true once in so many times, on the average. */
  readonly onceIn: (times: number) => boolean;
  readonly pick: <T>(some: readonly T[]) => T;
  /** Returns what one of these makes. */
  readonly make: <T>(ways: readonly (() => T)[]) => T;
  /** Draws some of these, in their order. */
  readonly some: <T>(from: readonly T[], least: number, most: number) => readonly T[];
  /** Makes so many things, one after the other. */
  readonly times: <T>(least: number, most: number, make: (index: number) => T) => readonly T[];
}

export const createDice = (seed: number): Dice => {
  const { whole } = createRandom(seed);
  const from = (least: number, most: number): number => least + whole(most - least + 1);
  return {
    below: whole,
    from,
    onceIn: (times) => whole(times) === 0,
    pick: (some) => some[whole(some.length)]!,
    make: (ways) => ways[whole(ways.length)]!(),
    some: (all, least, most) => {
      const rest = [...all];
      const count = Math.min(all.length, from(least, most));
      while (rest.length > count) rest.splice(whole(rest.length), 1);
      return rest;
    },
    times: (least, most, make) => Array.from({ length: from(least, most) }, (_, index) => make(index)),
  };
};
