import { Fault, guarded, type State } from '../../../model/index.ts';
import { NotPlain } from '../../../model/plain/not-plain.ts';
import { ShapeChanged } from '../fields/shape.ts';

/** The fault of a function that was seen to be impure. */
export const contradicts = (where: string): Fault =>
  new Fault('UW104', {
    where,
    expected: 'the same result whenever it reads the same values of the state',
    got: 'two runs on states that look the same to it, with different results',
    likely:
      'it reads a clock, a random number or a variable outside the state, or keeps a value between runs',
    next: 'move what it reads into the state, or into a choice of the actor',
  });

/** Runs user code with its faults named, but lets through a change of shape, which is no fault. */
export const attempt = <T>(where: string, run: () => T, stateOf: () => State): T => {
  let passed: ShapeChanged | undefined;
  const result = guarded(
    where,
    () => {
      try {
        return run();
      } catch (error) {
        // Only a recipe leaves anything behind.
        if (error instanceof NotPlain) throw error.faultAt(`${where}, then`);
        if (!(error instanceof ShapeChanged)) throw error;
        passed = error;
        return undefined;
      }
    },
    stateOf,
  );
  if (passed !== undefined) throw passed;
  return result as T;
};
