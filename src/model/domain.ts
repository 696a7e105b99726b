/** A value a state or a choice may hold: plain, immutable, comparable by its JSON text. */
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

/** The values as listed; the first is the one that shrinking prefers. */
export const oneOf = <const T extends Value>(values: readonly T[]): Domain<T> => ({ values });

/** Every integer from `min` to `max`, both included. */
export const integers = (min: number, max: number): Domain<number> => ({
  values: Array.from({ length: Math.max(0, max - min + 1) }, (_, offset) => min + offset),
});

/** `false`, then `true`. */
export const booleans = (): Domain<boolean> => ({ values: [false, true] });
