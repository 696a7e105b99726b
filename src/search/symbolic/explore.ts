import type { System } from '../../model/index.ts';
import { watchedSlices } from '../../model/watchdog/slices.ts';
import { needInvariants, needOptions, type OptionKind } from '../check-options.ts';
import { checkLimits, withBudget } from '../limits.ts';
import { checkElementwise, FEW_STATES, hasAsked, RECHECK_MS } from '../elementwise.ts';
import { explore } from '../exhaustive/explore.ts';
import { searchInOneGo } from '../one-go.ts';
import type { Bound, Observer, Progress } from '../result.ts';
import { isSignalled } from '../signal.ts';
import { nothingFound, settingUp, timeIsOver, unlessEnded } from '../set-up.ts';
import type { ArrayQueryOptions } from '../learned-relation/recording/recorder.ts';
import { withSpace, type Space } from '../learned-relation/space.ts';
import { checkBackwards } from './check.ts';
import { EMPTY } from './diagram/nodes.ts';
import { toResult, type Through } from './to-result.ts';
import { searchByClosure } from './closure.ts';
import { searchByLevels } from './levels.ts';
import type { SymbolicOptions, SymbolicResult } from './options.ts';
import { decideRecovery } from './recover.ts';
import { createSearch, LimitReached, type SymbolicSearch } from './search.ts';

/** The most levels of a diagram: operations call themselves once for each of them. */
const MOST_LEVELS = 2000;

/** Searches, and decides what it can; a limit ends it, and is noted. */
function* decideAll(
  search: SymbolicSearch,
  through: Through,
  strategy: SymbolicOptions['strategy'] = 'levels',
): Generator<Progress, void, 'stop' | undefined> {
  try {
    if (search.context.order.columns.length > MOST_LEVELS) {
      search.reached = EMPTY;
      search.warnings.push('a state has more fields than a diagram can have levels; search exhaustively');
      throw new LimitReached('memoryLimitMb');
    }
    if (strategy !== 'levels' && search.limits.maxDepth === undefined) {
      if (yield* searchByClosure(search, through, strategy === 'saturation')) return;
      // There is something to show: by the shortest way.
      search.reached = search.levels[0]!;
      through.stuck = EMPTY;
    }
    yield* searchByLevels(search, through);
    checkBackwards(search);
    for (const { learners, monitor } of search.asked) {
      if (monitor.kind === 'recovers') decideRecovery(search, monitor, [learners[0]!, learners[1]!]);
    }
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    search.bound = error.bound;
  }
}

const OPTIONS: { readonly [name in keyof Required<SymbolicOptions>]: OptionKind } = {
  invariants: 'anything',
  limits: 'anything',
  toTheEnd: 'true or false',
  strategy: { words: ['levels', 'chaining', 'saturation'] },
  order: 'anything',
};

/** A search, and whether it asked something of all elements of an array at once, or did something to them. */
interface Searched {
  readonly result: SymbolicResult;
  readonly asked: boolean;
}

/** The result of a search that was ended before it began. */
const nothingSeen = (system: System, { invariants }: SymbolicOptions, bound: Bound): SymbolicResult => ({
  engine: 'symbolic',
  ...nothingFound(system, invariants, bound),
  exactStates: 0n,
  exactTransitions: 0n,
  nodes: 0,
  peakNodes: 0,
  bytes: 0,
  order: [],
  orderBecause: 'none was chosen',
  userRuns: 0,
  trieNodes: 0,
});

// The time by which counting the states found may outlast the time limit.
const COUNTING_MS = 800;
const COUNTING = 0.05;

function* exploreIn(
  system: System,
  space: Space,
  options: SymbolicOptions,
  startMs: number,
): Generator<Progress, Searched, 'stop' | undefined> {
  const timeLimitMs = withBudget(options.limits).timeLimitMs;
  let mostMs = timeLimitMs;
  const pause = (): void => {
    if (isSignalled()) throw new LimitReached('interrupted');
    if (performance.now() - startMs >= mostMs) throw new LimitReached('timeLimitMs');
  };
  const search = yield* settingUp(
    createSearch(system, space, options, pause),
    timeIsOver(options.limits, startMs),
  );
  const through: Through = { stuck: EMPTY, expanded: EMPTY };
  yield* decideAll(search, through, options.strategy);
  // The states found are still to be counted.
  mostMs = timeLimitMs + Math.max(COUNTING_MS, COUNTING * timeLimitMs);
  return { result: toResult(search, through), asked: hasAsked(space) };
}

/**
 * Returns the array queries to record: a look at the state after a step cannot tell changes of each element.
 */
const arrayQueriesFor = (
  { model }: System,
  { invariants = Object.keys(model.invariants) }: SymbolicOptions,
): ArrayQueryOptions => {
  const kinds = invariants.map((id) => model.invariants[id]?.kind);
  const looksAfter = kinds.includes('within') || kinds.includes('never-step');
  return { level: looksAfter ? 'recipes' : 'changes', minLength: 0, eager: true };
};

/**
 * Explores every state that `system` can reach as sets of states, level by level unless another strategy is
 * asked for; yields its progress now and then and stops when sent `stop`. A small search that asked arrays as
 * a whole is compared with one state by state (UW701). States, verdicts and lengths of attacks are those of
 * the exhaustive search; what it takes grows with how much the states have in common, not with their number.
 * Throws UW104 for a model that is not pure, UW106 for one that throws, UW117 for one that does not return,
 * UW201 and UW202 for limits and options that make no sense.
 */
export function* exploreSymbolicallyInSlices(
  system: System,
  options: SymbolicOptions = {},
): Generator<Progress, SymbolicResult, 'stop' | undefined> {
  needOptions('a symbolic search', OPTIONS, options);
  needInvariants(system, options.invariants);
  checkLimits(options.limits);
  const { asked, result } = yield* watchedSlices((spentMs) => {
    const startMs = performance.now() - spentMs;
    const slices = withSpace(system, (space) => exploreIn(system, space, options, startMs), {
      arrayQueries: arrayQueriesFor(system, options),
      isOver: timeIsOver(options.limits, startMs),
    });
    return unlessEnded(slices, (bound) => ({ result: nothingSeen(system, options, bound), asked: false }));
  }, options.limits);
  if (asked && result.states <= FEW_STATES && result.bound === undefined) {
    const { invariants, limits, toTheEnd } = options;
    const again = explore(system, {
      ...(invariants === undefined ? {} : { invariants }),
      ...(toTheEnd === undefined ? {} : { toTheEnd }),
      limits: { ...limits, timeLimitMs: RECHECK_MS },
      askFrom: Infinity,
    });
    checkElementwise(system, result, again);
  }
  return result;
}

/** Runs `exploreSymbolicallyInSlices` in one go, telling `observer` how far it has come. */
export const exploreSymbolically = (
  system: System,
  options: SymbolicOptions & { readonly observer?: Observer } = {},
): SymbolicResult =>
  searchInOneGo<SymbolicOptions, SymbolicResult>('a symbolic search', options, (rest) =>
    exploreSymbolicallyInSlices(system, rest),
  );
