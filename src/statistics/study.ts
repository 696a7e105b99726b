import { clopperPearson, type Interval } from './interval.ts';
import { createRandom, type Random } from './random.ts';
import { sprt, type SprtResult } from './sprt.ts';

/** A population: something that is measured again and again, and a claim of how often it is out of limits. */
export interface Population {
  readonly id: string;
  readonly says: string;
  readonly source: string;
  /** Draws one measurement, a whole number of the study's unit. */
  readonly draw: (random: Random) => number;
  /** The claimed number of values out of limits in a million, at most or at least; neither none nor all. */
  readonly outside: { readonly bound: 'atMost' | 'atLeast'; readonly perMillion: number };
}

/** A study: measurements against limits, and claims about them that are shown by samples and not by proof. */
export interface Study {
  readonly id: string;
  readonly says: string;
  /** The unit of the measured numbers: `ns`. */
  readonly unit: string;
  /** The first and the last value within limits. */
  readonly lower?: number;
  readonly upper: number;
  readonly populations: readonly Population[];
}

/** The options of sampling. */
export interface StudyOptions {
  readonly runs: number;
  readonly seed: number;
  /** The confidence: how often, at least, an interval holds the true share. */
  readonly confidence: number;
  /** The error: how often, at most, the sequential test is wrong either way. */
  readonly error: number;
}

/** The result of a sample of one population. */
export interface PopulationResult {
  readonly population: Population;
  readonly values: readonly number[];
  /** The number of values out of limits. */
  readonly outside: number;
  readonly interval: Interval;
  /** `shown` where the whole interval is on the claimed side, `refuted` where none of it is. */
  readonly verdict: 'shown' | 'refuted' | 'open';
  /** The sequential test between the claimed share and one twice as far from being met. */
  readonly sequential: SprtResult & { readonly low: number; readonly high: number };
}

/** A study and its samples. */
export interface StudyResult {
  readonly study: Study;
  readonly options: StudyOptions;
  readonly populations: readonly PopulationResult[];
}

const MILLION = 1_000_000;

/**
 * Returns a seed of its own for each population and use, so that none depends on how many there are before
 * it.
 */
const seedFor = (seed: number, place: number, use: number): number =>
  Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(2 * place + use + 1, 0x85ebca6b);

/**
 * Returns the shares that the sequential test tells apart: the claimed one, and twice the misses or false
 * alarms that it allows.
 */
const sharesOf = ({
  outside: { bound, perMillion },
}: Population): { readonly low: number; readonly high: number } => {
  const claimed = perMillion / MILLION;
  return bound === 'atMost'
    ? { low: claimed, high: Math.min(2 * claimed, (1 + claimed) / 2) }
    : { low: Math.max(1 - 2 * (1 - claimed), claimed / 2), high: claimed };
};

const verdictOf = (
  { outside: { bound, perMillion } }: Population,
  { lower, upper }: Interval,
): PopulationResult['verdict'] => {
  const claimed = perMillion / MILLION;
  const [shown, refuted] =
    bound === 'atMost' ? [upper <= claimed, lower > claimed] : [lower >= claimed, upper < claimed];
  if (shown) return 'shown';
  return refuted ? 'refuted' : 'open';
};

/**
 * Samples every population of a study. The same options give the same result. Throws UW902 for claims that no
 * sample can decide.
 */
export const runStudy = (study: Study, options: StudyOptions): StudyResult => {
  const { confidence, error, runs, seed } = options;
  const isOutside = (value: number): boolean =>
    value > study.upper || (study.lower !== undefined && value < study.lower);
  const populations = study.populations.map((population, place): PopulationResult => {
    const random = createRandom(seedFor(seed, place, 0));
    const values = Array.from({ length: runs }, () => population.draw(random));
    const outside = values.filter(isOutside).length;
    const interval = clopperPearson(outside, runs, confidence);
    const again = createRandom(seedFor(seed, place, 1));
    const shares = sharesOf(population);
    const draw = (): boolean => isOutside(population.draw(again));
    const sequential = sprt({ ...shares, alpha: error, beta: error }, draw, 100 * runs);
    return {
      population,
      values,
      outside,
      interval,
      verdict: verdictOf(population, interval),
      sequential: { ...sequential, ...shares },
    };
  });
  return { study, options, populations };
};
