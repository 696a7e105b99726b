import { Fault } from '../model/index.ts';

/** Returns the fault that `run` ends in; throws any other error on, and throws if there is none. */
export const faultOf = (run: () => unknown): Fault => {
  try {
    run();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('no fault');
};
