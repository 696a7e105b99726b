import type { Arbitrary } from 'fast-check';
import type { Observation, Operation } from './operation.ts';

/** The model's expectation of an observation. */
export interface Expectation {
  /** The thing that is looked at, by its name in the documents. */
  readonly name: string;
  readonly look: Observation;
  readonly value: number;
  /** The mask of the bits that are compared: the model says nothing of the others. */
  readonly mask: number;
}

/** A deviation: the implementation is not as the documents say, or the model says less than they do. */
export interface Deviation {
  readonly what: string;
  /** The reason, and who is right. */
  readonly because: string;
  /** The source in which that can be checked. */
  readonly source: string;
}

/** One operation's effect on the model, and what can be seen after it. */
export interface ModelStep {
  readonly expectations: readonly Expectation[];
  /** The registers that the operation wrote, by name. */
  readonly writes: readonly string[];
}

/** A part of a model that can be compared with a real implementation. */
export interface Part {
  readonly id: string;
  readonly says: string;
  /** The oracle it is compared with, by name. */
  readonly oracle: string;
  /** The operations on a machine that was just powered on, before anything is generated. */
  readonly setUp: readonly Operation[];
  readonly operations: Arbitrary<Operation>;
  /** Plays a sequence on the model from power-on, and returns a step for each operation. Pure. */
  readonly play: (operations: readonly Operation[]) => readonly ModelStep[];
  /** The deviations of the implementation's profile from the documents. */
  readonly deviations: readonly Deviation[];
  /** The things that are not compared. */
  readonly leftOut: readonly Deviation[];
}

/** A part as it is written: over a state of its model. */
export interface PartOver<S> extends Omit<Part, 'play'> {
  /** The state at power-on. */
  readonly initial: S;
  readonly step: (state: S, operation: Operation) => S;
  readonly expectations: (state: S) => readonly Expectation[];
  readonly writes: (state: S, operation: Operation) => readonly string[];
}

/** Makes a part from a pure step function and what it says can be seen. */
export const partOf = <S>({ expectations, initial, step, writes, ...part }: PartOver<S>): Part => ({
  ...part,
  play: (operations) => {
    let state = initial;
    return operations.map((operation) => {
      const written = writes(state, operation);
      state = step(state, operation);
      return { expectations: expectations(state), writes: written };
    });
  },
});
