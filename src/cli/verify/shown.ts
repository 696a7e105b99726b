import type { Report } from '../../report/report.ts';

/** So many claims are told in full, and so many one a line; of more there is a line a suite. */
export const MOST_TOLD = 10;
/** See `MOST_TOLD`. */
export const MOST_LISTED = 40;

/** A suite, as far as it is shown. */
interface ShownSuite {
  readonly id: string;
  readonly says: string;
  readonly claims: readonly { readonly id: string }[];
}

/** What to show of a run, and where its files are. */
export interface RunView {
  readonly suites: readonly ShownSuite[];
  readonly report: Report;
  /** Where the report was written. */
  readonly folder: string;
  /** The configuration, if it was named. */
  readonly config?: string;
  /** What was run instead of claims of the user's own, if that is to be said. */
  readonly instead?: string;
  readonly verbose: boolean;
  readonly quiet: boolean;
}
