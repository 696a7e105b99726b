/**
 * A numbering of things in the order in which they were first met: those that are written alike are one, and
 * have one number.
 */
export interface Numbered<T> {
  readonly numberOf: (one: T) => number;
  readonly all: () => readonly T[];
}

/** Makes an empty numbering. */
export const createNumbered = <T>(): Numbered<T> => {
  const numbers = new Map<string, number>();
  const all: T[] = [];
  return {
    numberOf: (one) => {
      const key = JSON.stringify(one);
      const known = numbers.get(key) ?? all.length;
      if (known === all.length) {
        numbers.set(key, known);
        all.push(one);
      }
      return known;
    },
    all: () => all,
  };
};
