import type { Spread } from '../measuring/spread.ts';

/** The reason why a contender has no measurement. */
export type Absence =
  | { readonly kind: 'not-installed'; readonly tool: string; readonly install: string }
  | { readonly kind: 'timed-out'; readonly timeoutMs: number }
  | { readonly kind: 'wrong'; readonly because: string };

/** One run of one contender on one size. */
export interface Measurement {
  /** The time of generating and compiling a verifier. */
  readonly prepareMs: number;
  /** The time of the whole process that searches, its start included. */
  readonly runMs: number;
  readonly insideMs?: number;
  readonly cpuMs?: number;
  readonly peakBytes?: number;
  readonly ownBytes?: number;
  readonly states: number;
  readonly transitions: number;
  readonly attackSteps?: number;
  readonly userRuns?: number;
  readonly trieNodes?: number;
  readonly nodes?: number;
  readonly peakNodes?: number;
}

/** The comparison of a contender with the baseline, round by round. */
export interface Versus {
  readonly baseline: string;
  /** The speed-up of the search, alone and with generating and compiling. */
  readonly run: Spread;
  readonly answer: Spread;
  /** The comparison by processor time, which a busy machine disturbs less. */
  readonly cpu?: Spread;
  /** The ratio of the memory it takes. */
  readonly peak?: Spread;
}

/** The outcome of one contender on one size. */
export type SearchOutcome =
  | {
      readonly kind: 'measured';
      readonly rounds: readonly Measurement[];
      readonly runMs: Spread;
      readonly answerMs: Spread;
      readonly peakBytes?: Spread;
      readonly statesPerSecond: number;
      readonly transitionsPerSecond: number;
      readonly peakBytesPerState?: number;
      readonly ownBytesPerState?: number;
      readonly versus?: Versus;
    }
  | Absence;

/** One run of one walker. */
export interface WalkMeasurement {
  readonly runMs: number;
  readonly insideMs: number;
  readonly walks: number;
  readonly steps: number;
  readonly peakBytes?: number;
}

/** The outcome of one walker. */
export type WalkOutcome =
  | {
      readonly kind: 'measured';
      readonly rounds: readonly WalkMeasurement[];
      readonly stepsPerSecond: Spread;
      readonly versus?: { readonly baseline: string; readonly stepsPerSecond: Spread };
    }
  | Absence;

/** The contenders that were measured, and their set-up. */
export interface Described {
  readonly id: string;
  readonly says: string;
  readonly version?: string;
}

/** The results of the bench: `reports/bench.json`. */
export interface Results {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    readonly memoryMb: number;
    readonly platform: string;
    /** The load: how many processes wanted a core in the minute before it began. */
    readonly load: number;
    /** The time of a Node process that does nothing, where that was measured. */
    readonly nodeStartMs?: number;
  };
  /** The versions of node and of every tool that was found. */
  readonly versions: { readonly [tool: string]: string };
  readonly startedAt: string;
  readonly rounds: number;
  readonly timeoutMs: number;
  /** The contender that the ratios are to. */
  readonly baseline: string;
  readonly contenders: readonly (Described & { readonly threads: number; readonly shortest: boolean })[];
  readonly searches: readonly {
    readonly size: string;
    readonly contender: string;
    readonly outcome: SearchOutcome;
  }[];
  readonly walkers: readonly Described[];
  readonly walks: readonly { readonly walker: string; readonly outcome: WalkOutcome }[];
}
