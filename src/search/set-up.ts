import type { System } from '../model/index.ts';
import { withBudget } from './limits.ts';
import type { Bound, Limits, Progress, SearchResult, Verdict } from './result.ts';

/** A long preparation of a search, which pauses now and then. */
export type Paused<R> = Generator<undefined, R>;

const NOT_BEGUN: Progress = { states: 0, transitions: 0, depth: 0 };

/** Thrown when a limit or a signal ends a search while it is set up. */
class EndedInSetUp extends Error {
  readonly bound: Bound;

  constructor(bound: Bound) {
    super(bound);
    this.bound = bound;
  }
}

/** Returns a function that says whether the time limit of a search that began at `startMs` is over. */
export const timeIsOver = (limits: Limits | undefined, startMs: number): (() => boolean) => {
  const mostMs = withBudget(limits).timeLimitMs;
  return () => performance.now() - startMs >= mostMs;
};

/**
 * Sets a search up, and reports at each pause that it has not begun. Throws EndedInSetUp where it is told to
 * stop, and where its time is over; without `isOver` it continues, whatever it is told.
 */
export function* settingUp<R>(
  paused: Paused<R>,
  isOver?: () => boolean,
): Generator<Progress, R, 'stop' | undefined> {
  for (;;) {
    const { done, value } = paused.next();
    if (done === true) return value;
    if (isOver?.() === true) throw new EndedInSetUp('timeLimitMs');
    if ((yield NOT_BEGUN) === 'stop' && isOver !== undefined) throw new EndedInSetUp('interrupted');
  }
}

/** Runs `search`; where it is ended before it begins, returns the result of `nothing`. */
export function* unlessEnded<R>(
  search: Generator<Progress, R, 'stop' | undefined>,
  nothing: (bound: Bound) => R,
): Generator<Progress, R, 'stop' | undefined> {
  try {
    return yield* search;
  } catch (error) {
    if (!(error instanceof EndedInSetUp)) throw error;
    return nothing(error.bound);
  }
}

/** Runs a computation in slices in one go. */
export const inOneGo = <R>(slices: Generator<unknown, R, undefined>): R => {
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value;
  }
};

/** Makes the result of a search that was ended before it began. */
export const nothingFound = (
  { model }: System,
  asked: readonly string[] | undefined,
  bound: Bound,
): Omit<SearchResult, 'engine'> => {
  const invariants = asked ?? Object.keys(model.invariants);
  const unresolved: Verdict = { kind: 'unresolved', bound };
  return {
    verdicts: Object.fromEntries(invariants.map((id) => [id, unresolved])),
    antecedents: Object.fromEntries(invariants.map((id) => [id, 0])),
    actions: {},
    states: 0,
    transitions: 0,
    depth: 0,
    complete: false,
    bound,
    warnings: ['the search was ended before it began'],
  };
};
