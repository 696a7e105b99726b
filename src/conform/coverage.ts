import type { ModelStep } from './part.ts';

/** The part of a register that was exercised. */
export interface RegisterCoverage {
  readonly name: string;
  readonly writes: number;
  readonly comparisons: number;
  /** The bits that were compared at least once, and of these those that were seen as 0, and as 1. */
  readonly compared: number;
  readonly zeros: number;
  readonly ones: number;
}

/** A counter of what is exercised as it is played. */
export interface Coverage {
  readonly add: (moments: readonly ModelStep[]) => void;
  /** Lists the registers by name, in alphabetical order. */
  readonly list: () => readonly RegisterCoverage[];
}

type Counted = { -readonly [K in keyof RegisterCoverage]: RegisterCoverage[K] };

/** Makes a counter at its start. */
export const createCoverage = (): Coverage => {
  const counted = new Map<string, Counted>();
  const of = (name: string): Counted => {
    const known = counted.get(name);
    if (known !== undefined) return known;
    const fresh = { name, writes: 0, comparisons: 0, compared: 0, zeros: 0, ones: 0 };
    counted.set(name, fresh);
    return fresh;
  };
  return {
    add: (moments) => {
      for (const { expectations, writes } of moments) {
        for (const name of writes) of(name).writes += 1;
        for (const { mask, name, value } of expectations) {
          const register = of(name);
          register.comparisons += 1;
          register.compared = (register.compared | mask) >>> 0;
          register.ones = (register.ones | (value & mask)) >>> 0;
          register.zeros = (register.zeros | (~value & mask)) >>> 0;
        }
      }
    },
    list: () => [...counted.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
};
