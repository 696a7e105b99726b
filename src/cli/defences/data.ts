import type { AttackRow, DefenceReport, KnownTrace } from '../../defence/result.ts';

const knownData = ({ on, shortest, trace }: KnownTrace): object => ({
  on,
  shortest,
  initial: trace.initial,
  steps: trace.steps.map(({ action, choice }) => ({ action, choice })),
});

const rowData = ({ known, ...row }: AttackRow): object => ({ ...row, known: known.map(knownData) });

/** Makes the data of `defences --json`, which is also recorded: no clock, no chance. */
export const defencesData = (reports: readonly DefenceReport[], leftOut: readonly string[]): object => ({
  schemaVersion: 1,
  models: reports.map(({ attacks, matrix, ...report }) => ({
    ...report,
    attacks: attacks.map(rowData),
    ...(matrix === undefined
      ? {}
      : { matrix: matrix.rows.map(({ known, ...row }) => ({ ...row, known: known.map(knownData) })) }),
  })),
  ...(leftOut.length === 0 ? {} : { leftOut }),
});
