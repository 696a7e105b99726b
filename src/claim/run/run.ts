import { Fault, type System } from '../../model/index.ts';
import { withPresentNames, type CheckpointOptions } from '../../search/exhaustive/options.ts';
import { checkLimits } from '../../search/limits.ts';
import type { Progress } from '../../search/result.ts';
import { createCache } from './cache/cache.ts';
import { checkRunOptions } from './check-options.ts';
import type { Claim } from '../claim.ts';
import { faulty, interrupted, resultOf } from '../conclude.ts';
import type { EngineResult } from '../engine/searching.ts';
import { faultOf } from '../engine/internal.ts';
import { createWorkbench, groupsOf, needInvariant, type Group, type Workbench } from '../group.ts';
import type { RunKeeper, DecidedSearch } from './keeper.ts';
import { createRunKeeper, isOfCheckpoint, runIdentity } from './run-checkpoint.ts';
import { probe } from '../engine/probe.ts';
import type { ClaimResult, ClaimRun, SearchSummary } from '../result.ts';
import type { RunOptions } from './run-options.ts';
import { searchGroup } from './search-group.ts';
import type { SearchWorker } from './search-worker.ts';
import { duplicateClaims } from '../duplicate-claims.ts';

export type { RunOptions, RunProgress } from './run-options.ts';

const summaryOf = (group: Group, { result, figures }: EngineResult): SearchSummary => ({
  engine: result.engine,
  model: group.model.id,
  claims: group.claims.map(({ id }) => id),
  states: result.states,
  transitions: result.transitions,
  depth: result.depth,
  complete: result.complete,
  ...(result.missedAtMost === undefined ? {} : { missedAtMost: result.missedAtMost }),
  ...(result.reduced === undefined ? {} : { reduced: result.reduced }),
  warnings: result.warnings,
  actions: result.actions,
  ...figures,
});

interface Decided {
  readonly results: readonly ClaimResult[];
  readonly summary?: SearchSummary;
}

/** The place of a group's search, and the listener to its progress. */
interface Place {
  readonly number: number;
  readonly worker: SearchWorker | undefined;
  readonly onSlice: (search: Progress) => void;
}

/** Makes the search of a group, unless it was made before and is kept. */
const searchFor = async (
  group: Group,
  system: System,
  invariants: readonly string[],
  sinceMs: number,
  { options, keeper }: RunContext,
  { number, onSlice, worker }: Place,
): Promise<DecidedSearch> => {
  const { claims, limits, model } = group;
  const { engine = 'exhaustive', reduce = [], threads = 1 } = options;
  const listening = { signal: options.signal, onSlice };
  const search = (checkpoint?: CheckpointOptions): Promise<EngineResult> =>
    searchGroup({ group, system, invariants, sinceMs, listening }, options, checkpoint);
  const elsewhere = keeper ?? worker;
  if (elsewhere !== undefined)
    return elsewhere.decide({
      number,
      system,
      invariants,
      options: { ...limits, ...options.memory },
      limits,
      listening,
      declared: [model, ...claims],
      proves: engine === 'exhaustive' && threads === 1 && reduce.length === 0,
      search,
    });
  const startMs = performance.now();
  const found = await search();
  return { found, durationMs: performance.now() - startMs };
};

/**
 * Decides the claims of a group. An error is recorded for the claims it concerns, unless it is a fault of the
 * checkpoint.
 */
const decide = async (group: Group, context: RunContext, place: Place): Promise<Decided> => {
  const results: ClaimResult[] = [];
  const asked: Claim[] = [];
  for (const claim of group.claims) {
    try {
      needInvariant(claim.model, claim.invariant, `suite ${claim.suite}, claim ${claim.id}`);
      asked.push(claim);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      results.push(faulty(claim, error));
    }
  }
  if (asked.length === 0) return { results };
  try {
    checkLimits(group.limits);
    const sinceMs = performance.now();
    const system = context.made(group.model, group.scenario, group.limits);
    const invariants = [...new Set(asked.map(({ invariant }) => invariant))];
    const { found, ...how } = await searchFor(group, system, invariants, sinceMs, context, place);
    const { limits } = group;
    results.push(...asked.map((claim) => resultOf(claim, system, found, { limits, ...how })));
    return { results, summary: summaryOf(group, found) };
  } catch (error) {
    if (error instanceof Fault && isOfCheckpoint(error)) throw error;
    const fault = faultOf(
      error,
      `model ${group.model.id}, the search for ${asked.map(({ id }) => id).join(', ')}`,
    );
    return { results: [...results, ...asked.map((claim) => faulty(claim, fault))] };
  }
};

interface RunContext {
  readonly groups: readonly Group[];
  readonly made: Workbench['made'];
  readonly systemFor: Workbench['systemFor'];
  readonly results: Map<Claim, ClaimResult>;
  readonly options: RunOptions;
  readonly keeper: RunKeeper | undefined;
}

/**
 * The data that all who take groups share, by the number of the group: how many states were met in each that
 * was taken, and what was found.
 */
interface Shared {
  readonly states: Map<number, number>;
  readonly searches: Map<number, SearchSummary>;
}

const isStopped = ({ signal }: RunOptions): boolean => signal?.aborted === true;

/** Takes one group after the other, with others who do the same, and decides its claims. */
const decideInTurn = async (
  context: RunContext,
  { searches, states }: Shared,
  worker: SearchWorker | undefined,
): Promise<void> => {
  const { groups, options, results } = context;
  const total = groups.reduce((sum, { claims }) => sum + claims.length, 0);
  const statesBeside = (number: number): number =>
    [...states].reduce((sum, [other, some]) => (other === number ? sum : sum + some), 0);
  while (!isStopped(options) && states.size < groups.length) {
    const number = states.size;
    states.set(number, 0);
    const group = groups[number]!;
    const onSlice = (search: Progress): void => {
      states.set(number, search.states);
      const at = { phase: 'search', claim: group.claims[0]!.id, done: results.size, total } as const;
      options.onProgress?.({ ...at, search, statesBeside: statesBeside(number) });
    };
    const { results: found, summary } = await decide(group, context, { number, worker, onSlice });
    for (const result of found) results.set(result.claim, result);
    states.set(number, summary?.states ?? 0);
    if (summary !== undefined) searches.set(number, summary);
  }
};

const decideAll = async (context: RunContext): Promise<readonly SearchSummary[]> => {
  const { groups, keeper, options } = context;
  const searches = new Map<number, SearchSummary>();
  const shared: Shared = { states: new Map(), searches };
  let isDone = (): void => {};
  const done = new Promise<boolean>((resolve) => {
    isDone = () => resolve(false);
  });
  const left = (): number => groups.length - shared.states.size;
  const own = decideInTurn(context, shared, undefined).finally(isDone);
  const others = (keeper === undefined ? (options.workers ?? []) : []).map(async (worker) => {
    if (await Promise.race([worker.ready(left), done])) await decideInTurn(context, shared, worker);
  });
  await Promise.all([own, ...others]);
  return [...searches].toSorted(([a], [b]) => a - b).map(([, summary]) => summary);
};

const probeAll = async ({ groups, systemFor, results, options }: RunContext): Promise<void> => {
  const { probeRuns = 0, random, signal } = options;
  if (options.engine === 'random' || probeRuns === 0) return;
  const resultsOf = ({ claims }: Group): readonly ClaimResult[] =>
    claims.flatMap((claim) => results.get(claim) ?? []);
  const attacked = groups.filter((group) => resultsOf(group).some(({ attack }) => attack !== undefined));
  for (const [done, group] of attacked.entries()) {
    if (isStopped(options)) break;
    const place = { phase: 'probe', claim: group.claims[0]!.id, done, total: attacked.length } as const;
    const onSlice = (search: Progress): void => options.onProgress?.({ ...place, search, statesBeside: 0 });
    const budget = { seed: random?.seed, runs: probeRuns, signal };
    for (const result of await probe(group, resultsOf(group), budget, systemFor, onSlice)) {
      results.set(result.claim, result);
    }
  }
};

const keeperOf = (claims: readonly Claim[], options: RunOptions): RunKeeper | undefined => {
  const {
    cache,
    engine = 'exhaustive',
    checkpoint,
    limits = {},
    memory = {},
    probeRuns = 0,
    random = {},
    signal,
  } = options;
  if (checkpoint === undefined) return cache === undefined ? undefined : createCache(cache);
  const asked = {
    engine,
    limits: { ...limits },
    memory: { ...memory },
    probeRuns,
    random: { ...random },
  };
  return createRunKeeper(checkpoint, runIdentity(claims, asked, checkpoint.identity), signal);
};

/**
 * Decides every claim. Claims on the same model, scenario and limits share one search; searches run in the
 * order in which the claims first ask for them. A fault in one search leaves its claims unresolved and the
 * others untouched. The attacks that an exhaustive search found are then, if asked for, looked for at random,
 * to tell how hard they are to find that way. Throws UW311 to UW315 for a folder of checkpoints that cannot
 * be used, UW201, UW202 and UW345 for limits, options and threads that cannot be.
 */
export const runClaims = async (claims: readonly Claim[], given: RunOptions = {}): Promise<ClaimRun> => {
  const options = withPresentNames(given);
  checkRunOptions(options);
  const { made, systemFor } = createWorkbench();
  const results = new Map<Claim, ClaimResult>();
  const groups = groupsOf(claims, options.limits ?? {});
  const keeper = keeperOf(claims, options);
  const context: RunContext = { groups, made, systemFor, results, options, keeper };
  let searches: readonly SearchSummary[];
  try {
    searches = await decideAll(context);
    await probeAll(context);
    if (!isStopped(options)) keeper?.finish();
  } finally {
    keeper?.close();
  }
  const twice = duplicateClaims(claims);
  return {
    results: claims.map((claim) => {
      const result = results.get(claim) ?? interrupted(claim);
      const sameAs = twice.get(claim);
      return sameAs === undefined ? result : { ...result, sameAs };
    }),
    searches,
    interrupted: isStopped(options),
  };
};
