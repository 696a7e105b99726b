import { canonical, enabledIn, stepOf, type State, type System } from '../model/index.ts';

/** What the plainest breadth-first search finds: immer steps, JSON keys in a Set, nothing clever. */
export interface PlainResult {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** Steps to the first state in which an `always` invariant fails, for each that does. */
  readonly broken: { readonly [invariant: string]: number };
}

/** Searches all of `system` the slow way; the reference that the engine is held against. */
export const searchPlainly = (system: System): PlainResult => {
  const depths = new Map<string, number>();
  const queue: { readonly state: State; readonly depth: number }[] = [];
  const broken: { [invariant: string]: number } = {};
  const add = (state: State, depth: number): void => {
    const key = canonical(state);
    if (depths.has(key)) return;
    depths.set(key, depth);
    queue.push({ state, depth });
    for (const [id, claim] of Object.entries(system.model.invariants)) {
      if (claim.kind !== 'always' || id in broken) continue;
      if ((claim.given?.(state, system.setting) ?? true) && !claim.holds(state, system.setting))
        broken[id] = depth;
    }
  };
  for (const state of system.initial) add(state, 0);
  let transitions = 0;
  let depth = 0;
  for (const entry of queue) {
    depth = entry.depth;
    for (const instance of enabledIn(system, entry.state)) {
      transitions += 1;
      add(stepOf(system, entry.state, instance), entry.depth + 1);
    }
  }
  return { states: depths.size, transitions, depth, broken };
};
