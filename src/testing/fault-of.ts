import { Fault } from '../model/index.ts';

/**
 * The fault that `run` ends in; anything else that it throws is thrown on, and so is that it throws nothing.
 */
export const faultOf = (run: () => unknown): Fault => {
  try {
    run();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('no fault');
};
