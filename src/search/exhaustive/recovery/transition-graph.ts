import type { Bound, Progress } from '../../result.ts';
import { createActions, learnedActionsOf } from '../fused/fused-actions.ts';
import { expandAside } from '../expand/fused.ts';
import { BATCH_STATES, createBatch } from '../parts/batch.ts';
import { bytesFor } from '../bounds.ts';
import { singletons } from '../fused/cluster.ts';
import { CANDIDATE_EXTRA } from '../kernel/offsets.ts';
import type { Search } from '../search.ts';
import { SEGMENT_STATES, startOfSegment } from '../memory/segments.ts';
import { createStateIndex, indexBytes } from '../store/state-index.ts';
import { bytesOf, readRow } from '../store/store.ts';
import { tickCandidates } from '../batch/waiting-times.ts';

/** The links between states: those of state n stand in `ends` from `starts[n]` on, up to `starts[n + 1]`. */
export interface Links {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Returns the bytes of as many links between as many states. */
const linkBytes = (states: number, links: number): number => 4 * (states + 1 + links);

/**
 * Returns the most memory that linking takes beside the states: the links with the index, then with
 * themselves turned round and what marks states.
 */
const bytesToLink = ({ counters, store }: Search): number => {
  const links = linkBytes(store.size, counters.transitions);
  return links + Math.max(indexBytes(store.size), links + 5 * store.size);
};

/** Turns the links round, by counting how many there are to each state. */
export const reversed = ({ starts, ends }: Links): Links => {
  const states = starts.length - 1;
  const backStarts = new Uint32Array(states + 1);
  const backEnds = new Uint32Array(starts[states]!);
  for (let link = 0; link < backEnds.length; link += 1) backStarts[ends[link]!]! += 1;
  for (let state = 1; state <= states; state += 1) backStarts[state]! += backStarts[state - 1]!;
  // Each start stands at its end so far, and comes down by one for every link that is put before it.
  for (let state = states - 1; state >= 0; state -= 1) {
    for (let link = starts[state]!; link < starts[state + 1]!; link += 1) {
      const to = ends[link]!;
      backStarts[to]! -= 1;
      backEnds[backStarts[to]!] = state;
    }
  }
  return { starts: backStarts, ends: backEnds };
};

/**
 * Links the states of a complete search: goes over all of them once more, and notes which states each one
 * leads to; or says which bound does not allow it. `hit` tells of a bound that has been reached meanwhile.
 */
export function* linksOf(
  search: Search,
  hit: () => Bound | undefined,
): Generator<Progress, Links | Bound, 'stop' | undefined> {
  const { counters, frontier, limits, machines, space, store, system } = search;
  const { transitions } = counters;
  const { size } = store;
  const { words } = store.layout;
  // Links are counted in 32 bits: more of them take more memory than there is.
  if (transitions >= 2 ** 32 || bytesOf(store) + bytesToLink(search) > bytesFor(limits))
    return 'memoryLimitMb';
  const batch = createBatch(system, words);
  const selfLoops = new Float64Array(system.instances.length);
  const fused = machines.plan?.actions ?? singletons(system.instances.length);
  const actions = createActions(learnedActionsOf(space, store.layout), store.layout, fused, false);
  const index = createStateIndex(store);
  const starts = new Uint32Array(size + 1);
  const ends = new Uint32Array(transitions);
  const row = new Uint32Array(store.layout.slots.length);
  let links = 0;
  for (let at = 0; at < size;) {
    const to = Math.min(size, at + BATCH_STATES, startOfSegment(at) + SEGMENT_STATES);
    const { candidates } = batch;
    const { cluster, filled, stopped } = expandAside(search, actions, batch, selfLoops, at, to);
    tickCandidates(search, { candidates, filled });
    for (let from = 0; from < filled; from += words + CANDIDATE_EXTRA) {
      starts[candidates[from + words]! + 1]! += 1;
      ends[links++] = index.find(candidates, from);
    }
    if (stopped < to) {
      readRow(store, stopped, row);
      actions.compose(row, cluster);
    }
    at = stopped;
    const bound = hit();
    if (bound !== undefined) return bound;
    if ((yield { states: size, transitions, depth: frontier.depth }) === 'stop') return 'interrupted';
  }
  for (let state = 1; state <= size; state += 1) starts[state]! += starts[state - 1]!;
  return { starts, ends };
}
