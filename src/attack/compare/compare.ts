import {
  canonical,
  Fault,
  isEnabled,
  stepOf,
  type Instance,
  type State,
  type System,
} from '../../model/index.ts';
import type { Step, Trace } from '../../search/result.ts';
import { instanceOf } from '../../search/trace.ts';
import { violatesOrWitnesses } from '../../search/violates-or-witnesses.ts';
import { changesBetween, type Change } from '../changes.ts';
import type { ReplayOutcome } from '../replay-outcome.ts';

/** A recorded attack, and the system in which it runs. */
export interface AttackInSystem {
  readonly system: System;
  readonly invariant: string;
  readonly trace: Trace;
}

/** The point where two attacks part. */
export interface Divergence {
  /** The number of first steps that are alike. */
  readonly alike: number;
  /** The first step of each attack that the other does not take there; none where it ends. */
  readonly before?: Step;
  readonly after?: Step;
  /**
   * The step, among those that are alike, after which their states first differ, and the fields in which they
   * do; 0 is the initial state.
   */
  readonly states?: { readonly step: number; readonly fields: readonly Change[] };
  /** The first attack in the system of the second, and the other way round. */
  readonly beforeInAfter: ReplayOutcome;
  readonly afterInBefore: ReplayOutcome;
}

const instanceIn = (system: System, step: Step): Instance | undefined => {
  try {
    return instanceOf(system, step);
  } catch (error) {
    if (error instanceof Fault && error.code === 'UW503') return undefined;
    throw error;
  }
};

/** Returns the states of a trace as far as it runs in a system, and where it stops. */
const runIn = (
  system: System,
  trace: Trace,
): { readonly states: readonly State[]; readonly end?: ReplayOutcome } => {
  let state = system.initial[trace.initial];
  if (state === undefined) return { states: [], end: { kind: 'refused', step: 1 } };
  const states: State[] = [state];
  for (const [at, step] of trace.steps.entries()) {
    const instance = instanceIn(system, step);
    if (instance === undefined) return { states, end: { kind: 'refused', step: at + 1 } };
    if (!isEnabled(system, state, instance))
      return { states, end: { kind: 'refused', step: at + 1, guard: true } };
    state = stepOf(system, state, instance);
    states.push(state);
  }
  return { states };
};

const courseIn = (system: System, invariant: string, trace: Trace): ReplayOutcome => {
  const { end, states } = runIn(system, trace);
  if (end !== undefined) return end;
  return { kind: violatesOrWitnesses(system, invariant, states) ? 'works' : 'harmless' };
};

const isAlike = (one: Step | undefined, other: Step | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  one.action === other.action &&
  canonical(one.choice) === canonical(other.choice);

/**
 * Compares two attacks on one model, or one before and after a change: how far they take the same steps,
 * where their states part and in which fields, and what becomes of each where the other one works.
 */
export const compareAttacks = (before: AttackInSystem, after: AttackInSystem): Divergence => {
  const [first, second] = [before.trace.steps, after.trace.steps];
  let alike = 0;
  while (isAlike(first[alike], second[alike])) alike += 1;
  const one = runIn(before.system, before.trace).states;
  const other = runIn(after.system, after.trace).states;
  let step = 0;
  while (step <= alike && step < one.length && step < other.length) {
    if (canonical(one[step]!) !== canonical(other[step]!)) break;
    step += 1;
  }
  const isApart = step <= alike && step < one.length && step < other.length;
  return {
    alike,
    ...(first[alike] === undefined ? {} : { before: first[alike] }),
    ...(second[alike] === undefined ? {} : { after: second[alike] }),
    ...(isApart ? { states: { step, fields: changesBetween(after.system, one[step]!, other[step]!) } } : {}),
    beforeInAfter: courseIn(after.system, after.invariant, before.trace),
    afterInBefore: courseIn(before.system, before.invariant, after.trace),
  };
};
