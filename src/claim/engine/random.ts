import { certify } from '../../attack/shortest.ts';
import type { System } from '../../model/index.ts';
import { searchRandomlyInSlices, type RandomResult } from '../../search/random/campaign.ts';
import { replayRandom } from '../../search/random/replay.ts';
import type { Limits, SearchResult, Trace, Verdict } from '../../search/result.ts';
import { drive, type Listening } from './drive.ts';
import type { RandomFigures, SearchSummary } from '../result.ts';

/** The budget of random search. */
export interface RandomBudget {
  /** The same seed gives the same runs. */
  readonly seed: number;
  /** Runs of each search, unless every claim is decided before. */
  readonly runs: number;
  /** The path: with the seed it was found under, it repeats one finding. */
  readonly path: string;
}

/** The default budget of a random search. */
export const RANDOM_DEFAULTS = { seed: 1, runs: 20_000, maxDepth: 50 } as const;

interface Asked {
  readonly invariants: readonly string[];
  readonly limits: Limits;
  readonly random: Partial<RandomBudget>;
  readonly listening: Listening;
}

interface Found {
  readonly result: SearchResult;
  readonly figures: Pick<SearchSummary, 'differentStates' | 'lengths' | 'userRuns'>;
  readonly random: { readonly [invariant: string]: RandomFigures };
}

const figuresOf = (result: RandomResult, invariant: string): RandomFigures => {
  const { seed, runs, transitions } = result;
  const finding = result.findings[invariant];
  if (finding === undefined) {
    const failureProbabilityAtMost = result.failureProbabilityAtMost[invariant];
    const figures = { found: false, runs, steps: transitions, seed };
    if (failureProbabilityAtMost === undefined) return figures;
    return { ...figures, failureProbabilityAtMost, freshRuns: result.freshRuns };
  }
  const { foundInRun, stepsToFind, firstLength, shrunkLength, path } = finding;
  return { found: true, runs: foundInRun + 1, steps: stepsToFind, firstLength, shrunkLength, seed, path };
};

/** Searches for violations along random runs. */
export const randomly = async (
  system: System,
  { invariants, limits, random, listening }: Asked,
): Promise<Found> => {
  const { maxDepth = RANDOM_DEFAULTS.maxDepth, memoryLimitMb, timeLimitMs } = limits;
  const { seed = RANDOM_DEFAULTS.seed, runs = RANDOM_DEFAULTS.runs } = random;
  const budget = {
    invariants,
    seed,
    runs,
    maxDepth,
    ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }),
    ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
  };
  const result = await drive(searchRandomlyInSlices(system, budget), listening);
  return {
    result,
    figures: {
      ...(result.differentStates === undefined ? {} : { differentStates: result.differentStates }),
      lengths: result.lengths,
      userRuns: result.userRuns,
    },
    random: Object.fromEntries(invariants.map((invariant) => [invariant, figuresOf(result, invariant)])),
  };
};

// A search below a length that random search reached is small; one that is not is given up.
const CERTIFICATE_STATES = 200_000;

/**
 * Certifies each attack found by an exhaustive search for a shorter one. A shorter attack takes its place; if
 * there is none, the attack is a shortest one, and says so.
 */
export const certified = async (system: System, found: Found, listening: Listening): Promise<Found> => {
  const verdicts = new Map(Object.entries(found.result.verdicts));
  for (const [invariant, verdict] of verdicts) {
    if (verdict.kind !== 'violated' || verdict.trace === undefined) continue;
    if (listening.signal?.aborted === true) break;
    const search = certify(system, invariant, verdict.trace, { maxStates: CERTIFICATE_STATES });
    const { trace, shortest } = await drive(search, listening);
    verdicts.set(invariant, { kind: 'violated', trace, shortest });
  }
  return { ...found, result: { ...found.result, verdicts: Object.fromEntries(verdicts) } };
};

const shownBy = (system: System, invariant: string, trace: Trace): Verdict =>
  system.model.invariants[invariant]?.kind === 'sometimes'
    ? { kind: 'holds', witness: trace }
    : { kind: 'violated', trace, shortest: false };

/**
 * Repeats one finding, for each of the invariants: the runs up to it, along which nothing is looked for.
 * Throws UW202 for a path that makes no sense, UW503 for one that no longer leads to the finding.
 */
export const repeated = (system: System, { invariants, limits, random }: Asked, path: string): Found => {
  const { maxDepth = RANDOM_DEFAULTS.maxDepth } = limits;
  const { seed = RANDOM_DEFAULTS.seed, runs = RANDOM_DEFAULTS.runs } = random;
  const traces = invariants.map(
    (invariant) => [invariant, replayRandom(system, { invariant, seed, path, maxDepth, runs })] as const,
  );
  const steps = traces.reduce((sum, [, trace]) => sum + trace.steps.length, 0);
  return {
    result: {
      engine: 'random',
      verdicts: Object.fromEntries(
        traces.map(([invariant, trace]) => [invariant, shownBy(system, invariant, trace)]),
      ),
      antecedents: {},
      actions: {},
      states: steps + traces.length,
      transitions: steps,
      depth: Math.max(0, ...traces.map(([, trace]) => trace.steps.length)),
      complete: false,
      warnings: [],
    },
    figures: {},
    random: Object.fromEntries(
      traces.map(
        ([
          invariant,
          {
            steps: { length },
          },
        ]) => [
          invariant,
          { found: true, runs: 1, steps: length, firstLength: length, shrunkLength: length, seed, path },
        ],
      ),
    ),
  };
};
