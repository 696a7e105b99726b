import type { Arbitrary } from 'fast-check';
import type { Observation, Operation } from './operation.ts';

/** What a model says that a look shows. */
export interface Expectation {
  /** What is looked at, by the name that the documents give it. */
  readonly name: string;
  readonly look: Observation;
  readonly value: number;
  /** The bits that are compared: the model says nothing of the others. */
  readonly mask: number;
}

/** Where the implementation is not as the documents say, or the model says less than they do. */
export interface Deviation {
  readonly what: string;
  /** Why, and who is right. */
  readonly because: string;
  /** Where that can be checked. */
  readonly source: string;
}

/** What one operation does: to the model, and what can be seen after it. */
export interface ModelStep {
  readonly expectations: readonly Expectation[];
  /** The registers that the operation wrote, by name. */
  readonly writes: readonly string[];
}

/** A part of a model that can be held against a real implementation. */
export interface Part {
  readonly id: string;
  readonly says: string;
  /** The oracle it is held against, by name. */
  readonly oracle: string;
  /** What is done to a machine that was just powered on before anything is generated. */
  readonly setUp: readonly Operation[];
  readonly operations: Arbitrary<Operation>;
  /** What the model says of each operation of a sequence, from power-on. Pure. */
  readonly play: (operations: readonly Operation[]) => readonly ModelStep[];
  /** How the profile of the implementation departs from the documents. */
  readonly deviations: readonly Deviation[];
  /** What is not compared. */
  readonly leftOut: readonly Deviation[];
}

/** How a part is written: over a state of its model. */
export interface PartOver<S> extends Omit<Part, 'play'> {
  /** The state at power-on. */
  readonly initial: S;
  readonly step: (state: S, operation: Operation) => S;
  readonly expectations: (state: S) => readonly Expectation[];
  readonly writes: (state: S, operation: Operation) => readonly string[];
}

/** A part, from a pure step function and what it says can be seen. */
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
