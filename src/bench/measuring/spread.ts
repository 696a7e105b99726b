/** Several measurements of one thing. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Returns the spread of `values`; undefined if there are none, or if one of them is not known. */
export const spreadOf = (values: readonly (number | undefined)[]): Spread | undefined => {
  const known = values.filter((value) => value !== undefined).toSorted((a, b) => a - b);
  const [min] = known;
  const max = known.at(-1);
  const lower = known[Math.floor((known.length - 1) / 2)];
  const upper = known[Math.floor(known.length / 2)];
  if (known.length < values.length) return undefined;
  if (min === undefined || max === undefined || lower === undefined || upper === undefined) return undefined;
  return { median: (lower + upper) / 2, min, max };
};

/**
 * Returns, round by round, how many times `of` is `by`: a slow moment of the machine, which affects both,
 * cancels out.
 */
export const ratiosOf = (
  of: readonly (number | undefined)[],
  by: readonly (number | undefined)[],
): Spread | undefined =>
  spreadOf(
    of.slice(0, by.length).map((value, round) => {
      const divisor = by[round];
      return value === undefined || divisor === undefined || divisor === 0 ? undefined : value / divisor;
    }),
  );
