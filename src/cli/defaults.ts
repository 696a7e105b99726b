/** Where reports go. */
export const DEFAULT_OUT = 'reports/latest';
/** The same seed for everybody, so that two people who run the same version see the same. */
export const DEFAULT_SEED = 1;
/** Runs of each random search. */
export const DEFAULT_RUNS = 10_000;
/** Runs measured against each known attack: enough to tell easy from hard within a fraction of a minute. */
export const DEFAULT_PROBE_RUNS = 1000;
