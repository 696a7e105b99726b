import type { Report } from '../../report/report.ts';

/** The most claims that are told in full, and, below, one a line; of more there is a line a suite. */
export const MOST_TOLD = 10;
/** The most claims that are listed one a line: see `MOST_TOLD`. */
export const MOST_LISTED = 40;

/** A suite, as far as it is shown. */
interface ShownSuite {
  readonly id: string;
  readonly says: string;
  readonly claims: readonly { readonly id: string }[];
}

/** The content of a run's output, and where its files are. */
export interface RunView {
  readonly suites: readonly ShownSuite[];
  readonly report: Report;
  /** The folder of the report. */
  readonly folder: string;
  /** The configuration, if it was named. */
  readonly config?: string;
  /** The text that says what was run instead of claims of the user's own, if that is to be said. */
  readonly instead?: string;
  readonly verbose: boolean;
  readonly quiet: boolean;
}
