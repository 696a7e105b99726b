import type { Random } from './chance.ts';

/** A subject of fuzzing: a reader of what anyone may have written. */
export interface Subject {
  readonly name: string;
  /** The share of the subject: how many of a hundred inputs are for it. */
  readonly share: number;
  /**
   * Makes an input, gives it to its reader, and returns the outcome: the code of a fault, or a word. Throws
   * for whatever must never come of any input.
   */
  readonly run: (random: Random) => Promise<string>;
}

/** Throws unless `is`. */
export const must = (is: boolean, says: string): void => {
  if (!is) throw new Error(says);
};
