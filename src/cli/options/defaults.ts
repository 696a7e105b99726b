/**
 * Where reports go by default: each kind of run has a folder of its own, so that none takes the place of
 * another.
 */
export const OUT = {
  /** Of a run of every claim. */
  verify: 'reports/latest/verify',
  /** Of a run of some claims. */
  selection: 'reports/latest/verify-selection',
  audit: 'reports/latest/audit',
} as const;
