/**
 * The default folders of reports: each kind of run has a folder of its own, so that none takes the place of
 * another.
 */
export const OUT = {
  /** The folder of a run of every claim. */
  verify: 'reports/latest/verify',
  /** The folder of a run of some claims. */
  selection: 'reports/latest/verify-selection',
  audit: 'reports/latest/audit',
} as const;
