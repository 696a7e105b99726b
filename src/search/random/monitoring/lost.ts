import type { State, System } from '../../../model/index.ts';
import { ANSWER, type MonitorOf } from '../../monitor/monitor.ts';
import { NEVER, type Row, type Space } from '../../learned-relation/space.ts';
import { keyOf, rowAfter } from '../walks/graph.ts';

/** States from which no good one can be reached, as far as runs led to them. */
export interface Lost {
  /**
   * Searches all that can be reached from the state of `row`, unless it is known; returns whether it is lost.
   */
  readonly look: (row: Row) => boolean;
  /** Whether `state` is one of those that were found to be lost. */
  readonly has: (state: State) => boolean;
}

/** The most states looked at from one state. */
const MOST_STATES = 200_000;
/** The most states looked at for one invariant: beyond that nothing more is found to be lost. */
const MOST_LOOKS = 1_000_000;

/** Makes an empty set of lost states. From a state that is lost, all that can be reached is lost, too. */
export const createLost = ({ instances }: System, space: Space, monitor: MonitorOf<'recovers'>): Lost => {
  const lost = new Set<string>();
  const safe = new Set<string>();
  let looks = 0;
  /**
   * Returns all that can be reached from `row`; undefined where something good is among it, or there is too
   * much.
   */
  const reach = (row: Row): ReadonlySet<string> | undefined => {
    const queue = [row];
    const keys = [keyOf(row)];
    const parents = [-1];
    const known = new Set(keys);
    for (let head = 0; head < queue.length; head += 1) {
      const at = queue[head]!;
      const key = keys[head]!;
      looks += 1;
      if (safe.has(key) || monitor.good.answer(at) === ANSWER.decisive) {
        for (let back = head; back >= 0; back = parents[back]!) safe.add(keys[back]!);
        return undefined;
      }
      if (looks > MOST_LOOKS) return undefined;
      for (let index = 0; index < instances.length; index += 1) {
        const outcome = space.outcome(index, at);
        if (outcome === NEVER) continue;
        const next = rowAfter(space, at, outcome);
        const nextKey = keyOf(next);
        if (known.has(nextKey) || lost.has(nextKey)) continue;
        if (known.size >= MOST_STATES) return undefined;
        known.add(nextKey);
        queue.push(next);
        keys.push(nextKey);
        parents.push(head);
      }
    }
    return known;
  };
  return {
    look: (row) => {
      const key = keyOf(row);
      if (lost.has(key)) return true;
      if (safe.has(key) || looks > MOST_LOOKS) return false;
      const found = reach(row);
      for (const one of found ?? []) lost.add(one);
      return found !== undefined;
    },
    has: (state) => lost.has(keyOf(space.encode(state))),
  };
};
