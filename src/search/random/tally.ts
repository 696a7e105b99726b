import type { ActionCount, Bound } from '../result.ts';
import type { System } from '../../model/index.ts';
import type { Graph } from './walks/graph.ts';
import type { Walk } from './walks/walk.ts';

/** The number of times that an action was possible in a state visited, was tried, and changed the state. */
export interface RandomActionCount extends ActionCount {
  readonly tried: number;
}

/** Runs by length: how many took at most `upTo` steps and more than the entry before. */
export interface LengthCount {
  readonly upTo: number;
  readonly runs: number;
}

/** The counts of a campaign. A run counts from where it began, be that an initial state or not. */
export interface Tally {
  runs: number;
  /** The number of runs that are independent of the others. */
  freshRuns: number;
  states: number;
  transitions: number;
  depth: number;
  /** The number of runs that ended where nothing is possible, and the length of the shortest of them. */
  stuck: number;
  stuckAfter: number;
  /** Runs by length; entry k counts those of at most 2^k steps. */
  readonly lengths: number[];
  readonly actions: Map<string, { enabled: number; tried: number; effective: number }>;
  bound: Bound | undefined;
}

/** Makes a tally with nothing counted yet. */
export const newTally = (system: System): Tally => ({
  runs: 0,
  freshRuns: 0,
  states: 0,
  transitions: 0,
  depth: 0,
  stuck: 0,
  stuckAfter: Infinity,
  lengths: [],
  actions: new Map(system.instances.map(({ action }) => [action, { enabled: 0, tried: 0, effective: 0 }])),
  bound: undefined,
});

/** Counts a run. */
export const count = (tally: Tally, system: System, graph: Graph, walk: Walk): void => {
  const { from, fresh, instances, nodes } = walk;
  const { length } = instances;
  tally.runs += 1;
  if (fresh) tally.freshRuns += 1;
  tally.states += nodes.length - from;
  tally.transitions += length - from;
  tally.depth = Math.max(tally.depth, length);
  const bucket = Math.ceil(Math.log2(Math.max(1, length)));
  tally.lengths[bucket] = (tally.lengths[bucket] ?? 0) + 1;
  const countsOf = (index: number) => tally.actions.get(system.instances[index]!.action)!;
  for (let at = from; at < nodes.length; at += 1) {
    for (const index of graph.enabledIn(nodes[at]!)) countsOf(index).enabled += 1;
    if (at === length) continue;
    const counts = countsOf(instances[at]!);
    counts.tried += 1;
    if (nodes[at] !== nodes[at + 1]) counts.effective += 1;
  }
  if (graph.enabledIn(nodes.at(-1)!).length === 0) {
    tally.stuck += 1;
    tally.stuckAfter = Math.min(tally.stuckAfter, length);
  }
};

/** Returns the runs by length, for reports. */
export const lengthsOf = ({ lengths }: Tally): readonly LengthCount[] =>
  Array.from(lengths, (runs, power) => ({ upTo: 2 ** power, runs: runs ?? 0 })).filter(
    ({ runs }) => runs > 0,
  );
