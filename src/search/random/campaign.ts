import type { System } from '../../model/index.ts';
import { watchedSlices } from '../../model/watchdog/slices.ts';
import { monitorsOf, type Monitor } from '../monitor/monitor.ts';
import { DEFAULT_BUDGET, withBudget } from '../limits.ts';
import { searchInOneGo } from '../one-go.ts';
import { TOO_LARGE, watchProcess } from '../process-memory.ts';
import type { Bound, Observer, Progress, SearchResult, Trace, Verdict } from '../result.ts';
import { nothingFound, timeIsOver, unlessEnded } from '../set-up.ts';
import { withSpace, type Space } from '../learned-relation/space.ts';
import { foundRun, notThere, runOfWalk } from './shrinking/found.ts';
import { createLost, type Lost } from './monitoring/lost.ts';
import { checkOptions, type RandomOptions } from './options.ts';
import { traceOf } from './run.ts';
import { makeRuns } from './runner.ts';
import { isForRuns, sightingOf } from './monitoring/sighting.ts';
import { count, lengthsOf, newTally, type LengthCount, type RandomActionCount, type Tally } from './tally.ts';
import { walksOf, type Walk, type Walks } from './walks/walk.ts';
import { warningsOf } from './warnings.ts';
import { watchedAlong } from './monitoring/watching.ts';

/**
 * A finding of random search: what it took to find a violation, or the witness of a `sometimes`, and what
 * repeats it.
 */
export interface RandomFinding {
  /** The number of the run, from 0. It goes on from what the runs before it came by, or begins anew. */
  readonly foundInRun: number;
  /** The number of steps made in all runs until it was there. */
  readonly stepsToFind: number;
  readonly seed: number;
  /** The path: with the seed, it leads `replayRandom` to the shrunk run at once. */
  readonly path: string;
  /** The number of steps of the way to it in the run that found it, and after shrinking. */
  readonly firstLength: number;
  readonly shrunkLength: number;
  readonly shrinks: number;
}

/** The result of a random search. It is never complete, and no trace of it is known to be shortest. */
export interface RandomResult extends SearchResult {
  readonly engine: 'random';
  readonly complete: false;
  readonly actions: { readonly [action: string]: RandomActionCount };
  readonly seed: number;
  /** The number of runs made. */
  readonly runs: number;
  readonly lengths: readonly LengthCount[];
  readonly findings: { readonly [invariant: string]: RandomFinding };
  /** The number of runs that began anew: they are independent of all others. */
  readonly freshRuns: number;
  /**
   * The number of different states on the runs, initial ones included; not there once some were forgotten.
   */
  readonly differentStates?: number;
  /** The number of runs of the model's functions to learn what they do; the rest was looked up. */
  readonly userRuns: number;
  /**
   * The probability, at most, that a run which begins anew finds a violation, with 95 % confidence: for each
   * invariant that one run can decide and that has no finding. It is about this search's way of drawing runs,
   * not about an adversary.
   */
  readonly failureProbabilityAtMost: { readonly [invariant: string]: number };
}

/** One invariant during a campaign. */
interface Quest {
  readonly id: string;
  readonly monitor: Monitor;
  readonly lost: Lost | undefined;
  antecedents: number;
  found:
    | (Pick<RandomFinding, 'foundInRun' | 'stepsToFind' | 'firstLength'> & { readonly walk: Walk })
    | undefined;
}

/** The state of a campaign. */
interface Campaign {
  readonly system: System;
  readonly space: Space;
  readonly walks: Walks;
  readonly quests: readonly Quest[];
  readonly tally: Tally;
  readonly options: RandomOptions;
}

// Steps between two turns of whoever listens: a few tenths of a second, or that time where steps take longer.
const SLICE = 16_384;
const SLICE_MS = 300;

const lookFor = ({ quests, tally, walks }: Campaign, walk: Walk): void => {
  for (const quest of quests) {
    if (quest.found !== undefined) continue;
    const { at, antecedents } = watchedAlong(quest.monitor, walks.graph, walk, quest.lost);
    quest.antecedents += antecedents;
    if (at === undefined) continue;
    const stepsToFind = tally.transitions + Math.max(0, at - walk.from);
    quest.found = { foundInRun: tally.runs, stepsToFind, firstLength: at, walk };
  }
};

/**
 * Shrinks the run that a quest found: the model itself makes the run again, and this invariant alone is
 * looked for.
 */
const shrink = (
  { system, options: { seed } }: Campaign,
  { id, found, lost }: Quest,
): { readonly trace: Trace; readonly finding: RandomFinding } | undefined => {
  if (found === undefined) return undefined;
  const { walk, ...rest } = found;
  const first = runOfWalk(system, walk);
  if (first === undefined) throw notThere(system, id, seed, rest.foundInRun);
  const which = { seed, path: String(rest.foundInRun), runs: 1, shrinks: true };
  const { counterexample, counterexamplePath, numShrinks } = makeRuns(
    foundRun(system, first),
    which,
    (run) => sightingOf(system, id, run, lost?.has).at === undefined,
  );
  const [run] = counterexample ?? [];
  if (run === undefined) throw notThere(system, id, seed, rest.foundInRun);
  const shrunk = { seed, path: counterexamplePath!, shrunkLength: run.instances.length, shrinks: numShrinks };
  return { trace: traceOf(run), finding: { ...rest, ...shrunk } };
};

const verdictOf = (system: System, id: string, trace: Trace | undefined, bound: Bound): Verdict => {
  if (trace === undefined) return { kind: 'unresolved', bound };
  if (system.model.invariants[id]!.kind === 'sometimes') return { kind: 'holds', witness: trace };
  return { kind: 'violated', trace, shortest: false };
};

const finish = (campaign: Campaign): RandomResult => {
  const { options, quests, space, system, tally, walks } = campaign;
  const shrunk = quests.map((quest) => ({ ...quest, ...shrink(campaign, quest) }));
  const open = quests.some(({ found }) => found === undefined);
  const bound = tally.bound ?? 'runs';
  const different = walks.different();
  return {
    engine: 'random',
    verdicts: Object.fromEntries(shrunk.map(({ id, trace }) => [id, verdictOf(system, id, trace, bound)])),
    antecedents: Object.fromEntries(quests.map(({ id, antecedents }) => [id, antecedents])),
    actions: Object.fromEntries(tally.actions),
    states: tally.states,
    transitions: tally.transitions,
    depth: tally.depth,
    complete: false,
    ...(open || quests.length === 0 ? { bound } : {}),
    warnings: [...warningsOf(system, quests, tally), ...(tally.bound === 'memoryLimitMb' ? [TOO_LARGE] : [])],
    seed: options.seed,
    runs: tally.runs,
    freshRuns: tally.freshRuns,
    ...(different === undefined ? {} : { differentStates: different }),
    userRuns: space.counts().userRuns,
    lengths: lengthsOf(tally),
    findings: Object.fromEntries(
      shrunk.flatMap(({ id, finding }) => (finding === undefined ? [] : [[id, finding]])),
    ),
    // (1 - p)^runs < 5 % for every p above it.
    failureProbabilityAtMost: Object.fromEntries(
      quests.flatMap(({ id, found }) =>
        found === undefined && isForRuns(system, id) ? [[id, 1 - 0.05 ** (1 / tally.freshRuns)]] : [],
      ),
    ),
  };
};

/**
 * Looks for violations along random runs; yields its progress every few thousand steps and stops when sent
 * `stop`. All invariants are looked at in one campaign: the first run that breaks one is kept and shrunk, and
 * the search goes on for the others. Runs do not depend on what is looked for, nor on how the campaign is
 * sliced. Throws UW101, UW201 or UW202 for options that make no sense, UW104 for a model that is not pure,
 * UW106 for one that throws, UW117 for one that does not return.
 */
export const searchRandomlyInSlices = (
  system: System,
  options: RandomOptions,
): Generator<Progress, RandomResult, 'stop' | undefined> =>
  watchedSlices((spentMs) => searchFrom(system, options, spentMs), options);

/** Runs the search itself, of whose time some was spent before. */
function* searchFrom(
  system: System,
  options: RandomOptions,
  spentMs: number,
): Generator<Progress, RandomResult, 'stop' | undefined> {
  checkOptions(system, options);
  const startMs = performance.now() - spentMs;
  const { timeLimitMs } = options;
  const isOver = timeIsOver(timeLimitMs === undefined ? {} : { timeLimitMs }, startMs);
  const slices = withSpace(system, (space) => makeAll(begin(system, space, options), startMs), { isOver });
  return yield* unlessEnded(slices, (bound) => nothingSeen(system, options, bound));
}

/** Begins a campaign that has made no run yet. */
const begin = (system: System, space: Space, options: RandomOptions): Campaign => {
  const asked = options.invariants ?? Object.keys(system.model.invariants);
  const quests = monitorsOf(system, space, asked).map((monitor): Quest => {
    const lost = monitor.kind === 'recovers' ? createLost(system, space, monitor) : undefined;
    return { id: monitor.id, monitor, lost, antecedents: 0, found: undefined };
  });
  const walks = walksOf(system, space, options.maxDepth);
  return { system, space, walks, quests, tally: newTally(system), options };
};

/** The result of a campaign that was ended before its first run. */
const nothingSeen = (system: System, { invariants, seed }: RandomOptions, bound: Bound): RandomResult => ({
  engine: 'random',
  ...nothingFound(system, invariants, bound),
  actions: {},
  complete: false,
  seed,
  runs: 0,
  freshRuns: 0,
  userRuns: 0,
  lengths: [],
  findings: {},
  failureProbabilityAtMost: {},
});

/** Makes the runs of a campaign. */
function* makeAll(
  campaign: Campaign,
  startMs: number,
): Generator<Progress, RandomResult, 'stop' | undefined> {
  const { options, quests, tally, walks } = campaign;
  const { memoryLimitMb, seed, timeLimitMs = DEFAULT_BUDGET.timeLimitMs } = options;
  const memory = watchProcess(withBudget(memoryLimitMb === undefined ? {} : { memoryLimitMb }).memoryLimitMb);
  const decided = (): boolean => quests.length > 0 && quests.every(({ found }) => found !== undefined);
  while (tally.runs < options.runs && tally.bound === undefined && !decided()) {
    const sliceEnd = tally.transitions + SLICE;
    const sliceEndMs = performance.now() + SLICE_MS;
    const which = { seed, path: String(tally.runs), runs: options.runs - tally.runs, shrinks: false };
    makeRuns(walks.arbitrary, which, (walk) => {
      lookFor(campaign, walk);
      count(tally, campaign.system, walks.graph, walk);
      const nowMs = performance.now();
      if (nowMs - startMs >= timeLimitMs) tally.bound = 'timeLimitMs';
      else if (memory.isTooLarge()) tally.bound = 'memoryLimitMb';
      const goesOn = tally.transitions < sliceEnd && nowMs < sliceEndMs;
      return tally.bound === undefined && !decided() && goesOn;
    });
    const { states, transitions, depth } = tally;
    if ((yield { states, transitions, depth }) === 'stop') tally.bound ??= 'interrupted';
  }
  return finish(campaign);
}

/** Runs `searchRandomlyInSlices` in one go, telling `observer` how far it has come. */
export const searchRandomly = (
  system: System,
  options: RandomOptions & { readonly observer?: Observer },
): RandomResult =>
  searchInOneGo<RandomOptions, RandomResult>('a random search', options, (rest) =>
    searchRandomlyInSlices(system, rest),
  );
