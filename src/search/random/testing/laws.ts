import { isEnabled, stepOf, type System } from '../../../model/index.ts';
import type { Trace } from '../../result.ts';
import { instanceOf } from '../../trace.ts';

/**
 * `trace` without its step `left`, nor those that are then not possible; written anew, as a second opinion.
 */
const without = (system: System, trace: Trace, left: number): Trace => {
  let state = system.initial[trace.initial]!;
  const steps = trace.steps.filter((step, index) => {
    const instance = instanceOf(system, step);
    if (index === left || !isEnabled(system, state, instance)) return false;
    state = stepOf(system, state, instance);
    return true;
  });
  return { initial: trace.initial, steps };
};

/** Returns the steps without any one of which `trace` still violates. */
export const removable = (
  system: System,
  trace: Trace,
  violates: (trace: Trace) => boolean,
): readonly number[] => [...trace.steps.keys()].filter((index) => violates(without(system, trace, index)));
