import { Fault, guarded, type State } from '../../model/index.ts';
import { ShapeChanged } from './shape.ts';

/** Says that a function was seen to be impure. */
export const contradicts = (where: string): Fault =>
  new Fault('UW104', {
    where,
    expected: 'the same result whenever it reads the same values of the state',
    got: 'two runs on states that look the same to it, with different results',
    likely:
      'it reads a clock, a random number or a variable outside the state, or keeps a value between runs',
    next: 'move what it reads into the state, or into a choice of the actor',
  });

/** Runs user code with its faults named, but lets through what is no fault: a change of shape. */
export const attempt = <T>(where: string, run: () => T, stateOf: () => State): T => {
  let passed: ShapeChanged | undefined;
  const result = guarded(
    where,
    () => {
      try {
        return run();
      } catch (error) {
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

/** Numbers values that the function `where` left behind: one that cannot be compared is a fault of that function. */
export const leftBy = <T>(where: string, number: () => T): T => {
  try {
    return number();
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'UW103') throw error;
    const { details } = error;
    throw new Fault('UW103', { ...details, where: details.where.replace(/^the state/, () => where) });
  }
};
