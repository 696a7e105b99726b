import type { System } from '../../model/index.ts';
import type { Bound, SearchResult, Verdict } from '../../search/result.ts';
import type { EngineResult, SearchOptions } from './searching.ts';

/** A way of searching. */
export type Searching = (system: System, options: SearchOptions) => Promise<EngineResult>;

/** The engines that are chosen from. */
export interface Engines {
  readonly exhaustive: Searching;
  readonly symbolic: Searching;
  readonly random: Searching;
}

/**
 * The most states of a small system: looked at one by one they are decided before sets are worth their while.
 */
const SMALL_STATES = 100_000;
/**
 * The memory of diagrams, in MiB, unless less is allowed, beyond which it is said that the states have too
 * little in common. Those of models that suit them stay below half of it, whatever the number of their
 * states.
 */
const DIAGRAMS_MB = 400;

const boundsIn = ({ result }: EngineResult): readonly Bound[] => [
  ...new Set(
    Object.values(result.verdicts).flatMap((verdict) =>
      verdict.kind === 'unresolved' ? [verdict.bound] : [],
    ),
  ),
];

/** Whether to try no other engine: all is decided, or nobody wants the search to go on. */
const isOver = (found: EngineResult, { listening }: SearchOptions): boolean =>
  boundsIn(found).length === 0 || listening.signal?.aborted === true;

const withLimits = (options: SearchOptions, limits: SearchOptions['limits']): SearchOptions => ({
  ...options,
  limits: { ...options.limits, ...limits },
});

/**
 * Merges the results of one search with those of another engine for the invariants that the first left open.
 */
const completed = (found: EngineResult, other: EngineResult): EngineResult => {
  const verdicts = Object.entries(found.result.verdicts).map(([id, verdict]): [string, Verdict] => {
    const second = other.result.verdicts[id];
    const isOpen = verdict.kind === 'unresolved' && second !== undefined && second.kind !== 'unresolved';
    return [id, isOpen ? second : verdict];
  });
  const result: SearchResult = { ...found.result, verdicts: Object.fromEntries(verdicts) };
  return { ...found, result, random: other.random };
};

/**
 * Searches with the engine that suits a system, and says which and why. It goes one by one while there are
 * few states; then as sets, as long as these have much in common; where they do not, one by one with all the
 * memory there is. Claims that a limit leaves open then are searched at random. A step that the limits leave
 * no room for is left out.
 */
export const automatically = async (
  system: System,
  options: SearchOptions,
  engines: Engines,
): Promise<EngineResult> => {
  const { maxStates, memoryLimitMb, timeLimitMs } = options.limits;
  const startMs = performance.now();
  const because: string[] = [];
  const told = (found: EngineResult): EngineResult => ({ ...found, figures: { ...found.figures, because } });
  /** The time that is left; no limit gives no option. */
  const timeLeft = (): SearchOptions['limits'] => {
    if (timeLimitMs === undefined) return {};
    return { timeLimitMs: Math.max(1, Math.round(timeLimitMs - (performance.now() - startMs))) };
  };

  const few = Math.min(maxStates ?? Infinity, SMALL_STATES);
  const small = await engines.exhaustive(system, withLimits(options, { maxStates: few }));
  if (isOver(small, options)) {
    because.push(`exhaustive: decided within ${SMALL_STATES.toLocaleString('en-US')} states`);
    return told(small);
  }
  because.push(
    `exhaustive: ${boundsIn(small).join(', ')} after ${small.result.states.toLocaleString('en-US')} states`,
  );
  const isOutOfTime = boundsIn(small).includes('timeLimitMs');
  if (few === maxStates || isOutOfTime) {
    because.push('random: for what is still open');
    return told(completed(small, await engines.random(system, withLimits(options, timeLeft()))));
  }

  const diagramsMb = Math.min(memoryLimitMb ?? Infinity, DIAGRAMS_MB);
  // The order of steps matters only where there is something to show; then it follows by itself.
  const { strategy = 'saturation' } = options;
  const sets = await engines.symbolic(system, {
    ...withLimits(options, { ...timeLeft(), memoryLimitMb: diagramsMb }),
    strategy,
  });
  const wholly = isOver(sets, options);
  because.push(
    wholly
      ? 'symbolic: decided; the states have enough in common'
      : `symbolic: ${boundsIn(sets).join(', ')}; the states have too little in common`,
  );
  if (wholly) return told(sets);

  const all = await engines.exhaustive(system, withLimits(options, timeLeft()));
  const best = completed(all, sets);
  because.push(`exhaustive: ${isOver(all, options) ? 'decided' : boundsIn(all).join(', ')}`);
  if (isOver(best, options)) return told(best);
  because.push('random: for what is still open');
  return told(completed(best, await engines.random(system, withLimits(options, timeLeft()))));
};
