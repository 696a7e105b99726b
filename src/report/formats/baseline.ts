import type { Attack } from '../../attack/attack.ts';
import type { Report } from '../report.ts';

const withoutSteps = (attack: Attack): Attack => {
  const { onward: _, ...rest } = attack;
  return { ...rest, steps: [] };
};

/**
 * Makes a baseline: a report that is small enough to be kept with the sources. It has verdicts, lengths of
 * attacks, numbers of states and times, for `diff` and for `verify --shard`; no stories and no searches.
 */
export const baselineOf = (report: Report): Report => {
  const { sources: _, ...rest } = report;
  return {
    ...rest,
    searches: [],
    claims: report.claims.map(({ attack, stops: __, witness, ...entry }) => ({
      ...entry,
      ...(attack === undefined ? {} : { attack: withoutSteps(attack) }),
      ...(witness === undefined ? {} : { witness: withoutSteps(witness) }),
    })),
  };
};
