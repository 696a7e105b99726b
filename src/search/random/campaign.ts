import type fc from 'fast-check';
import { Fault, type System } from '../../model/index.ts';
import { needPure } from '../../model/purity/check.ts';
import { watchingSlices } from '../../model/purity/world.ts';
import { watchedSlices } from '../../model/watchdog/slices.ts';
import { DEFAULT_BUDGET } from '../limits.ts';
import type { Bound, Observer, Progress, SearchResult, Trace, Verdict } from '../result.ts';
import { checkOptions, type RandomOptions } from './options.ts';
import { traceOf, type Run } from './run.ts';
import { makeRuns } from './runner.ts';
import { isForRuns, sightingOf } from './sighting.ts';
import { count, lengthsOf, newTally, type LengthCount, type RandomActionCount, type Tally } from './tally.ts';
import { runsOf } from './walk.ts';
import { warningsOf } from './warnings.ts';

/** What it took to find a violation, or the witness of a `sometimes`, and what repeats it. */
export interface Finding {
  /** The number of the run, from 0. */
  readonly foundInRun: number;
  /** Steps made in all runs until it was there. */
  readonly stepsToFind: number;
  readonly seed: number;
  /** With the seed, leads `replayRandom` to the shrunk run at once. */
  readonly path: string;
  /** Steps until it was there in the run that found it, and after shrinking. */
  readonly firstLength: number;
  readonly shrunkLength: number;
  readonly shrinks: number;
}

/** What a random search found. It is never complete, and no trace of it is known to be shortest. */
export interface RandomResult extends SearchResult {
  readonly engine: 'random';
  readonly complete: false;
  readonly actions: { readonly [action: string]: RandomActionCount };
  readonly seed: number;
  /** Runs made. */
  readonly runs: number;
  readonly lengths: readonly LengthCount[];
  readonly findings: { readonly [invariant: string]: Finding };
  /**
   * For each invariant that runs can decide, without a finding: the probability that one run finds it is at most this, with
   * 95 % confidence. It speaks of this search's way of drawing runs, not of an adversary.
   */
  readonly failureProbabilityAtMost: { readonly [invariant: string]: number };
}

/** One invariant during a campaign. */
interface Quest {
  readonly id: string;
  antecedents: number;
  found: Pick<Finding, 'foundInRun' | 'stepsToFind' | 'firstLength'> | undefined;
}

// Steps between two turns of whoever listens: a few tenths of a second, or that time where steps take longer.
const SLICE = 16_384;
const SLICE_MS = 300;

const lookFor = (system: System, quests: readonly Quest[], tally: Tally, run: Run): void => {
  for (const quest of quests) {
    if (quest.found !== undefined) continue;
    const { at, antecedents } = sightingOf(system, quest.id, run);
    quest.antecedents += antecedents;
    if (at === undefined) continue;
    quest.found = { foundInRun: tally.runs, stepsToFind: tally.transitions + at, firstLength: at };
  }
};

/** What was found in a run is not there when that run is made again. */
const notAgain = ({ model }: System, id: string, seed: number, run: number): Fault =>
  new Fault('UW104', {
    where: `model ${model.id}, invariant ${id}`,
    expected: `what run ${run} of seed ${seed} found, when that run is made again`,
    got: 'a run without it',
    likely: 'an action or the invariant reads or keeps something that is not in the state',
    next: 'move what it reads or keeps into the state, or into a choice of the actor',
  });

/** Shrinks what a quest found, by making that one run again and looking for this invariant alone. */
const shrink = (
  system: System,
  runs: fc.Arbitrary<Run>,
  seed: number,
  { id, found }: Quest,
): { readonly trace: Trace; readonly finding: Finding } | undefined => {
  if (found === undefined) return undefined;
  const which = { seed, path: String(found.foundInRun), runs: 1, shrinks: true };
  const { counterexample, counterexamplePath, numShrinks } = makeRuns(
    runs,
    which,
    (run) => sightingOf(system, id, run).at === undefined,
  );
  const [run] = counterexample ?? [];
  if (run === undefined) throw notAgain(system, id, seed, found.foundInRun);
  const shrunk = { seed, path: counterexamplePath!, shrunkLength: run.instances.length, shrinks: numShrinks };
  return { trace: traceOf(run), finding: { ...found, ...shrunk } };
};

const verdictOf = (system: System, id: string, trace: Trace | undefined, bound: Bound): Verdict => {
  if (trace === undefined) return { kind: 'unresolved', bound };
  if (system.model.invariants[id]!.kind === 'sometimes') return { kind: 'holds', witness: trace };
  return { kind: 'violated', trace, shortest: false };
};

const finish = (
  system: System,
  runs: fc.Arbitrary<Run>,
  seed: number,
  quests: readonly Quest[],
  tally: Tally,
): RandomResult => {
  const shrunk = quests.map((quest) => ({ ...quest, ...shrink(system, runs, seed, quest) }));
  const open = quests.some(({ found }) => found === undefined);
  const bound = tally.bound ?? 'runs';
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
    warnings: warningsOf(system, quests, tally),
    seed,
    runs: tally.runs,
    lengths: lengthsOf(tally),
    findings: Object.fromEntries(
      shrunk.flatMap(({ id, finding }) => (finding === undefined ? [] : [[id, finding]])),
    ),
    // (1 - p)^runs < 5 % for every p above it.
    failureProbabilityAtMost: Object.fromEntries(
      quests.flatMap(({ id, found }) =>
        found === undefined && isForRuns(system, id) ? [[id, 1 - 0.05 ** (1 / tally.runs)]] : [],
      ),
    ),
  };
};

/**
 * Looks for violations along random runs; yields its progress every few thousand steps and stops when
 * sent `stop`. All invariants are looked at in one campaign: the first run that breaks one is kept and
 * shrunk, and the search goes on for the others. Runs do not depend on each other, nor on how the
 * campaign is sliced. Throws UW101, UW201 or UW202 for options that make no sense, UW104 for a model that is not pure,
 * UW106 for one that throws, UW117 for one that does not return.
 */
export const searchRandomlyInSlices = (
  system: System,
  options: RandomOptions,
): Generator<Progress, RandomResult, 'stop' | undefined> =>
  watchedSlices((spentMs) => searchFrom(system, options, spentMs), options);

/** The search itself, of whose time some was spent before. */
function* searchFrom(
  system: System,
  options: RandomOptions,
  spentMs: number,
): Generator<Progress, RandomResult, 'stop' | undefined> {
  checkOptions(system, options);
  needPure(system);
  return yield* watchingSlices(campaign(system, options, spentMs));
}

/** The campaign itself; its options make sense. */
function* campaign(
  system: System,
  options: RandomOptions,
  spentMs: number,
): Generator<Progress, RandomResult, 'stop' | undefined> {
  const startMs = performance.now() - spentMs;
  const { seed, timeLimitMs = DEFAULT_BUDGET.timeLimitMs } = options;
  const runs = runsOf(system, options.maxDepth);
  const tally = newTally(system);
  const asked = options.invariants ?? Object.keys(system.model.invariants);
  const quests: readonly Quest[] = Object.keys(system.model.invariants)
    .filter((id) => asked.includes(id))
    .map((id) => ({ id, antecedents: 0, found: undefined }));
  const decided = (): boolean => quests.length > 0 && quests.every(({ found }) => found !== undefined);
  while (tally.runs < options.runs && tally.bound === undefined && !decided()) {
    const sliceEnd = tally.transitions + SLICE;
    const sliceEndMs = performance.now() + SLICE_MS;
    const which = { seed, path: String(tally.runs), runs: options.runs - tally.runs, shrinks: false };
    makeRuns(runs, which, (run) => {
      lookFor(system, quests, tally, run);
      count(tally, run);
      const nowMs = performance.now();
      if (nowMs - startMs >= timeLimitMs) tally.bound = 'timeLimitMs';
      const goesOn = tally.transitions < sliceEnd && nowMs < sliceEndMs;
      return tally.bound === undefined && !decided() && goesOn;
    });
    const { states, transitions, depth } = tally;
    if ((yield { states, transitions, depth }) === 'stop') tally.bound ??= 'interrupted';
  }
  return finish(system, runs, seed, quests, tally);
}

/** `searchRandomlyInSlices` in one go, telling `observer` how far it has come. */
export const searchRandomly = (
  system: System,
  { observer, ...options }: RandomOptions & { readonly observer?: Observer },
): RandomResult => {
  const slices = searchRandomlyInSlices(system, options);
  let slice = slices.next();
  while (slice.done !== true) {
    slice = slices.next(observer?.(slice.value) === 'stop' ? 'stop' : undefined);
  }
  return slice.value;
};
