import { Fault } from './fault.ts';
import { tooMany } from './too-many.ts';

/** A value of a state or a choice: plain, immutable, comparable by its JSON text. */
export type Value = boolean | number | string | null | readonly Value[] | { readonly [key: string]: Value };

/** A finite set of values that an actor may choose from, in the order in which simpler comes first. */
export interface Domain<T extends Value = Value> {
  readonly values: readonly T[];
}

/** The choices of one action: a domain for each name. */
export type Choices = { readonly [name: string]: Domain };

/** One value for each name of `C`. */
export type Choice<C extends Choices = Choices> = {
  readonly [K in keyof C]: C[K] extends Domain<infer T> ? T : never;
};

/** A domain of the values as listed; the first is the one that shrinking prefers. */
export const oneOf = <const T extends Value>(values: readonly T[]): Domain<T> => ({ values });

/** The most values that a domain may have. */
const MOST_VALUES = 2 ** 20;

const notWhole = (min: number, max: number): Fault =>
  new Fault('UW113', {
    where: `integers(${min}, ${max})`,
    expected: 'two whole numbers, the first and the last',
    got: String(Number.isSafeInteger(min) ? max : min),
    likely: 'a bound that is computed, by a division or from a parameter that is missing',
    next: 'round the bounds, or list the values with oneOf([…])',
  });

/**
 * The domain of integers from `min` to `max`, both included. Throws UW113 for bounds that are no whole
 * numbers, UW118 for more than 1,048,576.
 */
export const integers = (min: number, max: number): Domain<number> => {
  if (![min, max].every(Number.isSafeInteger)) throw notWhole(min, max);
  const count = Math.max(0, max - min + 1);
  if (count > MOST_VALUES) throw tooMany(`integers(${min}, ${max})`, MOST_VALUES, `${count} values`);
  return { values: Array.from({ length: count }, (_, offset) => min + offset) };
};

/** The domain `false`, then `true`. */
export const booleans = (): Domain<boolean> => ({ values: [false, true] });
