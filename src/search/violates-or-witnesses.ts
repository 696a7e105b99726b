import type { Recovers, Setting, State, System } from '../model/index.ts';
import { madeFrom } from '../model/purity/check.ts';
import { needInvariants } from './check-options.ts';
import { explore } from './exhaustive/explore.ts';
import { pathViolatesOrWitnesses } from './trace.ts';

/** Whether no state that `claim` calls good can be reached from `state`: searches all that can be reached. */
const isLost = (system: System, claim: Recovers<State, Setting<object>>, from: State): boolean => {
  const { says, source, good } = claim;
  const witness = { kind: 'sometimes', says, source, witness: good } as const;
  const model = { ...system.model, invariants: { witness } };
  return (
    explore(madeFrom(system, { ...system, model, initial: [from] })).verdicts['witness']?.kind === 'violated'
  );
};

/**
 * Whether `states` breaks `invariant` (for `sometimes`: reaches its witness) at or before its end. A path
 * alone does not show that no good state is in reach: for `recovers` all that can be reached from it is
 * searched. Throws UW202 for an invariant that there is not.
 */
export const violatesOrWitnesses = (system: System, invariant: string, states: readonly State[]): boolean => {
  needInvariants(system, [invariant]);
  const { model, setting } = system;
  const claim = model.invariants[invariant];
  if (claim?.kind !== 'recovers') return pathViolatesOrWitnesses(system, invariant, states);
  // If one state cannot recover, none after it can: to ask the last one that should is enough.
  const last = states.findLast((state) => claim.given?.(state, setting) ?? true);
  return last !== undefined && isLost(system, claim, last);
};
