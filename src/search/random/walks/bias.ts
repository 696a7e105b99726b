import { enabledIn, stepOf, type Instance, type State, type System } from '../../../model/index.ts';

/**
 * The relevance of each action of a system to what can happen next, by name: 1 and more for one that opens
 * new possibilities at every step, near 0 for one that opens none.
 */
export type Relevance = ReadonlyMap<string, number>;

/** The number of states looked at to measure relevance: a few dozen milliseconds, before the first run. */
const SAMPLE = 300;

// The most comparisons, instance by instance, of what is possible after a step with what was before.
const MOST_LOOKS = 20_000_000;

/** The text of a state; equal states may differ in it by the order of keys, which only costs a look. */
const fingerprint = (state: State): string => JSON.stringify(state);

const newlyEnabled = (before: ReadonlySet<Instance>, after: readonly Instance[]): number =>
  after.reduce((count, instance) => count + (before.has(instance) ? 0 : 1), 0);

/**
 * Measures, on the first `maxStates` states in breadth-first order, how many instances a step of each
 * action makes possible that were not. It depends on the system alone, so a run can be repeated
 * without the runs before it.
 */
export const relevanceOf = (system: System, maxStates: number = SAMPLE): Relevance => {
  const steps = new Map<string, number>();
  const gains = new Map<string, number>();
  const enabled = new Map<string, readonly Instance[]>();
  let looks = 0;
  const add = (state: State): readonly Instance[] => {
    const key = fingerprint(state);
    const known = enabled.get(key);
    if (known !== undefined) return known;
    const possible = enabledIn(system, state);
    looks += system.instances.length;
    enabled.set(key, possible);
    queue.push({ state, possible });
    return possible;
  };
  const queue: { readonly state: State; readonly possible: readonly Instance[] }[] = [];
  for (const state of system.initial) add(state);
  for (let head = 0; head < queue.length && head < maxStates && looks < MOST_LOOKS; head += 1) {
    const { state, possible } = queue[head]!;
    const known = new Set(possible);
    for (const instance of possible) {
      looks += possible.length;
      if (looks >= MOST_LOOKS) break;
      const gain = newlyEnabled(known, add(stepOf(system, state, instance)));
      steps.set(instance.action, (steps.get(instance.action) ?? 0) + 1);
      gains.set(instance.action, (gains.get(instance.action) ?? 0) + gain);
    }
  }
  // One imagined step that opens one instance keeps an action that the sample never saw in the game.
  return new Map(
    system.instances.map(({ action }) => [
      action,
      ((gains.get(action) ?? 0) + 1) / ((steps.get(action) ?? 0) + 1),
    ]),
  );
};
