import type { Observation, Operation } from './operation.ts';

/**
 * A machine: a real implementation, just powered on. Operations and observations take effect in the order in
 * which they are given.
 */
export interface Machine {
  /**
   * Runs one operation after the other, and observes after each; returns the values that were seen, in order.
   */
  readonly run: (work: readonly MachineStep[]) => Promise<readonly (readonly number[])[]>;
  readonly stop: () => Promise<void>;
}

/** A step on a machine: one operation, or none, and the observations after it. */
export interface MachineStep {
  readonly operation: Operation | undefined;
  readonly observations: readonly Observation[];
}

/** The source of machines. */
export interface Oracle {
  readonly name: string;
  /** Returns the version that is installed, as the program states it; undefined where it is not installed. */
  readonly version: () => string | undefined;
  /** The package to install where it is missing. */
  readonly installs: string;
  readonly start: () => Promise<Machine>;
}
