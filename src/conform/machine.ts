import type { Observation, Operation } from './operation.ts';

/**
 * A real implementation, just powered on; operations and looks take effect in the order in which they are
 * given.
 */
export interface Machine {
  /**
   * Does one operation after the other, and looks after each of them; the values that were seen, in order.
   */
  readonly run: (work: readonly MachineStep[]) => Promise<readonly (readonly number[])[]>;
  readonly stop: () => Promise<void>;
}

/** One operation, or none, and what is looked at after it. */
export interface MachineStep {
  readonly operation: Operation | undefined;
  readonly observations: readonly Observation[];
}

/** The source of machines. */
export interface Oracle {
  readonly name: string;
  /** The version that is installed, as the program tells it; undefined where it is not. */
  readonly version: () => string | undefined;
  /** The package to install where it is missing. */
  readonly installs: string;
  readonly start: () => Promise<Machine>;
}
