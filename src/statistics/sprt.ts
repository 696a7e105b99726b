import { Fault } from '../model/index.ts';

/** Two probabilities of a hit to decide between, and how often either decision may be wrong. */
export interface Hypotheses {
  /** The probability of a hit, at most, if the first hypothesis is true; below `high`. */
  readonly low: number;
  readonly high: number;
  /** The probability, at most, to decide for `high` when `low` is true, and the other way round. */
  readonly alpha: number;
  readonly beta: number;
}

/** The result of a sequential test, and after how many runs. */
export interface SprtResult {
  readonly decision: 'low' | 'high' | 'open';
  readonly runs: number;
  readonly hits: number;
}

const isProbability = (value: number): boolean => value > 0 && value < 1;

/**
 * Wald's sequential probability ratio test (1945): runs are drawn until one of two hypotheses is likelier
 * than the other by as much as the errors allow, or there are no more. Throws UW902 for hypotheses that
 * cannot be told apart.
 */
export const sprt = (
  { alpha, beta, high, low }: Hypotheses,
  draw: () => boolean,
  most: number,
): SprtResult => {
  if (![alpha, beta, high, low].every(isProbability) || low >= high) {
    throw new Fault('UW902', {
      where: 'a sequential test',
      expected:
        'two different probabilities between 0 and 1, the smaller one first, and two errors between them',
      got: `low ${low}, high ${high}, alpha ${alpha}, beta ${beta}`,
      likely: 'a bound of nothing or of everything: no number of runs decides such a one',
      next: 'state a bound between 0 and 1',
    });
  }
  // Wald's own bounds keep the errors approximately; these keep them, by Ville's inequality, for a little
  // more runs.
  const [upper, lower] = [-Math.log(alpha), Math.log(beta)];
  const [hit, miss] = [Math.log(high / low), Math.log((1 - high) / (1 - low))];
  let [runs, hits] = [0, 0];
  while (runs < most) {
    runs += 1;
    if (draw()) hits += 1;
    // The sum comes from the counts, not step by step: the sum of many small numbers would drift.
    const ratio = hits * hit + (runs - hits) * miss;
    if (ratio >= upper) return { decision: 'high', runs, hits };
    if (ratio <= lower) return { decision: 'low', runs, hits };
  }
  return { decision: 'open', runs, hits };
};
