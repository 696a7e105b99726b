import {
  byName,
  canonical,
  enabledIn,
  Fault,
  isEnabled,
  stepOf,
  type Instance,
  type State,
  type System,
} from '../model/index.ts';
import type { Step, Trace } from './result.ts';

/** Returns the instance of `system` that `step` names. Throws UW503 if there is none. */
export const instanceOf = (system: System, step: Step): Instance => {
  const wanted = canonical(byName(step.choice));
  const found = system.instances.find(
    ({ action, choice }) => action === step.action && canonical(byName(choice)) === wanted,
  );
  if (found !== undefined) return found;
  throw new Fault('UW503', {
    where: `model ${system.model.id}`,
    expected: 'a step that the scenario allows',
    got: `${step.action} ${wanted}`,
    likely: 'the adversary lacks the capability here, or the action or its choices were renamed',
    next: 'run `underwatch verify` to find the attack again',
  });
};

/**
 * Checks the continuation of a trace that has one: back to where its loop begins, or to a state in which
 * nothing can happen. Throws UW503 if it does not hold.
 */
const checkOnward = (system: System, { onward, steps }: Trace, states: readonly State[]): void => {
  if (onward === undefined) return;
  const { loopFrom, stem } = onward;
  const last = states.at(-1)!;
  const unlike = (expected: string, got: string): Fault =>
    new Fault('UW503', {
      where: `model ${system.model.id}, after step ${steps.length} of ${steps.length}`,
      expected,
      got,
      likely: 'the model, a defence or a register value changed since the attack was found',
      next: 'good news if a fix was meant to stop it; otherwise run `underwatch verify`',
    });
  if (loopFrom === undefined) {
    const [possible] = enabledIn(system, last);
    if (possible !== undefined) throw unlike('a state in which nothing can happen', `${possible.key} can`);
    return;
  }
  const first = states[loopFrom];
  const isLoop = loopFrom >= stem && loopFrom < steps.length;
  if (!isLoop || first === undefined || canonical(first) !== canonical(last)) {
    throw unlike(
      `the state after step ${loopFrom} again, which is none before step ${stem}`,
      'another state',
    );
  }
};

/**
 * Returns the states that `trace` passes through, the initial one first, by running the model as it stands.
 * Throws UW503 if a step is not possible where the trace has it, or if it does not continue as the trace
 * says.
 */
export const statesOf = (system: System, trace: Trace): readonly State[] => {
  const first = system.initial[trace.initial];
  if (first === undefined) {
    throw new Fault('UW503', {
      where: `model ${system.model.id}`,
      expected: `an initial state from 0 to ${system.initial.length - 1}`,
      got: String(trace.initial),
      likely: 'the trace belongs to another scenario or version',
      next: 'run `underwatch verify` to find the attack again',
    });
  }
  const states: State[] = [first];
  trace.steps.forEach((step, index) => {
    const instance = instanceOf(system, step);
    const state = states[index]!;
    if (!isEnabled(system, state, instance)) {
      throw new Fault('UW503', {
        where: `model ${system.model.id}, step ${index + 1} of ${trace.steps.length}`,
        expected: `a state in which ${instance.key} can happen`,
        got: 'its guard refuses',
        likely: 'the model, a defence or a register value changed since the attack was found',
        next: 'good news if a fix was meant to stop it; otherwise run `underwatch verify`',
      });
    }
    states.push(stepOf(system, state, instance));
  });
  checkOnward(system, trace, states);
  return states;
};

/**
 * Whether `states` breaks `invariant`, as far as a path alone can show it: a `recovers` speaks of what can be
 * reached from it.
 */
export const pathViolatesOrWitnesses = (
  system: System,
  invariant: string,
  states: readonly State[],
): boolean => {
  const { model, setting } = system;
  const claim = model.invariants[invariant];
  if (claim === undefined) return false;
  switch (claim.kind) {
    case 'always':
      return states.some((state) => (claim.given?.(state, setting) ?? true) && !claim.holds(state, setting));
    case 'never-step':
      return states.some((after, index) => {
        const before = states[index - 1];
        if (before === undefined) return false;
        return (claim.given?.(before, after, setting) ?? true) && claim.bad(before, after, setting);
      });
    case 'sometimes':
      return states.some((state) => claim.witness(state, setting));
    case 'within': {
      let waited = 0;
      return states.some((state, index) => {
        if (claim.responds(state, setting)) waited = 0;
        else if (waited > 0) waited += 1;
        else if (claim.given(state, setting)) waited = 1;
        const stuck =
          index === states.length - 1 &&
          !system.instances.some((instance) => isEnabled(system, state, instance));
        return waited > claim.steps || (waited > 0 && stuck);
      });
    }
    case 'no-deadlock': {
      const end = states.at(-1)!;
      return enabledIn(system, end).length === 0 && claim.mayEnd?.(end, setting) !== true;
    }
    case 'recovers':
      return false;
  }
};
