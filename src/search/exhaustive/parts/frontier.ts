import type { Writable } from '../../writable.ts';

/** The frontier of a breadth-first search: the queue is the store itself, so positions in it are enough. */
export interface Frontier {
  /** The number of the next state to expand. */
  readonly head: number;
  /** The number of the first state of the next level. */
  readonly levelEnd: number;
  /** The level that is being expanded, counted from 0. */
  readonly depth: number;
  /** The number of the first state of each level, up to the one after that which is being expanded. */
  readonly levels: number[];
}

/** Makes the frontier of a search that knows `states` initial states. */
export const createFrontier = (states: number): Frontier => ({
  head: 0,
  levelEnd: states,
  depth: 0,
  levels: [0, states],
});

/** Begins the next level, which ends where the store ends now. */
export const beginLevel = (frontier: Writable<Frontier>, states: number): void => {
  frontier.depth += 1;
  frontier.levelEnd = states;
  frontier.levels.push(states);
};

/** Moves the head behind the last state that was expanded. */
export const advance = (frontier: Writable<Frontier>, head: number): void => {
  frontier.head = head;
};

/** Moves a frontier to where a checkpoint has it. */
export const restoreFrontier = (frontier: Writable<Frontier>, kept: Frontier): void => {
  frontier.head = kept.head;
  frontier.levelEnd = kept.levelEnd;
  frontier.depth = kept.depth;
  frontier.levels.splice(0, frontier.levels.length, ...kept.levels);
};
