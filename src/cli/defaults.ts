/** Where reports go. */
export const DEFAULT_OUT = 'reports/latest';
/** Runs measured against each known attack: enough to tell easy from hard within a fraction of a minute. */
export const DEFAULT_PROBE_RUNS = 1000;
