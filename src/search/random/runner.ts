import fc from 'fast-check';

/** The runs that fast-check makes: `path` is the number of the first one, or leads to a shrunk one. */
export interface Which {
  readonly seed: number;
  readonly path: string;
  readonly runs: number;
  /** Whether to shrink the first run for which `goesOn` is false, as long as it stays so. */
  readonly shrinks: boolean;
}

/**
 * Makes runs until `goesOn` says no. An error of `goesOn` is no finding: it gets out as it is. Settings that
 * the user made for fast-check as a whole have no say here, or a seed would not mean the same run.
 */
export const makeRuns = <T>(
  runs: fc.Arbitrary<T>,
  which: Which,
  goesOn: (run: T) => boolean,
): fc.RunDetails<[T]> => {
  const thrown: Error[] = [];
  const property = fc.property(runs, (run) => {
    try {
      return goesOn(run);
    } catch (error) {
      thrown.push(error as Error);
      throw error;
    }
  });
  const details = fc.check(property, {
    seed: which.seed,
    path: which.path,
    numRuns: which.runs,
    endOnFailure: !which.shrinks,
    randomType: 'xorshift128plus',
    examples: [],
    plugins: [],
    skipEqualValues: false,
    ignoreEqualValues: false,
    verbose: fc.VerbosityLevel.None,
  });
  if (thrown[0] !== undefined) throw thrown[0];
  return details;
};
