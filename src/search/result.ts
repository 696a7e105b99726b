import type { Choice } from '../model/index.ts';

/** A bound that ended a search before it had decided everything, by the name of the option that sets it. */
export type Bound = 'maxDepth' | 'maxStates' | 'timeLimitMs' | 'memoryLimitMb' | 'runs' | 'interrupted';

/** A step of a trace: its action, with its choices. */
export interface Step {
  readonly action: string;
  readonly choice: Choice;
}

/**
 * The continuation of a path from a state from which no good one can be reached any more: round and round, or
 * until nothing can happen. It is one way of many; the search found that no other leads back.
 */
export interface Onward {
  /** The number of steps to that state; the steps after them are the continuation. */
  readonly stem: number;
  /**
   * The number of steps after which the loop begins: the last step leads back there. Without it, nothing can
   * happen after the last step.
   */
  readonly loopFrom?: number;
}

/** A trace: a path through a system, as the index of its initial state and the steps from there on. */
export interface Trace {
  readonly initial: number;
  readonly steps: readonly Step[];
  /** The continuation once a `recovers` is broken. */
  readonly onward?: Onward;
}

/**
 * Returns how many steps of `trace` it takes to break or show its invariant; the rest only shows how the path
 * continues.
 */
export const lengthOf = ({ onward, steps }: Pick<Trace, 'onward' | 'steps'>): number =>
  onward?.stem ?? steps.length;

/**
 * The verdict of a search on one invariant. There is no other outcome, and none is stronger than the search.
 */
export type Verdict =
  /**
   * The invariant holds: every reachable state and step was looked at; for `sometimes`, `witness` shows it.
   */
  | { readonly kind: 'holds'; readonly witness?: Trace }
  /**
   * The invariant is broken. `shortest` is true only when every shorter trace was looked at; of a trace that
   * goes on, it is about the stem. A `sometimes` whose witness does not exist has no trace: the search was
   * complete and found none.
   */
  | { readonly kind: 'violated'; readonly trace?: Trace; readonly shortest: boolean }
  /**
   * The search found nothing, and `bound` ended it before it was complete. For `recovers`, which takes all
   * states and the steps between them, the bound may have come after that.
   */
  | { readonly kind: 'unresolved'; readonly bound: Bound }
  /** The invariant holds in every reachable state, but its antecedent never came true. */
  | { readonly kind: 'vacuous' };

/**
 * Limits on a search, each by name with its unit; time and memory that are not given are those of
 * `DEFAULT_BUDGET`.
 */
export interface Limits {
  /** The number of steps in the longest trace. */
  readonly maxDepth?: number;
  /** The number of different states. */
  readonly maxStates?: number;
  readonly timeLimitMs?: number;
  /** The memory that a search may add to the process, in MiB; some forty are taken whatever it finds. */
  readonly memoryLimitMb?: number;
}

/** The number of times that an action was possible, and that it changed the state. */
export interface ActionCount {
  readonly enabled: number;
  readonly effective: number;
}

/** A reduction: a way of searching less that leaves the verdicts as they are. */
export type ReductionKind = 'symmetry' | 'partial-order';

/** The reduction of a search: its counts are those of what was left to search. */
export type Reduction =
  | {
      readonly kind: 'symmetry';
      /**
       * The arrays whose elements were exchanged: states that differ only in their order were counted as one.
       */
      readonly exchanged: readonly string[];
      /** The number of states in which the model was found to treat the elements alike. */
      readonly checked: number;
    }
  | {
      readonly kind: 'partial-order';
      /** The number of states in which fewer steps were taken than were possible. */
      readonly reduced: number;
      /** The reason why there are none, where the reads and writes of the actions could not be bounded. */
      readonly unbounded?: string;
    };

/** The result of a search, for every invariant that it was asked about. */
export interface SearchResult {
  readonly engine: 'exhaustive' | 'random' | 'symbolic';
  readonly verdicts: { readonly [invariant: string]: Verdict };
  /**
   * The number of states (steps, for `never-step`) in which each invariant's antecedent was true. For
   * `no-deadlock` these are the states in which nothing can happen.
   */
  readonly antecedents: { readonly [invariant: string]: number };
  readonly actions: { readonly [action: string]: ActionCount };
  /** The number of states: different ones for an exhaustive search, visited ones for a random one. */
  readonly states: number;
  readonly transitions: number;
  /** The length of the longest of the shortest paths to a state; for a random search, of the longest run. */
  readonly depth: number;
  /** Whether every reachable state was looked at. */
  readonly complete: boolean;
  /** The bound that ended the search, if one did. */
  readonly bound?: Bound;
  /**
   * The probability, at most, that the search took a state for another one and missed it, for a search that
   * told states apart by fingerprints. All that it says of what it did not find rests on that.
   */
  readonly missedAtMost?: number;
  /** The reductions of the search, if any. */
  readonly reduced?: readonly Reduction[];
  /** Warnings about the search's health: actions never possible, antecedents never true. */
  readonly warnings: readonly string[];
}

/** The progress of a search. */
export interface Progress {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
}

/** An observer of a search's progress, called now and then; it may ask the search to stop. */
export type Observer = (progress: Progress) => 'continue' | 'stop';
