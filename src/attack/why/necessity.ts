import type { Instance, System } from '../../model/index.ts';
import { madeFrom, needPure } from '../../model/purity/check.ts';
import { exploreInSlices } from '../../search/exhaustive/explore.ts';
import { lengthOf, type Bound, type Limits, type Progress, type Trace } from '../../search/result.ts';
import { instanceOf } from '../../search/trace.ts';

/** The result of a search of the system without an action or a choice. */
export type AttackWithout =
  /** Every state was searched: no attack is left. */
  | { readonly kind: 'none'; readonly states: number }
  /** Another attack works; `shortest` if every shorter one was looked at. */
  | { readonly kind: 'another'; readonly trace: Trace; readonly shortest: boolean }
  | { readonly kind: 'undecided'; readonly bound: Bound; readonly states: number };

/** An action of an attack: whether there is an attack without it. */
export interface Necessity {
  readonly action: string;
  readonly without: AttackWithout;
  /** The result without this choice, by step from 1 on, where the action is needed and has other choices. */
  readonly choices: readonly { readonly step: number; readonly without: AttackWithout }[];
}

type Searching<T> = Generator<Progress, T, 'stop' | undefined>;

/** Searches for attacks on an invariant where only some instances exist. */
export function* attackAmong(
  system: System,
  invariant: string,
  isThere: (instance: Instance) => boolean,
  limits: Limits,
): Searching<AttackWithout> {
  const fewer = madeFrom(system, { ...system, instances: system.instances.filter(isThere) });
  const { states, verdicts } = yield* exploreInSlices(fewer, { invariants: [invariant], limits });
  const verdict = verdicts[invariant]!;
  switch (verdict.kind) {
    case 'holds':
      // A witness is a path that shows what was asked for, as an attack is.
      return verdict.witness === undefined
        ? { kind: 'none', states }
        : { kind: 'another', trace: verdict.witness, shortest: true };
    case 'vacuous':
      return { kind: 'none', states };
    case 'unresolved':
      return { kind: 'undecided', bound: verdict.bound, states };
    case 'violated':
      // A `sometimes` without a witness is no attack.
      return verdict.trace === undefined
        ? { kind: 'none', states }
        : { kind: 'another', trace: verdict.trace, shortest: verdict.shortest };
  }
}

const wasStopped = (found: AttackWithout): boolean =>
  found.kind === 'undecided' && found.bound === 'interrupted';

/**
 * Finds the actions that every attack needs: for each action of an attack, the system is searched without it.
 * Where an action is needed and can be done in several ways, each way that the attack has is left out in
 * turn. `limits` are those of each search. The rest is not told when it is sent `stop`.
 */
export function* necessityInSlices(
  system: System,
  invariant: string,
  trace: Trace,
  limits: Limits = {},
): Searching<readonly Necessity[]> {
  needPure(system);
  const steps = trace.steps.slice(0, lengthOf(trace)).map((step) => instanceOf(system, step));
  const needs: Necessity[] = [];
  for (const action of new Set(steps.map((step) => step.action))) {
    const without = yield* attackAmong(system, invariant, (one) => one.action !== action, limits);
    const ways = system.instances.filter((one) => one.action === action).length;
    const choices: { step: number; without: AttackWithout }[] = [];
    if (without.kind === 'none' && ways > 1) {
      for (const instance of new Set(steps.filter((one) => one.action === action))) {
        const found = yield* attackAmong(system, invariant, (one) => one !== instance, limits);
        choices.push({ step: steps.indexOf(instance) + 1, without: found });
      }
    }
    needs.push({ action, without, choices });
    if (wasStopped(without) || choices.some((one) => wasStopped(one.without))) break;
  }
  return needs;
}
