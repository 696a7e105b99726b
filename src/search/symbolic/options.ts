import type { Limits, SearchResult } from '../result.ts';
import type { SpaceCounts } from '../learned-relation/space.ts';

/** The order in which a symbolic search gathers states. */
export type Strategy = 'levels' | 'chaining' | 'saturation';

/** The goals and options of a symbolic search. */
export interface SymbolicOptions {
  /** The invariants to decide; all of the model's if not given. */
  readonly invariants?: readonly string[];
  readonly limits?: Limits;
  /** Whether to look at every state even when all invariants are decided. */
  readonly toTheEnd?: boolean;
  /**
   * The strategy of gathering states. `levels`, step by step, is the default, and alone gives depths and
   * shortest attacks. `chaining` applies each action to all that the ones before it led to, and `saturation`
   * also closes each part of the diagram by itself; both need far fewer rounds, and where there is something
   * to show, levels follow.
   */
  readonly strategy?: Strategy;
  /**
   * The order of the fields in diagrams, by their dotted paths; fields that are not named come after them, in
   * an order that is chosen. All of it is chosen if not given.
   */
  readonly order?: readonly string[];
}

/** The result of a symbolic search; `violated` verdicts carry a shortest trace. */
export interface SymbolicResult extends SearchResult, SpaceCounts {
  readonly engine: 'symbolic';
  /** The exact number of states; `states` is the nearest number that a double can hold. */
  readonly exactStates: bigint;
  readonly exactTransitions: bigint;
  /** The number of nodes of all reachable states together, and the most that were in use at once. */
  readonly nodes: number;
  readonly peakNodes: number;
  /** The memory of the diagrams, in bytes. */
  readonly bytes: number;
  /** The order of the fields in diagrams, and why. */
  readonly order: readonly string[];
  readonly orderBecause: string;
}
