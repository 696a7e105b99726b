import { canonical, enabledIn, stepOf, type Recovers, type State, type System } from '../model/index.ts';

/** The result of the plainest breadth-first search: immer steps, JSON keys in a Set, nothing clever. */
export interface PlainResult {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /**
   * The number of steps to the first state in which each `always`, `no-deadlock` and `recovers` fails, if it
   * does.
   */
  readonly broken: { readonly [invariant: string]: number };
  /** The text of that state. */
  readonly where: { readonly [invariant: string]: string };
  /** The number of states in which each `recovers` wants a good one in reach. */
  readonly asked: { readonly [invariant: string]: number };
}

interface Entry {
  readonly key: string;
  readonly state: State;
  readonly depth: number;
  /** The states after each of the steps that are possible. */
  next: readonly string[];
}

/**
 * Returns the states from which a good one can be reached: those that are good, those with a step to one of
 * these, and so on.
 */
const recoverable = (entries: readonly Entry[], isGood: (state: State) => boolean): ReadonlySet<string> => {
  const found = new Set(entries.filter(({ state }) => isGood(state)).map(({ key }) => key));
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const { key, next } of entries) if (next.some((other) => found.has(other))) found.add(key);
  }
  return found;
};

/** Searches all of `system` the slow way: the reference with which the engine is compared. */
export const searchPlainly = (system: System): PlainResult => {
  const { model, setting } = system;
  const entries = new Map<string, Entry>();
  const add = (state: State, depth: number): string => {
    const key = canonical(state);
    if (!entries.has(key)) entries.set(key, { key, state, depth, next: [] });
    return key;
  };
  for (const state of system.initial) add(state, 0);
  // A Map goes on to what is added while it is gone through.
  for (const entry of entries.values()) {
    entry.next = enabledIn(system, entry.state).map((instance) =>
      add(stepOf(system, entry.state, instance), entry.depth + 1),
    );
  }
  const all = [...entries.values()];
  const broken: { [invariant: string]: number } = {};
  const where: { [invariant: string]: string } = {};
  const asked: { [invariant: string]: number } = {};
  const look = (id: string, fails: (entry: Entry) => boolean): void => {
    const first = all.find(fails);
    if (first !== undefined) [broken[id], where[id]] = [first.depth, first.key];
  };
  const asks = (claim: Recovers<State, typeof setting>, { state }: Entry): boolean =>
    claim.given?.(state, setting) ?? true;
  for (const [id, claim] of Object.entries(model.invariants)) {
    if (claim.kind === 'always') {
      look(id, ({ state }) => (claim.given?.(state, setting) ?? true) && !claim.holds(state, setting));
    }
    if (claim.kind === 'no-deadlock') {
      look(id, ({ state, next }) => next.length === 0 && claim.mayEnd?.(state, setting) !== true);
    }
    if (claim.kind === 'recovers') {
      const found = recoverable(all, (state) => claim.good(state, setting));
      asked[id] = all.filter((entry) => asks(claim, entry)).length;
      look(id, (entry) => asks(claim, entry) && !found.has(entry.key));
    }
  }
  return {
    states: all.length,
    transitions: all.reduce((sum, { next }) => sum + next.length, 0),
    depth: all.at(-1)?.depth ?? 0,
    broken,
    where,
    asked,
  };
};
