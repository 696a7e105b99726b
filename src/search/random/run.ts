import { isEnabled, stepOf, type Instance, type State, type System } from '../../model/index.ts';
import type { Trace } from '../result.ts';
import { instanceOf, statesOf } from '../trace.ts';

/**
 * A path with the states it passes through, the initial one first. Its steps are guarded commands, not
 * places in a list of what is possible, so that leaving one out changes the meaning of no other.
 */
export interface Run {
  readonly initial: number;
  readonly instances: readonly Instance[];
  readonly states: readonly State[];
}

/** Returns a run as plain data. */
export const traceOf = ({ initial, instances }: Run): Trace => ({
  initial,
  steps: instances.map(({ action, choice }) => ({ action, choice })),
});

/** Makes the run of a trace. Throws UW503 if a step is unknown or not possible where the trace has it. */
export const runOf = (system: System, trace: Trace): Run => ({
  initial: trace.initial,
  instances: trace.steps.map((step) => instanceOf(system, step)),
  states: statesOf(system, trace),
});

/** Joins the first `kept` steps of `run` and then those of `rest` that are possible when their turn comes. */
export const resume = (system: System, run: Run, kept: number, rest: readonly Instance[]): Run => {
  const instances = run.instances.slice(0, kept);
  const states = run.states.slice(0, kept + 1);
  for (const instance of rest) {
    const state = states.at(-1)!;
    if (!isEnabled(system, state, instance)) continue;
    instances.push(instance);
    states.push(stepOf(system, state, instance));
  }
  return { initial: run.initial, instances, states };
};
