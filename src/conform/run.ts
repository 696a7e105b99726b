import fc from 'fast-check';
import { createCoverage, type RegisterCoverage } from './coverage.ts';
import { machinePool, type Difference } from './compare.ts';
import type { Oracle } from './machine.ts';
import type { Operation } from './operation.ts';
import type { Part } from './part.ts';

/** The options of a conformance run: how long it takes, and what it generates. */
export interface ConformOptions {
  /** The fewest operations that are generated. */
  readonly operations: number;
  readonly seed: number;
  /** Whether to shrink a difference as far as it gets (default true). */
  readonly shrinks?: boolean;
  /**
   * An observer, called after each sequence with the operations so far; the run ends early if it returns
   * 'stop'.
   */
  readonly observer?: (operations: number) => 'stop' | void;
}

/** The findings of a conformance run. */
export interface Conformance {
  readonly part: Part;
  readonly oracle: string;
  readonly version: string;
  readonly seed: number;
  readonly sequences: number;
  readonly operations: number;
  readonly comparisons: number;
  readonly exercised: readonly RegisterCoverage[];
  /**
   * The shortest sequence that was found after which the two differ, and how; undefined where none was found.
   */
  readonly counterexample:
    | { readonly operations: readonly Operation[]; readonly difference: Difference }
    | undefined;
  /** Whether it was told to stop. */
  readonly interrupted: boolean;
}

const MOST_OPERATIONS = 200;

const sequencesOf = ({ operations }: Part): fc.Arbitrary<readonly Operation[]> =>
  fc.array(operations, { minLength: 1, maxLength: MOST_OPERATIONS, size: 'max' });

/** Returns the number of sequences of a seed that have `operations` together. */
const sequencesFor = (
  arbitrary: fc.Arbitrary<readonly Operation[]>,
  { operations, seed }: ConformOptions,
): number => {
  for (let count = Math.ceil(operations / (MOST_OPERATIONS / 2)); ; count += Math.ceil(count / 4)) {
    let sum = 0;
    const lengths = fc.sample(arbitrary, { seed, numRuns: count }).map(({ length }) => length);
    const enough = lengths.findIndex((length) => (sum += length) >= operations);
    if (enough >= 0) return enough + 1;
  }
};

class Stopped extends Error {}

/**
 * Plays generated sequences of operations on the model of a part and on a real implementation, and compares
 * after each operation all that can be seen. The first difference ends the run, with the sequence made as
 * short as shrinking gets it. The same seed generates the same sequences. Throws UW440 where the
 * implementation does not answer.
 */
export const conform = async (part: Part, oracle: Oracle, options: ConformOptions): Promise<Conformance> => {
  const { observer, seed, shrinks = true } = options;
  const arbitrary = sequencesOf(part);
  const numRuns = sequencesFor(arbitrary, options);
  const coverage = createCoverage();
  const bench = machinePool(oracle);
  let sequences = 0;
  let operations = 0;
  let shortest: Conformance['counterexample'];
  let interrupted = false;
  const compare = async (sequence: readonly Operation[]): Promise<boolean> => {
    const { difference, moments } = await bench.compare(part, sequence);
    if (difference !== undefined) {
      // Operations after the difference do not matter.
      shortest = { operations: sequence.slice(0, difference.at + 1), difference };
      return false;
    }
    if (shortest !== undefined) return true;
    coverage.add(moments);
    sequences += 1;
    operations += sequence.length;
    if (observer?.(operations) === 'stop') throw new Stopped();
    return true;
  };
  try {
    const { errorInstance } = await fc.check(fc.asyncProperty(arbitrary, compare), {
      seed,
      numRuns,
      endOnFailure: !shrinks,
    });
    if (errorInstance instanceof Stopped) interrupted = true;
    else if (errorInstance instanceof Error && shortest === undefined) throw errorInstance;
  } finally {
    await bench.close();
  }
  const exercised = coverage.list();
  return {
    part,
    oracle: oracle.name,
    version: oracle.version() ?? 'unknown',
    seed,
    sequences,
    operations,
    comparisons: exercised.reduce((sum, { comparisons }) => sum + comparisons, 0),
    exercised,
    counterexample: shortest,
    interrupted,
  };
};
